#pragma once
// Copies of a database: made while the server runs, put back only where nothing stands.

#include "bot/base/ids.hpp"

#include <cstdint>
#include <string>

namespace zhuqi::storage {

struct backup_report {
  std::int64_t bytes = 0;
  turn_id last_turn;               ///< the newest turn in the copy
  std::int64_t restore_epoch = 0;  ///< of the copy
};

/// Copies the database at `path` to the new file `target`, consistent as of its start, beside a running server or
/// without one. `target` appears complete and flushed, or not at all. While it copies, the server's write-ahead log
/// cannot be emptied and grows by what is written. Throws std::runtime_error (a sentence for the operator) where
/// `target` exists or the disk refuses.
backup_report back_up(const std::string& path, const std::string& target);

/// Puts a backup in place as the database `path`, after checking it (schema of this binary or older, SQLite's integrity
/// check) and counting its restore_epoch up, which fences whatever the old database still had to send. Throws
/// std::runtime_error where `path` exists already (nothing is ever overwritten), its directory is in use, or the backup
/// does not hold.
backup_report restore(const std::string& backup, const std::string& path);

}  // namespace zhuqi::storage
