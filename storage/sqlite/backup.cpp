#include "storage/sqlite/backup.hpp"

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/data_lock.hpp"
#include "storage/sqlite/migrate.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace zhuqi::storage {
namespace {

namespace fs = std::filesystem;
using namespace sqlite;

constexpr int pages_per_step = 1'024;  ///< 4 MB; between two steps others get the disk

/// A file under a temporary name, gone with the scope unless it was published.
class unfinished_file {
 public:
  explicit unfinished_file(std::string target) : target_{std::move(target)}, name_{target_ + ".unfinished"} {
    remove();
  }
  ~unfinished_file() { remove(); }
  unfinished_file(const unfinished_file&) = delete;
  unfinished_file& operator=(const unfinished_file&) = delete;

  const std::string& name() const { return name_; }

  /// Flushes it and gives it its name; the name is never taken from a file that has it.
  void publish() {
    flush(name_, O_RDWR);
    if (::link(name_.c_str(), target_.c_str()) != 0) {
      throw std::system_error{errno, std::generic_category(), "cannot create " + target_};
    }
    const auto directory = fs::path{target_}.parent_path().string();
    flush(directory.empty() ? "." : directory, O_RDONLY | O_DIRECTORY);
  }

 private:
  static void flush(const std::string& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    const int why = errno;
    if (fd >= 0) ::close(fd);
    if (!done) throw std::system_error{why, std::generic_category(), "cannot flush " + path};
  }
  void remove() const {
    std::error_code ignored;
    for (const auto* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(name_ + suffix, ignored);
  }

  const std::string target_;
  const std::string name_;
};

void refuse_existing(const std::string& path) {
  if (fs::exists(path)) throw std::runtime_error{path + " exists already; nothing is overwritten, choose another name"};
}

void require_file(const std::string& path) {
  if (!fs::is_regular_file(path)) throw std::runtime_error{"there is no database at " + path};
}

void copy_pages(const std::string& from, const std::string& to) {
  auto source = open_connection(from, role::inspector);
  // A read transaction over all steps: the copy is of one moment, and a writer in between does not make it start again.
  source->exec("BEGIN");
  query_integer(*source, "SELECT count(*) FROM sqlite_schema");
  SQLite::Database copy{to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  copy.exec("PRAGMA synchronous = OFF");  // flushed once, when it is complete
  SQLite::Backup backup{copy, *source};
  while (backup.executeStep(pages_per_step) != SQLITE_DONE) std::this_thread::yield();
}

/// What a backup must be before anybody relies on it. Leaves the file self-contained (no write-ahead log beside it).
backup_report seal(const std::string& path, std::int64_t count_up) {
  SQLite::Database db{path, SQLite::OPEN_READWRITE};
  db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF");
  require_ours(db, schema_files());
  SQLite::Statement check{db, "PRAGMA integrity_check(1)"};
  if (!check.executeStep() || check.getColumn(0).getString() != "ok") {
    throw std::runtime_error{"the backup does not hold: " + check.getColumn(0).getString()};
  }
  check.reset();
  db.exec("UPDATE meta SET value = value + " + std::to_string(count_up) + " WHERE key = 'restore_epoch'");
  return {static_cast<std::int64_t>(fs::file_size(path)),
          {query_integer(db, "SELECT max(turn) FROM state")},
          query_integer(db, "SELECT value FROM meta WHERE key = 'restore_epoch'")};
}

}  // namespace

backup_report back_up(const std::string& path, const std::string& target) {
  require_file(path);
  refuse_existing(target);
  unfinished_file file{target};
  copy_pages(path, file.name());
  const auto report = seal(file.name(), 0);
  file.publish();
  return report;
}

backup_report restore(const std::string& backup, const std::string& path) {
  require_file(backup);
  const auto directory = fs::path{path}.parent_path().string();
  const data_lock lock{directory.empty() ? "." : directory};
  refuse_existing(path);
  unfinished_file file{path};
  copy_pages(backup, file.name());
  const auto report = seal(file.name(), 1);
  file.publish();
  return report;
}

}  // namespace zhuqi::storage
