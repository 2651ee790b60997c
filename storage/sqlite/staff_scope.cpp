#include "storage/sqlite/staff_scope.hpp"

#include <string_view>

namespace zhuqi::storage::sqlite {
namespace {

/// The tree below one node. UNION (not UNION ALL) ends even on a cycle; SQLite builds the list once per query.
std::string below(std::string_view column, std::string_view tree) {
  std::string sql{column};
  sql.append(" IN (WITH RECURSIVE below(id) AS (SELECT id FROM ")
      .append(tree)
      .append(" WHERE id = ? UNION SELECT t.id FROM ");
  sql.append(tree).append(" t JOIN below ON t.parent = below.id) SELECT id FROM below)");
  return sql;
}

}  // namespace

predicate scope_predicate(const row_scope& scope, const scope_columns& columns) {
  if (scope.everything) return {"(1)", {}};
  predicate p;
  const auto either = [&p](const std::string& condition, std::int64_t value) {
    p.sql.append(p.sql.empty() ? "(" : " OR ").append(condition);
    p.binds.push_back(value);
  };
  if (scope.own && *columns.owner) either(std::string{columns.owner} + " = ?", scope.own.value);
  if (scope.department && *columns.department) either(below(columns.department, "department"), scope.department.value);
  if (scope.region && *columns.region) either(below(columns.region, "region"), scope.region.value);
  if (p.sql.empty()) return {"(0)", {}};
  p.sql.push_back(')');
  return p;
}

}  // namespace zhuqi::storage::sqlite
