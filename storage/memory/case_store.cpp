#include "storage/memory/case_store.hpp"

#include "storage/memory/case_figures.hpp"
#include "storage/memory/case_table.hpp"

#include <algorithm>
#include <limits>

namespace zhuqi::storage {
namespace {

using stored = case_table::stored;

constexpr unix_ms never{std::numeric_limits<std::int64_t>::max()};
unix_ms or_never(unix_ms at) { return at ? at : never; }

bool is_by_due(case_view view) { return view != case_view::all && view != case_view::closed; }

/// The trees of the organisation, for one question.
class places {
 public:
  explicit places(staff_store& people)
      : regions_{people.regions().value()}, departments_{people.departments().value()} {}

  bool within(department_id d, department_id top) const { return climbs(departments_, d, top); }
  bool within(region_id r, region_id top) const { return climbs(regions_, r, top); }
  bool covers(const row_scope& scope, const case_party& p) const {
    return (scope.department && within(p.department, scope.department)) ||
           (scope.region && within(p.region, scope.region));
  }

 private:
  template <class Row, class Id>
  static bool climbs(const std::vector<Row>& tree, Id id, Id top) {
    for (std::size_t n = 0; id && n <= tree.size(); ++n) {
      const auto row = std::ranges::find(tree, id, &Row::id);
      if (row == tree.end()) return false;
      if (id == top) return true;
      id = row->parent;
    }
    return false;
  }
  std::vector<region> regions_;
  std::vector<department> departments_;
};

class memory_case_store final : public case_store {
 public:
  memory_case_store(std::shared_ptr<case_table> table, staff_store& people, post_fn post)
      : table_{std::move(table)}, people_{people}, post_{std::move(post)} {}

  void apply(case_write w, std::function<void(result<case_applied>)> done) override { answer(write(w), done); }
  void word_said(std::string uuid, unix_ms at, std::function<void(result<void>)> done) override {
    for (auto& w : table_->words) {
      if (w.row.uuid == uuid && !w.said) w.said = at;
    }
    answer(result<void>{}, done);
  }
  void put(std::vector<case_setting> settings, std::function<void(result<void>)> done) override {
    for (const auto& s : settings) std::visit([this](const auto& row) { put(row); }, s);
    answer(result<void>{}, done);
  }
  void prune_keys(unix_ms before, std::function<void(result<std::size_t>)> done) override {
    const auto gone = std::erase_if(table_->keys, [&](const auto& k) { return k.at < before; });
    answer(result<std::size_t>{gone}, done);
  }

  result<case_row> load(case_id id) override {
    const auto c = table_->cases.find(id);
    if (c == table_->cases.end()) return make_error_code(errc::not_found);
    return c->second.row;
  }
  result<case_row> find(std::string_view number) override {
    for (const auto& [id, c] : table_->cases) {
      if (c.row.number == number) return c.row;
    }
    return make_error_code(errc::not_found);
  }
  result<std::vector<case_event_row>> events(case_id id, std::int64_t after, std::size_t limit) override {
    std::vector<case_event_row> found;
    const auto c = table_->cases.find(id);
    if (c == table_->cases.end()) return found;
    for (const auto& e : c->second.events) {
      if (e.seq > after && found.size() < limit) found.push_back(e);
    }
    return found;
  }
  result<std::vector<case_row>> of_conversation(conversation_id id, std::size_t limit) override {
    auto found = select([&](const stored& c) { return id && c.row.conversation == id; });
    std::ranges::reverse(found);
    if (found.size() > limit) found.resize(limit);
    return found;
  }
  result<std::optional<case_applied>> known(const case_act_key& key) override { return table_->repeated(key); }
  result<visibility> covered(case_id id, const row_scope& scope) override {
    const auto c = table_->cases.find(id);
    const bool inside = c != table_->cases.end() && covers(places{people_}, scope, c->second);
    return inside ? visibility::inside : visibility::outside;
  }

