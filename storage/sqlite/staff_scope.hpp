#pragma once
// A scope as a condition of a WHERE clause: so that rows outside it never leave the database, in lists, counts and
// searches alike. Text comes from constants of the program only; values are bound.

#include "storage/staff_store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace zhuqi::storage::sqlite {

/// The columns that say whose a row is, as the query names them ("c.owner"). "" = the table has none: that part of a scope
/// then reaches no row. String literals only.
struct scope_columns {
  const char* owner = "";
  const char* department = "";
  const char* region = "";
};

struct predicate {
  std::string sql;                  ///< in parentheses, with one ? per value
  std::vector<std::int64_t> binds;  ///< in the order of the ?
};

/// True for exactly the rows that the scope covers; "(0)" for an empty one.
predicate scope_predicate(const row_scope& scope, const scope_columns& columns);

}  // namespace zhuqi::storage::sqlite
