#include "storage/sqlite/case_query.hpp"

#include "storage/sqlite/case_counted.hpp"
#include "storage/sqlite/staff_scope.hpp"

namespace zhuqi::storage::sqlite {

bool is_by_due(case_view view) { return view != case_view::all && view != case_view::closed; }

case_query& case_query::scope(const row_scope& scope) {
  if (scope.everything) return add("(1)");
  add("(0");
  if (scope.own) {
    add(" OR c.handler = ? OR c.enterprise IN (SELECT enterprise FROM enterprise_liaison WHERE staff = ?)")
        .value(scope.own.value)
        .value(scope.own.value);
  }
  row_scope places = scope;
  places.own = {};
  if (!places.empty()) {
    const auto within = scope_predicate(places, {"", "p.department", "p.region"});
    add(" OR EXISTS (SELECT 1 FROM case_party p WHERE p.case_id = c.id AND ").add(within.sql).add(")");
    for (const auto v : within.binds) value(v);
  }
  return add(")");
}

case_query& case_query::below(std::string_view column, std::string_view tree, std::int64_t top) {
  return add(column)
      .add(" IN (WITH RECURSIVE below(id) AS (SELECT id FROM ")
      .add(tree)
      .add(" WHERE id = ? UNION SELECT t.id FROM ")
      .add(tree)
      .add(" t JOIN below ON t.parent = below.id) SELECT id FROM below)")
      .value(top);
}

case_query& case_query::view(case_view view, const case_question& q) {
  switch (view) {
    case case_view::todo:
      return add("(c.closed_ms = 0 AND EXISTS (SELECT 1 FROM case_wait w WHERE w.case_id = c.id AND (w.staff = ?"
                 " OR (w.staff = 0 AND (w.roles & ?) <> 0 AND (w.department = ?"
                 " OR (w.department = 0 AND w.region = ?))))))")
          .value(q.who.staff.value)
          .value(std::int64_t{q.who.roles.bits()})
          .value(q.who.department.value)
          .value(q.who.region.value);
    case case_view::mine: return add("(c.closed_ms = 0 AND c.handler = ? AND c.handler <> 0)").value(q.who.staff.value);
    case case_view::department:
      return add("(c.closed_ms = 0 AND ").below("c.lead_department", "department", q.who.department.value).add(")");
    case case_view::assist:
      return add("(c.closed_ms = 0 AND EXISTS (SELECT 1 FROM case_party a WHERE a.case_id = c.id AND a.kind = 3 AND ")
          .below("a.department", "department", q.who.department.value)
          .add("))");
    case case_view::due_soon:
      return add("(c.closed_ms = 0 AND c.orange_ms <= ? AND c.red_ms > ?)").value(q.now.value).value(q.now.value);
    case case_view::overdue: return add("(c.closed_ms = 0 AND c.red_ms <= ?)").value(q.now.value);
    case case_view::all: return add("(1)");
    case case_view::closed: return add("(c.closed_ms <> 0)");
  }
  return add("(0)");
}

case_query& case_query::filters(const case_question& q) {
  if (!q.state.empty()) add(" AND c.state = ?").value(q.state);
  if (!q.matter.empty()) add(" AND c.matter = ?").value(q.matter);
  if (q.department) add(" AND c.lead_department = ?").value(q.department.value);
  if (q.from) add(" AND c.opened_ms >= ?").value(q.from.value);
  if (q.to) add(" AND c.opened_ms < ?").value(q.to.value);
  if (q.counted) {
    add(" AND c.id IN (SELECT case_id FROM (");
    add_counted(*this, *q.counted);
    add(")").add(q.counted->good_only ? " WHERE good" : " WHERE 1");
    if (q.counted->of) add(" AND department = ?").value(q.counted->of.value);
    add(")");
  }
  if (!q.text.empty()) {
    add(" AND instr(c.number || char(10) || c.title || char(10) || c.company || char(10) || c.enterprise, ?) > 0")
        .value(q.text);
  }
  return *this;
}

void case_query::bind(execution& e) const {
  for (const auto& v : values_) {
    std::visit([&e](const auto& bound) { e.bind(bound); }, v);
  }
}

}  // namespace zhuqi::storage::sqlite
