#pragma once
// The records of who did what form a chain: each holds the hash of itself and of the record before it, so that no record can be
// changed, taken out or put in without `zhuqi verify` seeing it. Whoever can write the file could make the whole chain anew: keep
// its last link (verify prints it) elsewhere, on paper if need be.

#include "storage/sqlite/connection.hpp"
#include "storage/staff_store.hpp"

#include <functional>
#include <string>

namespace zhuqi::storage::sqlite {

/// Inserts the record as the next link. Its own id is ignored.
void append_audit(SQLite::Database& db, const staff_audit& record);

/// Walks the whole chain; `found` hears of each record that does not fit. Gives the last link in hexadecimal, "" where there is none.
std::string check_audit(SQLite::Database& db, const std::function<void(std::int64_t id, const char* what)>& found);

}  // namespace zhuqi::storage::sqlite
