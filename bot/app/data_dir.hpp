#pragma once
// The one folder that holds everything the server keeps: database, secrets made at first start, later documents.

#include "bot/base/secret.hpp"

#include <filesystem>
#include <string>

namespace zhuqi::app {

/// Creates the folder (mode 0700) where it is missing. Throws std::filesystem::filesystem_error.
std::filesystem::path open_data_dir(const std::string& path);

/// The 32-byte server secret in `dir`/server.key, made on first use (mode 0600, synced). Throws std::runtime_error for a file of
/// another size, because a new key would log every web chat visitor out.
secret load_server_key(const std::filesystem::path& dir);

/// `dir`/zhuqi.db
std::filesystem::path database_file(const std::filesystem::path& dir);

}  // namespace zhuqi::app
