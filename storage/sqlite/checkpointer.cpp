#include "storage/sqlite/checkpointer.hpp"

#include <sqlite3.h>

namespace zhuqi::storage::sqlite {
namespace {

constexpr int residue_pages = 256;  ///< left to the writer: 1 MB, a millisecond or two
constexpr int rounds = 8;           ///< each is shorter than the one before, as long as the disk keeps up at all
constexpr std::size_t late = 4;  ///< times the limit: then commits wait for the copying, so that the log stays bounded
constexpr int restart_tries = 64;  ///< commits; a reader is in the way for microseconds, unless it is a backup

struct log_state {
  int pages = 0;
  int copied = 0;
};

log_state checkpoint(SQLite::Database& db, int mode, int& rc) {
  log_state log;
  rc = sqlite3_wal_checkpoint_v2(db.getHandle(), "main", mode, &log.pages, &log.copied);
  return log;
}

}  // namespace

checkpointer::checkpointer(const std::string& path, std::size_t limit_pages,
                           std::function<void(const std::string&)> fatal)
    : limit_{limit_pages},
      fatal_{std::move(fatal)},
      db_{open_connection(path, role::checkpointer)},
      ask_at_{limit_pages} {
  thread_ = std::thread{[this] { work(); }};
}

checkpointer::~checkpointer() { stop(); }

void checkpointer::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  db_.reset();
}

void checkpointer::log_has(std::size_t pages) {
  pages_.store(pages, std::memory_order_relaxed);
  if (pages < ask_at_.load(std::memory_order_relaxed) || caught_up_.load(std::memory_order_relaxed)) return;
  {
    const std::lock_guard lock{mutex_};
    if (due_) return;
    due_ = true;
  }
  wake_.notify_one();
}

void checkpointer::work() {
  std::unique_lock lock{mutex_};
  for (;;) {
    wake_.wait(lock, [this] { return due_ || stopping_; });
    if (stopping_) return;
    lock.unlock();
    catch_up();
    lock.lock();
    due_ = false;
  }
}

void checkpointer::catch_up() {
  for (int round = 0; round < rounds; ++round) {
    const std::lock_guard turn{copying_};
    int rc = SQLITE_OK;
    const auto log = checkpoint(*db_, SQLITE_CHECKPOINT_PASSIVE, rc);
    if (rc == SQLITE_FULL || rc == SQLITE_BUSY || rc == SQLITE_NOMEM) return;  // the next commit asks again
    if (rc != SQLITE_OK) {
      fatal_(std::string{"checkpoint failed: "} + sqlite3_errmsg(db_->getHandle()));
      return;
    }
    // `pages` counts what the log had at the start; the writer wrote on meanwhile.
    const auto now = static_cast<int>(pages_.load(std::memory_order_relaxed));
    if (now - log.copied <= residue_pages) break;
    if (log.copied < log.pages) {  // a long reader (backup) pins the log: try again when it has grown by as much again
      ask_at_.store(static_cast<std::size_t>(now) + limit_, std::memory_order_relaxed);
      return;
    }
  }
  caught_up_.store(true, std::memory_order_release);
}

std::int64_t checkpointer::restart_if_due(SQLite::Database& writer) {
  const bool pinned = ask_at_.load(std::memory_order_relaxed) > limit_;
  if (!caught_up_.load(std::memory_order_acquire) && (pinned || wal_pages() < late * limit_)) return 0;
  const auto begin = std::chrono::steady_clock::now();
  const std::lock_guard turn{copying_};
  int rc = SQLITE_OK;
  sqlite3_busy_timeout(writer.getHandle(), 0);  // never wait for a reader here: the next commit tries again
  checkpoint(writer, SQLITE_CHECKPOINT_RESTART, rc);
  sqlite3_busy_timeout(writer.getHandle(), busy_timeout_ms);
  if (rc == SQLITE_BUSY && ++restart_tries_ < restart_tries) return microseconds_since(begin);
  if (rc == SQLITE_OK) {
    restarts_.fetch_add(1, std::memory_order_relaxed);
    pages_.store(0, std::memory_order_relaxed);
    ask_at_.store(limit_, std::memory_order_relaxed);
  } else if (rc == SQLITE_BUSY || rc == SQLITE_FULL || rc == SQLITE_NOMEM) {
    ask_at_.store(wal_pages() + limit_, std::memory_order_relaxed);
  } else {
    throw SQLite::Exception{writer.getHandle(), rc};
  }
  restart_tries_ = 0;
  caught_up_.store(false, std::memory_order_release);
  return microseconds_since(begin);
}

}  // namespace zhuqi::storage::sqlite
