#pragma once
// The lists of the desk as SQL. Each says in WHERE who may see a row, so that lists, counts and pages agree and nothing outside a
// scope leaves the database.

#include "storage/desk_store.hpp"
#include "storage/sqlite/connection.hpp"

namespace zhuqi::storage::sqlite {

thread_page list_threads(SQLite::Database& db, const thread_query& query);
thread_counts count_threads(SQLite::Database& db, const thread_query& query);
std::vector<conversation> changed_threads(SQLite::Database& db, turn_id change, std::size_t limit);
std::vector<conversation> overdue_transfers(SQLite::Database& db, unix_ms now, std::size_t limit);
std::vector<conversation> threads_of(SQLite::Database& db, staff_id staff, std::size_t limit);

}  // namespace zhuqi::storage::sqlite
