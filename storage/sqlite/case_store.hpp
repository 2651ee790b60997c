#pragma once
// The case port over the same SQLite file as the conversations: writes are jobs of its one writer, between two group
// commits, or parts of a turn; reads have a connection of their own.

#include "storage/case_store.hpp"
#include "storage/store.hpp"

#include <memory>
#include <string>

namespace zhuqi::storage {

/// `turns` is what make_sqlite_store gave for the file at `path`; it must outlive the result, or be closed before (then
/// writes are answered `unavailable`). `done` callbacks go through `post`. Throws SQLite::Exception where the file cannot
/// be opened once more.
std::unique_ptr<case_store> make_sqlite_case_store(store& turns, const std::string& path, post_fn post);

}  // namespace zhuqi::storage
