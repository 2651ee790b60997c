#pragma once
// Search over the SQLite store: an FTS5 index in a file of its own beside the database, so that turns neither wait for it nor share its
// write lock, and backups need not carry it. Deleting the file is safe: it is made anew.

#include "storage/search_store.hpp"

#include <memory>
#include <string>

namespace zhuqi::storage {

/// `database` is the store's file, which must exist; the index lies beside it as "…-search.db". Throws SQLite::Exception
/// where the database cannot be opened; without an index, find() and catch_up() answer `unavailable`.
std::unique_ptr<search_store> make_sqlite_search_store(const std::string& database);

/// Where the index of that database lies.
std::string search_index_file(const std::string& database);

}  // namespace zhuqi::storage
