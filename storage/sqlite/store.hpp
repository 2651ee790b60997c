#pragma once
// The storage port over one SQLite file: one writer thread with group commit, readers on the caller's thread, a
// background checkpointer. One process at a time; a second one is refused at the door.

#include "bot/base/clock.hpp"
#include "bot/base/limits.hpp"
#include "storage/store.hpp"

#include <memory>

namespace zhuqi::storage {

struct sqlite_options {
  std::string path{};                               ///< of the database file; its directory is created and locked
  const zhuqi::clock* clock = nullptr;              ///< for the migration log; the system's where null
  std::size_t commit_batch = limits::commit_batch;  ///< most turns in one transaction
  std::size_t fold_every = 50'000;  ///< turns between two folds of the newest states; what start-up may have to read
  std::size_t wal_checkpoint_pages = limits::wal_checkpoint_pages;  ///< size of the log that starts a checkpoint
  /// Told after each group commit, on the writer's thread: how many turns, how many seconds.
  std::function<void(std::size_t, double)> on_commit{};
};

/// Opens, migrates and recovers. Throws std::runtime_error (a sentence for the operator) where the directory is in use
/// by another process, the file is not ours or from a newer version, or the disk refuses.
///
/// `post` may be called from the writer's thread until close() returns, once per group commit. `fatal` is called on the
/// writer's thread after an I/O error; it is meant to end the process. If it returns, every later commit is answered
/// `unavailable`.
///
/// Reads are answered before they return, on the caller's thread: a point read from a warm page cache costs a few
/// microseconds, less than the hop to another thread and back.
std::unique_ptr<store> make_sqlite_store(sqlite_options options, post_fn post, fatal_fn fatal);

}  // namespace zhuqi::storage