  result<case_page> list(const case_question& q, case_cursor after, std::size_t limit) override {
    const places where{people_};
    auto found = select(
        [&](const stored& c) { return covers(where, q.scope, c) && is_in(where, q.view, q, c) && passes(q, c); });
    const bool by_due = is_by_due(q.view);
    const auto key = [&](const case_row& r) { return by_due ? or_never(r.red).value : r.changed.value; };
    const auto before = [&](std::pair<std::int64_t, case_id> a, std::pair<std::int64_t, case_id> b) {
      return by_due ? a < b : a > b;
    };
    std::ranges::sort(found, [&](const case_row& a, const case_row& b) {
      return before({key(a), a.id}, {key(b), b.id});
    });
    if (after.id) {
      std::erase_if(found, [&](const case_row& r) { return !before({after.key, after.id}, {key(r), r.id}); });
    }
    case_page page;
    if (found.size() > limit) {
      found.resize(limit);
      page.next = {key(found.back()), found.back().id};
    }
    if (q.detail == case_detail::head) {
      for (auto& r : found) r.body.clear();
    }
    page.cases = std::move(found);
    return page;
  }
  result<case_counts> counts(const case_question& q) override {
    const places where{people_};
    case_counts out{};
    for (const auto& [id, c] : table_->cases) {
      if (!covers(where, q.scope, c) || !passes(q, c)) continue;
      for (std::size_t i = 0; i < case_view_count; ++i) {
        const auto view = static_cast<case_view>(i);
        if (is_by_due(view) && is_in(where, view, q, c)) ++out[i];
      }
    }
    return out;
  }
  result<case_figures> figures(const figures_question& q) override {
    const places where{people_};
    std::vector<const stored*> covered;
    for (const auto& [id, c] : table_->cases) {
      if (covers(where, q.scope, c)) covered.push_back(&c);
    }
    return figures_of(covered, q);
  }

  result<std::vector<case_row>> due_alarms(unix_ms now, case_cursor after, std::size_t limit) override {
    auto found = select([&](const stored& c) {
      return c.row.alarm && c.row.alarm <= now &&
             std::pair{c.row.alarm.value, c.row.id} > std::pair{after.key, after.id};
    });
    std::ranges::sort(found, {}, [](const case_row& r) { return std::pair{r.alarm, r.id}; });
    if (found.size() > limit) found.resize(limit);
    return found;
  }
  result<std::vector<case_row>> counted_otherwise(std::string_view calendar, case_id after,
                                                  std::size_t limit) override {
    auto found = select(
        [&](const stored& c) { return c.row.id > after && !c.row.calendar.empty() && c.row.calendar != calendar; });
    if (found.size() > limit) found.resize(limit);
    return found;
  }
  result<std::vector<case_word>> unsaid_words(std::size_t limit) override {
    std::vector<case_word> found;
    for (const auto& w : table_->words) {
      if (!w.said && found.size() < limit) found.push_back(w.row);
    }
    return found;
  }
  result<std::string> last_number(std::string_view beginning) override {
    std::string last;
    for (const auto& [id, c] : table_->cases) {
      if (c.row.number.starts_with(beginning)) last = std::max(last, c.row.number);
    }
    return last;
  }
  result<std::vector<load_row>> loads() override {
    std::map<staff_id, std::int64_t> open;
    for (const auto& [id, c] : table_->cases) {
      if (!c.row.closed && c.row.handler) ++open[c.row.handler];
    }
    std::vector<load_row> found;
    found.reserve(open.size());
    for (const auto& [who, n] : open) found.push_back({who, n});
    return found;
  }
  result<std::vector<competence_row>> competences() override { return values(table_->competences); }
  result<std::vector<duty_row>> duties() override { return values(table_->duties); }
  result<staff_id> liaison_of(std::string_view enterprise) override {
    const auto known = table_->liaisons.find(enterprise);
    return known == table_->liaisons.end() ? staff_id{} : known->second;
  }

