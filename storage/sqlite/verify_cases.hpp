#pragma once
// What has to hold between the tables of cases, and between them and the conversations, beyond what constraints say.

#include "storage/sqlite/connection.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace zhuqi::storage::sqlite {

/// Tells each thing that is wrong: a fixed rule, the conversation (0 = none), a sentence. Gives how many cases there are.
std::int64_t verify_cases(
    SQLite::Database& db,
    const std::function<void(const char* rule, std::int64_t conversation, std::string what)>& found);

}  // namespace zhuqi::storage::sqlite
