#pragma once
// The share of matters that the bot settled without a person.

#include "storage/desk_store.hpp"
#include "storage/sqlite/connection.hpp"

namespace zhuqi::storage::sqlite {

share read_self_service(SQLite::Database& db, const self_service_question& q);

}  // namespace zhuqi::storage::sqlite
