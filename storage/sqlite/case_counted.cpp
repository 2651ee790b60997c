#include "storage/sqlite/case_counted.hpp"

#include <algorithm>

namespace zhuqi::storage::sqlite {
namespace {

/// The last event of these kinds in the period, of each case: its department counts.
void add_last(case_query& q, std::string_view good, std::string_view actions) {
  q.add("SELECT e.case_id, e.department, ").add(good).add(" AS good, max(e.seq) FROM case_event e WHERE e.action IN (");
  q.add(actions).add(") AND e.at_ms >= ? AND e.at_ms < ?");
}

}  // namespace

void add_counted(case_query& q, const counted_in& what) {
  const auto from = what.from.value;
  const auto to = std::min(what.to.value, what.as_of.value + 1);
  const auto heads = [&](std::string_view which) -> case_query& {
    return q.add("SELECT h.id AS case_id, h.lead_department AS department, 1 AS good FROM case_head h WHERE ")
        .add(which);
  };
  switch (what.which) {
    case case_figure::opened: heads("h.opened_ms >= ? AND h.opened_ms < ?").value(from).value(to); break;
    case case_figure::closed:
      heads("h.closed_ms >= ? AND h.closed_ms < ? AND h.closed_ms <> 0").value(from).value(to);
      break;
    case case_figure::open_now: heads("h.closed_ms = 0"); break;
    case case_figure::overdue_now: heads("h.closed_ms = 0 AND h.red_ms <= ?").value(what.as_of.value); break;
    case case_figure::dispatched:
      q.add(
          "SELECT e.case_id, e.department, 1 AS good FROM case_event e"
          " WHERE e.action IN ('dispatch', 'uphold_return', 'transfer') AND e.at_ms >= ? AND e.at_ms < ?");
      q.value(from).value(to);
      break;
    case case_figure::response:
      q.add(
          "SELECT h.id AS case_id, h.lead_department AS department,"
          " EXISTS (SELECT 1 FROM case_event k WHERE k.case_id = h.id AND k.action = 'contact'"
          " AND k.at_ms <= h.contact_due_ms AND k.at_ms <= ?) AS good FROM case_head h"
          " WHERE h.contact_due_ms >= ? AND h.contact_due_ms < ? AND h.contact_due_ms <> 0"
          " AND EXISTS (SELECT 1 FROM case_event d WHERE d.case_id = h.id AND d.action = 'dispatch' AND d.at_ms <= ?)");
      q.value(what.as_of.value).value(from).value(to).value(what.as_of.value);
      break;
    case case_figure::solved:
      add_last(q, "e.action = 'confirm_solved'", "'confirm_solved', 'redo', 'close_disputed'");
      q.value(from).value(to).add(" GROUP BY e.case_id");
      break;
    case case_figure::satisfied:
      add_last(q, "e.value >= 3", "'rate'");
      q.value(from).value(to).add(" GROUP BY e.case_id");
      break;
    case case_figure::coverage:
      q.value(what.as_of.value);
      add_last(q,
               "EXISTS (SELECT 1 FROM case_event k WHERE k.case_id = e.case_id AND k.action = 'rate' AND k.at_ms <= ?)",
               "'approve_reply'");
      q.value(from).value(to).add(" GROUP BY e.case_id");
      break;
  }
}

}  // namespace zhuqi::storage::sqlite
