#pragma once
// The staff port over the same SQLite file as the conversations: changes are jobs of its one writer, between two group
// commits; reads have a connection of their own.

#include "storage/staff_store.hpp"

#include <memory>
#include <string>

namespace zhuqi::storage {

/// `turns` is what make_sqlite_store gave for the file at `path`; it must outlive the result, or be closed before (then
/// changes are answered `unavailable`). `done` callbacks go through `post`. Throws SQLite::Exception where the file cannot
/// be opened a second time.
std::unique_ptr<staff_store> make_sqlite_staff_store(store& turns, const std::string& path, post_fn post);

}  // namespace zhuqi::storage
