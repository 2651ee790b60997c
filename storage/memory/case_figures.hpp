#pragma once
// The figures of a period over the in-memory cases, as the definitions read.

#include "storage/memory/case_table.hpp"

#include <vector>

namespace zhuqi::storage {

/// `covered` are the cases of the question's scope.
case_figures figures_of(const std::vector<const case_table::stored*>& covered, const figures_question& q);

/// Whether the case is behind the figure.
bool is_counted(const case_table::stored& c, const counted_in& what);

}  // namespace zhuqi::storage
