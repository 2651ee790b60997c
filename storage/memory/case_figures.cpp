#include "storage/memory/case_figures.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string_view>

namespace zhuqi::storage {
namespace {

constexpr std::size_t most_matters = 20;

bool one_of(const case_event_row& e, std::initializer_list<std::string_view> actions) {
  return std::find(actions.begin(), actions.end(), e.action) != actions.end();
}

struct period {
  const figures_question& q;

  bool inside(unix_ms at) const { return at >= q.from && at < q.to && at <= q.as_of; }

  const case_event_row* last(const case_table::stored& c, std::initializer_list<std::string_view> actions) const {
    const case_event_row* found = nullptr;
    for (const auto& e : c.events) {
      if (one_of(e, actions) && inside(e.at)) found = &e;
    }
    return found;
  }
  bool happened(const case_table::stored& c, std::string_view action, unix_ms until) const {
    return std::ranges::any_of(
        c.events, [&](const case_event_row& e) { return e.action == action && e.at <= until && e.at <= q.as_of; });
  }
  /// What the case counts for, as (figure, whose, good).
  template <class F>
  void each(const case_table::stored& c, F&& counts) const {
    using enum case_figure;
    const auto& row = c.row;
    const auto lead = row.lead_department;
    if (inside(row.opened)) counts(opened, lead, true);
    if (row.closed && inside(row.closed)) counts(closed, lead, true);
    if (!row.closed) counts(open_now, lead, true);
    if (!row.closed && row.red && row.red <= q.as_of) counts(overdue_now, lead, true);
    for (const auto& e : c.events) {
      if (one_of(e, {"dispatch", "uphold_return", "transfer"}) && inside(e.at)) counts(dispatched, e.department, true);
    }
    if (row.contact_due && inside(row.contact_due) && happened(c, "dispatch", q.as_of)) {
      counts(response, lead, happened(c, "contact", row.contact_due));
    }
    if (const auto* e = last(c, {"confirm_solved", "redo", "close_disputed"})) {
      counts(solved, e->department, e->action == "confirm_solved");
    }
    if (const auto* e = last(c, {"rate"})) counts(satisfied, e->department, e->value >= 3);
    if (const auto* e = last(c, {"approve_reply"})) counts(coverage, e->department, happened(c, "rate", q.as_of));
  }
};

case_rate* rate_of(case_rates& r, case_figure which) {
  switch (which) {
    case case_figure::response: return &r.response;
    case case_figure::solved: return &r.solved;
    case case_figure::satisfied: return &r.satisfied;
    case case_figure::coverage: return &r.coverage;
    default: return nullptr;
  }
}

void add(case_rate& sum, const case_rate& part) {
  sum.numerator += part.numerator;
  sum.denominator += part.denominator;
}

}  // namespace

case_figures figures_of(const std::vector<const case_table::stored*>& covered, const figures_question& q) {
  case_figures out;
  std::map<std::string, std::int64_t> matters;
  std::map<department_id, department_figures> departments;
  for (const auto* c : covered) {
    period{q}.each(*c, [&](case_figure which, department_id of, bool good) {
      if (which == case_figure::opened) ++matters[c->row.matter];
      if (which == case_figure::opened) ++out.opened;
      if (which == case_figure::closed) ++out.closed;
      if (which == case_figure::open_now) ++out.open_now;
      if (which == case_figure::overdue_now) ++out.overdue_now;
      if (which == case_figure::dispatched) ++departments[of].dispatched;
      if (auto* rate = rate_of(departments[of].rates, which)) {
        ++rate->denominator;
        rate->numerator += good ? 1 : 0;
      }
    });
  }
  std::erase_if(departments, [](const auto& d) { return d.second == department_figures{}; });
  for (const auto& [matter, n] : matters) out.matters.push_back({matter, n});
  std::ranges::stable_sort(out.matters, std::greater{}, &matter_count::opened);
  if (out.matters.size() > most_matters) out.matters.resize(most_matters);
  for (auto& [id, d] : departments) {
    d.department = id;
    add(out.rates.response, d.rates.response);
    add(out.rates.solved, d.rates.solved);
    add(out.rates.satisfied, d.rates.satisfied);
    add(out.rates.coverage, d.rates.coverage);
    out.departments.push_back(d);
  }
  return out;
}

bool is_counted(const case_table::stored& c, const counted_in& what) {
  const figures_question q{{}, what.from, what.to, what.as_of};
  bool found = false;
  period{q}.each(c, [&](case_figure which, department_id of, bool good) {
    found |= which == what.which && (good || !what.good_only) && (!what.of || of == what.of);
  });
  return found;
}

}  // namespace zhuqi::storage
