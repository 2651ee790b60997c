#include "bot/pipeline/offices.hpp"

#include "bot/base/limits.hpp"

#include <algorithm>
#include <charconv>

namespace zhuqi::pipeline {
namespace {

template <class Row, class Id>
const Row* by_id(const std::vector<Row>& rows, Id id) {
  const auto found = std::ranges::lower_bound(rows, id, {}, &Row::id);
  return found != rows.end() && found->id == id ? &*found : nullptr;
}

}  // namespace

offices::offices(std::vector<storage::region> regions, std::vector<storage::department> departments)
    : regions_{std::move(regions)}, departments_{std::move(departments)}, tree_{regions_, departments_} {
  std::ranges::sort(regions_, {}, &storage::region::id);
  std::ranges::sort(departments_, {}, &storage::department::id);
}

const storage::region* offices::find(region_id id) const { return by_id(regions_, id); }
const storage::department* offices::find(department_id id) const { return by_id(departments_, id); }

dialogs::casework::unit offices::unit_of(department_id id) const {
  const auto* d = find(id);
  if (d == nullptr) return {};
  return {std::to_string(id.value), code_of(d->region)};
}

department_id offices::department_of(const dialogs::casework::unit& u) const {
  const department_id id{decimal(u.department)};
  return id && unit_of(id) == u ? id : department_id{};
}

std::string offices::code_of(region_id id) const {
  const auto* r = find(id);
  return r == nullptr ? std::string{} : r->code;
}

region_id offices::region_coded(std::string_view code) const {
  const auto r = std::ranges::find(regions_, code, &storage::region::code);
  return r == regions_.end() ? region_id{} : r->id;
}

region_id offices::region_in(std::string_view typed) const {
  const storage::region* best = nullptr;
  for (const auto& r : regions_) {
    const bool longer = best == nullptr || r.name.size() > best->name.size();
    if (longer && typed.find(r.name) != std::string_view::npos) best = &r;
  }
  return best == nullptr ? region_id{} : best->id;
}

std::string offices::name_of(department_id id) const {
  const auto* d = find(id);
  return d == nullptr ? std::string{} : d->name;
}

std::string offices::name_of(region_id id) const {
  const auto* r = find(id);
  return r == nullptr ? std::string{} : r->name;
}

department_id offices::first_of(region_id id) const {
  for (std::size_t depth = 0; id && depth <= limits::organisation_depth; ++depth) {
    const auto top =
        std::ranges::find_if(departments_, [&](const storage::department& d) { return d.region == id && !d.parent; });
    if (top != departments_.end()) return top->id;
    const auto any = std::ranges::find(departments_, id, &storage::department::region);
    if (any != departments_.end()) return any->id;
    const auto* r = find(id);
    id = r == nullptr ? region_id{} : r->parent;
  }
  return {};
}

region_id offices::top_region() const {
  const auto top = std::ranges::find_if(regions_, [](const storage::region& r) { return !r.parent; });
  return top == regions_.end() ? region_id{} : top->id;
}

std::int64_t decimal(std::string_view text) {
  std::int64_t n = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
  return ec == std::errc{} && end == text.data() + text.size() && n > 0 ? n : 0;
}

}  // namespace zhuqi::pipeline
