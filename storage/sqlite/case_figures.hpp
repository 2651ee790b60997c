#pragma once
// The figures of a period, from the heads and the events of cases. Every denominator is a list of cases that can be
// shown; nothing that happened after `as_of` counts.

#include "storage/case_rows.hpp"
#include "storage/sqlite/connection.hpp"

namespace zhuqi::storage::sqlite {

/// Throws SQLite::Exception.
case_figures read_figures(SQLite::Database& db, const figures_question& q);

}  // namespace zhuqi::storage::sqlite
