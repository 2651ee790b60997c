#include "storage/sqlite/connection.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

namespace zhuqi::storage::sqlite {
namespace {

/// KiB of page cache, as PRAGMA cache_size takes it (negative). The server's whole budget is 256 MB. The writer's is a
/// balance: SQLite 3.40 walks the whole cache at each commit that split a page (a split borrows the number of the lock
/// page), so that 2 MB give 9 % more turns/s with 10,000 conversations; but with a million, 16 MB already lose 13 %.
const char* cache_pragma(role r) {
  switch (r) {
    case role::writer: return "PRAGMA cache_size = -32768";
    case role::reader: return "PRAGMA cache_size = -16384";
    case role::checkpointer: return "PRAGMA cache_size = -256";
    case role::inspector: return "PRAGMA cache_size = -8192";
  }
  return "";
}

/// Test seam: tests/crash/powercut.py --control asks for a store that loses acknowledged turns when the power goes, to
/// prove that it would notice one.
void sync_too_little_if_asked(SQLite::Database& db) {
  const char* asked = std::getenv("ZHUQI_TEST_SYNCHRONOUS");
  if (asked == nullptr || std::string_view{asked} != "NORMAL") return;
  std::fputs(
      "{\"level\":\"error\",\"event\":\"storage.unsafe\",\"reason\":\"ZHUQI_TEST_SYNCHRONOUS=NORMAL is set: "
      "acknowledged "
      "messages WILL BE LOST when the power goes; unset it\"}\n",
      stderr);
  db.exec("PRAGMA synchronous = NORMAL");
}

}  // namespace

std::unique_ptr<SQLite::Database> open_connection(const std::string& path, role r) {
  int flags = SQLite::OPEN_NOMUTEX;
  if (r == role::inspector) {
    flags |= SQLite::OPEN_READONLY;
  } else {
    flags |= SQLite::OPEN_READWRITE;
  }
  if (r == role::writer) flags |= SQLite::OPEN_CREATE;
  auto db = std::make_unique<SQLite::Database>(path, flags, busy_timeout_ms);
  if (r == role::writer) db->exec("PRAGMA journal_mode = WAL");
  // FULL: NORMAL loses acknowledged turns when the power goes. No mmap: an I/O error must be an error, not a SIGBUS.
  // The checkpointer decides when the log is copied back, never a commit.
  db->exec(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
      "PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF;");
  // What a backup made the log grow by is given back to the disk once the log starts over.
  if (r == role::writer) db->exec("PRAGMA journal_size_limit = 67108864");
  if (r == role::writer) sync_too_little_if_asked(*db);
  if (r == role::reader) db->exec("PRAGMA query_only = ON");
  db->exec(cache_pragma(r));
  return db;
}

void reserve_log_index(SQLite::Database& db, std::size_t pages) {
  constexpr int region_bytes = 32 * 1024;         // fixed by SQLite's WAL-index format
  constexpr std::size_t pages_per_region = 4096;  // the same
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  for (int region = 0; region <= static_cast<int>(pages / pages_per_region); ++region) {
    void volatile* mapped = nullptr;
    const int rc = file->pMethods->xShmMap(file, region, region_bytes, 1, &mapped);
    if (rc != SQLITE_OK) throw SQLite::Exception{"cannot reserve the index of the write-ahead log", rc};
  }
}

fault classify(const SQLite::Exception& error) {
  switch (error.getErrorCode() & 0xff) {
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT: return fault::unavailable;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
    case SQLITE_PERM:
    case SQLITE_INTERNAL: return fault::fatal;
    default: return fault::poison;
  }
}

std::int64_t query_integer(SQLite::Database& db, const char* sql, std::int64_t fallback) {
  SQLite::Statement statement{db, sql};
  if (!statement.executeStep() || statement.getColumn(0).isNull()) return fallback;
  return statement.getColumn(0).getInt64();
}

}  // namespace zhuqi::storage::sqlite
