#pragma once
// The desk port over the same SQLite file as the conversations: changes are jobs of its one writer, reads have a connection of
// their own.

#include "storage/desk_store.hpp"

#include <memory>

namespace zhuqi::storage {

/// As make_sqlite_staff_store.
std::unique_ptr<desk_store> make_sqlite_desk_store(store& turns, const std::string& path, post_fn post);

}  // namespace zhuqi::storage
