#pragma once
// Copies the write-ahead log back into the database, off the commit path. A thread with its own connection runs PASSIVE
// checkpoints, which never block the writer. But under constant load the log never stands still, so PASSIVE alone never
// gets to its end and the log would grow for ever: once a checkpoint has nearly caught up, the writer itself does the
// rest between two commits (a few hundred pages) and starts the log from its beginning.

#include "storage/sqlite/connection.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace zhuqi::storage::sqlite {

class checkpointer {
 public:
  /// `fatal` is called on the checkpointer's thread after an I/O error.
  checkpointer(const std::string& path, std::size_t limit_pages, std::function<void(const std::string&)> fatal);
  ~checkpointer();

  /// The writer tells the size of the log after each commit.
  void log_has(std::size_t pages);
  /// Between two commits, on the writer's thread and connection: restarts the log if it is time. Gives the pause in
  /// microseconds, 0 where there was none. Throws SQLite::Exception.
  std::int64_t restart_if_due(SQLite::Database& writer);

  std::size_t wal_pages() const { return pages_.load(std::memory_order_relaxed); }
  std::uint64_t restarts() const { return restarts_.load(std::memory_order_relaxed); }
  void stop();

 private:
  void work();
  void catch_up();

  const std::size_t limit_;
  std::function<void(const std::string&)> fatal_;
  std::unique_ptr<SQLite::Database> db_;
  std::atomic<std::size_t> pages_{0};
  std::atomic<std::uint64_t> restarts_{0};
  std::atomic<std::size_t> ask_at_;  ///< size of the log that wakes the thread
  std::atomic<bool> caught_up_{false};
  int restart_tries_ = 0;  ///< writer's thread only

  std::mutex copying_;  ///< SQLite lets one connection checkpoint at a time, and does not wait for the other
  std::mutex mutex_;
  std::condition_variable wake_;
  bool due_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace zhuqi::storage::sqlite
