#pragma once
// Opens connections the one way we use them, and says what an SQLite error means to us. Included inside storage/sqlite
// only.

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::storage::sqlite {

/// Each connection belongs to one thread at a time; what it is for decides its page cache.
enum class role {
  writer,  ///< creates the file where it is missing
  reader,
  checkpointer,  ///< moves pages, caches none
  inspector,     ///< backup and verify: read-only, also beside a running server
};

/// How long a statement waits for another connection's lock. Nobody holds the write lock but our writer.
inline constexpr int busy_timeout_ms = 5'000;

/// Throws SQLite::Exception.
std::unique_ptr<SQLite::Database> open_connection(const std::string& path, role r);

/// Takes the room that the index of a log of `pages` needs. Without it a disk that fills up could fail a commit after
/// its log was flushed, when nobody can tell any more whether it holds; with it, it fails before, and the turn is
/// merely refused.
void reserve_log_index(SQLite::Database& db, std::size_t pages);

enum class fault {
  poison,       ///< this statement's data is at fault: constraint, size, type
  unavailable,  ///< nothing was written and it may work later: disk full, busy, out of memory
  fatal,        ///< nobody knows what is on disk: I/O error, corruption
};
fault classify(const SQLite::Exception& error);

/// A cached statement for the length of one execution: back in its initial state at the end of the scope, whatever
/// happened. Bound strings are not copied and must outlive it.
class execution {
 public:
  explicit execution(SQLite::Statement& statement) : statement_{statement} {}
  ~execution() { statement_.tryReset(); }
  execution(const execution&) = delete;
  execution& operator=(const execution&) = delete;

  execution& bind(std::int64_t value) {
    statement_.bind(++index_, value);
    return *this;
  }
  execution& bind(const std::string& text) {
    statement_.bindNoCopy(++index_, text);
    return *this;
  }
  execution& bind_blob(const void* bytes, std::size_t size) {
    statement_.bindNoCopy(++index_, bytes, static_cast<int>(size));
    return *this;
  }

  /// True while there is a row.
  bool step() { return statement_.executeStep(); }
  /// For statements without rows; gives how many rows changed.
  int run() { return statement_.exec(); }

  std::int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  std::string text(int column) const { return statement_.getColumn(column).getString(); }

 private:
  SQLite::Statement& statement_;
  int index_ = 0;
};

inline std::int64_t microseconds_since(std::chrono::steady_clock::time_point begin) {
  using namespace std::chrono;
  return duration_cast<microseconds>(steady_clock::now() - begin).count();
}

/// One row, one integer; `fallback` where there is no row or it is NULL.
std::int64_t query_integer(SQLite::Database& db, const char* sql, std::int64_t fallback = 0);

}  // namespace zhuqi::storage::sqlite
