#pragma once
// What each figure counts, as one select per figure: the figures sum it up, and lists show the very cases.

#include "storage/sqlite/case_query.hpp"

namespace zhuqi::storage::sqlite {

/// Adds a select of (case_id, department, good), without scope; `what.good_only` and `what.of` are left to the caller.
void add_counted(case_query& q, const counted_in& what);

}  // namespace zhuqi::storage::sqlite