 private:
  template <class T, class F>
  void answer(result<T> r, F& done) {
    post_([done = std::move(done), r = std::move(r)] { done(r); });
  }
  template <class Map>
  static std::vector<typename Map::mapped_type> values(const Map& rows) {
    std::vector<typename Map::mapped_type> out;
    out.reserve(rows.size());
    for (const auto& [key, row] : rows) out.push_back(row);
    return out;
  }
  template <class F>
  std::vector<case_row> select(F&& wanted) const {
    std::vector<case_row> found;
    for (const auto& [id, c] : table_->cases) {
      if (wanted(c)) found.push_back(c.row);
    }
    return found;
  }

  void put(const competence_row& r) {
    table_->competences.erase({r.matter, r.region_prefix});
    if (r.by) table_->competences.emplace(std::pair{r.matter, r.region_prefix}, r);
  }
  void put(const duty_row& r) {
    const unix_ms given = table_->duties[r.staff].last_given;
    table_->duties[r.staff] = r;
    table_->duties[r.staff].last_given = given;
  }
  void put(const liaison_row& r) {
    table_->liaisons.erase(r.enterprise);
    if (r.staff) table_->liaisons.emplace(r.enterprise, r.staff);
  }

  result<case_applied> write(const case_write& w) {
    if (w.key) {
      const auto known = table_->repeated(*w.key);
      if (!known) return known.error();
      if (*known) return **known;
    }
    if (const auto no = table_->refusal(w)) return make_error_code(*no);
    return table_->write(w, {});
  }

  bool covers(const places& where, const row_scope& scope, const stored& c) const {
    if (scope.everything) return true;
    if (scope.own) {
      const auto liaison = table_->liaisons.find(c.row.enterprise);
      if (c.row.handler == scope.own) return true;
      if (liaison != table_->liaisons.end() && liaison->second == scope.own) return true;
    }
    return std::ranges::any_of(c.parties, [&](const case_party& p) { return where.covers(scope, p); });
  }
  static bool waits_for(const case_viewer& me, const case_wait& w) {
    if (w.staff) return w.staff == me.staff;
    if ((w.roles.bits() & me.roles.bits()) == 0) return false;
    return w.department ? w.department == me.department : w.region == me.region;
  }
  static bool is_in(const places& where, case_view view, const case_question& q, const stored& c) {
    const case_row& r = c.row;
    if (view == case_view::all) return true;
    if (view == case_view::closed) return bool(r.closed);
    if (r.closed) return false;
    switch (view) {
      case case_view::todo:
        return std::ranges::any_of(c.waits, [&](const case_wait& w) { return waits_for(q.who, w); });
      case case_view::mine: return r.handler && r.handler == q.who.staff;
      case case_view::department: return where.within(r.lead_department, q.who.department);
      case case_view::assist:
        return std::ranges::any_of(c.parties, [&](const case_party& p) {
          return p.kind == case_party_kind::assists && where.within(p.department, q.who.department);
        });
      case case_view::due_soon: return or_never(r.orange) <= q.now && or_never(r.red) > q.now;
      default: return or_never(r.red) <= q.now;
    }
  }
  static bool passes(const case_question& q, const stored& c) {
    const auto& r = c.row;
    const std::string all = r.number + '\n' + r.title + '\n' + r.company + '\n' + r.enterprise;
    return (q.state.empty() || r.state == q.state) && (q.matter.empty() || r.matter == q.matter) &&
           (!q.department || r.lead_department == q.department) && (!q.from || r.opened >= q.from) &&
           (!q.to || r.opened < q.to) && (!q.counted || is_counted(c, *q.counted)) &&
           all.find(q.text) != std::string::npos;
  }

  std::shared_ptr<case_table> table_;
  staff_store& people_;
  post_fn post_;
};

}  // namespace

std::unique_ptr<case_store> make_memory_case_store(store& turns, staff_store& people, post_fn post) {
  auto* shared = dynamic_cast<has_cases*>(&turns);
  ZHUQI_ASSERT(shared != nullptr);
  return std::make_unique<memory_case_store>(shared->cases(), people, std::move(post));
}

}  // namespace zhuqi::storage
