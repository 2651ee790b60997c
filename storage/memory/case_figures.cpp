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

struct counter {
  const figures_question& q;
  std::map<department_id, department_figures> departments;

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
  void count(case_rate case_rates::*which, department_id of, bool good) {
    case_rate& rate = departments[of].rates.*which;
    ++rate.denominator;
    if (good) ++rate.numerator;
  }
  void add(const case_table::stored& c) {
    for (const auto& e : c.events) {
      if (one_of(e, {"dispatch", "uphold_return", "transfer"}) && inside(e.at)) ++departments[e.department].dispatched;
    }
    if (c.row.contact_due && inside(c.row.contact_due) && happened(c, "dispatch", q.as_of)) {
      count(&case_rates::response, c.row.lead_department, happened(c, "contact", c.row.contact_due));
    }
    if (const auto* e = last(c, {"confirm_solved", "redo", "close_disputed"})) {
      count(&case_rates::solved, e->department, e->action == "confirm_solved");
    }
    if (const auto* e = last(c, {"rate"})) count(&case_rates::satisfied, e->department, e->value >= 3);
    if (const auto* e = last(c, {"approve_reply"})) {
      count(&case_rates::coverage, e->department, happened(c, "rate", q.as_of));
    }
  }
};

void add(case_rate& sum, const case_rate& part) {
  sum.numerator += part.numerator;
  sum.denominator += part.denominator;
}

}  // namespace

case_figures figures_of(const std::vector<const case_table::stored*>& covered, const figures_question& q) {
  case_figures out;
  counter count{q, {}};
  std::map<std::string, std::int64_t> matters;
  for (const auto* c : covered) {
    if (count.inside(c->row.opened)) {
      ++out.opened;
      ++matters[c->row.matter];
    }
    if (c->row.closed && count.inside(c->row.closed)) ++out.closed;
    if (!c->row.closed) ++out.open_now;
    if (!c->row.closed && c->row.red && c->row.red <= q.as_of) ++out.overdue_now;
    count.add(*c);
  }
  for (const auto& [matter, n] : matters) out.matters.push_back({matter, n});
  std::ranges::stable_sort(out.matters, std::greater{}, &matter_count::opened);
  if (out.matters.size() > most_matters) out.matters.resize(most_matters);
  for (auto& [id, d] : count.departments) {
    d.department = id;
    add(out.rates.response, d.rates.response);
    add(out.rates.solved, d.rates.solved);
    add(out.rates.satisfied, d.rates.satisfied);
    add(out.rates.coverage, d.rates.coverage);
    out.departments.push_back(d);
  }
  return out;
}

}  // namespace zhuqi::storage
