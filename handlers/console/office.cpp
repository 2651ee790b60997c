#include "handlers/console/office.hpp"

#include <algorithm>

namespace zhuqi::console {

void directory::load() {
  if (loaded_) return;
  auto regions = store_.regions();
  auto departments = store_.departments();
  if (!regions || !departments) return;  // asked again next time; until then nobody reaches anything
  regions_ = std::move(*regions);
  departments_ = std::move(*departments);
  where_ = staff::organisation{regions_, departments_};
  loaded_ = true;
}

void directory::refresh() {
  loaded_ = false;
  people_.clear();
}

const staff::organisation& directory::where() {
  load();
  return where_;
}
const std::vector<storage::region>& directory::regions() {
  load();
  return regions_;
}
const std::vector<storage::department>& directory::departments() {
  load();
  return departments_;
}

std::string directory::name_of(department_id d) {
  load();
  const auto found = std::ranges::find(departments_, d, &storage::department::id);
  return found == departments_.end() ? std::string{} : found->name;
}
std::string directory::name_of(region_id r) {
  load();
  const auto found = std::ranges::find(regions_, r, &storage::region::id);
  return found == regions_.end() ? std::string{} : found->name;
}

const storage::staff_member* directory::find(staff_id id) {
  if (!id) return nullptr;
  if (const auto known = people_.find(id); known != people_.end()) return &known->second;
  auto row = store_.load_staff(id);
  if (!row) return nullptr;
  return &people_.emplace(id, std::move(*row)).first->second;
}

std::string directory::shown_name(staff_id id) {
  const auto* row = find(id);
  if (row == nullptr) return {};
  const auto place = name_of(row->department);
  return place.empty() ? row->display_name : row->display_name + " · " + place;
}

region_id directory::home() {
  load();
  return regions_.empty() ? region_id{} : regions_.front().id;
}

result<void> each_member(office& o, const storage::row_scope& scope,
                         const std::function<bool(const storage::staff_member&)>& seen) {
  staff_id after;
  for (bool more = true; more;) {
    const auto rows = o.staff.list_staff(scope, after, limits::page_rows);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
      after = row.id;
      if (!seen(row)) return {};
    }
    more = rows->size() == limits::page_rows;
  }
  return {};
}

storage::row_scope everybody() {
  storage::row_scope all;
  all.everything = true;
  return all;
}

void load_queues(office& o) {
  const auto routes = o.desk.queue_routes();
  if (!routes) return;
  o.queues.clear();
  for (const auto& r : *routes) o.queues.emplace(r.queue, r.department);
}

void staff_changed(office& o) {
  o.people.refresh();
  // Where it cannot be read now, acts on cases say so themselves; the next change tries again.
  [[maybe_unused]] const auto read = o.cases.book().reload_offices();
}

staff::target target_of(office& o, const storage::conversation& c) {
  staff::target t;
  if (c.owner == storage::owner_kind::human) t.owner = {pipeline::decimal(c.owner_id)};
  t.region = o.people.home();
  if (!c.thread) return t;
  t.department = c.thread->department;
  if (c.thread->region) t.region = c.thread->region;
  return t;
}

}  // namespace zhuqi::console
