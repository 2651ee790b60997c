#include "storage/sqlite/search_store.hpp"

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/thread_table.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <mutex>

namespace zhuqi::storage {
namespace sqlite {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

// Of one question: hits that are looked at for being inside the scope. Some 10 µs each.
constexpr std::int64_t most_looked_at = 4'000;
constexpr std::int64_t looked_at_once = 500;
constexpr std::int64_t taken_up_at_once = 100;  // events between two looks at the clock

// The tokens come cut and folded; the ascii tokenizer takes every other byte as part of a token, so it only splits at the blanks.
constexpr const char* schema =
    "CREATE TABLE progress (one INTEGER PRIMARY KEY CHECK (one = 1), tokens INTEGER NOT NULL,"
    " restore_epoch INTEGER NOT NULL, mark INTEGER NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE said USING fts5 (words, content = '', tokenize = 'ascii');";

std::string expression_of(const std::vector<text::search_group>& groups) {
  std::string out;
  for (const auto& g : groups) {
    out += out.empty() ? "\"" : " \"";
    for (const auto& token : g.tokens) out.append(out.back() == '"' ? "" : " ").append(token);
    out += g.open_end ? "\" *" : "\"";
  }
  return out;
}

std::unique_ptr<SQLite::Database> open_index(const std::string& file, role r) {
  auto db = open_connection(file, r);
  // What the last seconds before a power cut added is taken up again; the file itself stays whole (it is a write-ahead log).
  db->exec("PRAGMA cache_size = -8192");
  if (r == role::writer) db->exec("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 1000");
  return db;
}

/// The index as it is written. One thread at a time.
class index_writer {
 public:
  index_writer(const std::string& file, SQLite::Database& source)
      : source_{source}, db_{open_index(file, role::writer)} {
    const auto epoch = restore_epoch();
    if (query_integer(*db_, "SELECT count(*) FROM sqlite_schema WHERE name = 'said'") == 0) {
      SQLite::Transaction all{*db_};
      db_->exec(schema);
      db_->exec("INSERT INTO progress VALUES (1, " + std::to_string(text::search_tokens_version) + ", " +
                std::to_string(epoch) + ", 0)");
      all.commit();
    }
    mark_ = query_integer(*db_, "SELECT mark FROM progress");
    fits_ = query_integer(*db_, "SELECT tokens FROM progress") == text::search_tokens_version &&
            query_integer(*db_, "SELECT restore_epoch FROM progress") == epoch &&
            mark_ <= query_integer(source_, "SELECT max(id) FROM event");
  }

  /// False for the index of another database, or of another way to cut.
  bool fits() const { return fits_; }

  caught_up catch_up(std::chrono::milliseconds at_most) {
    const auto until = steady_clock::now() + at_most;
    SQLite::Transaction all{*db_};
    const auto begun = mark_;
    auto mark = mark_;
    bool more = true;
    while (more && steady_clock::now() < until) more = take_up(mark);
    if (mark == begun) return more ? caught_up::partly : caught_up::wholly;
    SQLite::Statement move{*db_, "UPDATE progress SET mark = ?"};
    execution{move}.bind(mark).run();
    all.commit();
    mark_ = mark;
    return more ? caught_up::partly : caught_up::wholly;
  }

 private:
  std::int64_t restore_epoch() const {
    return query_integer(source_, "SELECT value FROM meta WHERE key = 'restore_epoch'");
  }

  bool take_up(std::int64_t& mark) {
    // A body that is no JSON is verify's business; here it must not hold up all that comes after it.
    SQLite::Statement said{
        source_,
        "SELECT id, CASE WHEN kind IN ('user.text', 'staff.text', 'case.text') AND json_valid(body)"
        " THEN json_extract(body, '$.text') ELSE '' END FROM event WHERE id > ? ORDER BY id LIMIT ?"};
    SQLite::Statement put{*db_, "INSERT INTO said (rowid, words) VALUES (?, ?)"};
    execution row{said};
    row.bind(mark).bind(taken_up_at_once);
    std::int64_t seen = 0;
    for (; row.step(); ++seen) {
      mark = row.integer(0);
      const auto words = text::search_tokens(row.text(1));
      if (!words.empty()) execution{put}.bind(mark).bind(words).run();
    }
    return seen == taken_up_at_once;
  }

  SQLite::Database& source_;
  std::unique_ptr<SQLite::Database> db_;
  std::int64_t mark_ = 0;
  bool fits_ = false;
};

class sqlite_search_store final : public search_store {
 public:
  explicit sqlite_search_store(const std::string& database)
      : file_{search_index_file(database)},
        events_{open_connection(database, role::reader)},
        source_{open_connection(database, role::reader)} {
    events_->exec("PRAGMA cache_size = -4096");
    source_->exec("PRAGMA cache_size = -1024");
    try {
      open();
    } catch (const SQLite::Exception&) {
      index_.reset();  // no room for an index: the rest of the house works without, and catch_up() tries again
    }
  }

  result<search_page> find(const search_query& q) override {
    const std::lock_guard lock{finding_};
    if (index_ == nullptr) return make_error_code(errc::unavailable);
    try {
      return page_of(q);
    } catch (const SQLite::Exception& error) {
      if (classify(error) == fault::fatal) index_.reset();  // catch_up() makes it anew
      return make_error_code(errc::unavailable);
    }
  }

  result<caught_up> catch_up(std::chrono::milliseconds at_most) override {
    const std::lock_guard lock{writing_};
    try {
      if (broken()) open();
      return writer_->catch_up(at_most);
    } catch (const SQLite::Exception& error) {
      const std::lock_guard found{finding_};
      if (classify(error) == fault::fatal) index_.reset();
      return make_error_code(errc::unavailable);
    }
  }

 private:
  bool broken() {
    const std::lock_guard lock{finding_};
    return index_ == nullptr;
  }

  void open() {
    const std::lock_guard lock{finding_};
    index_.reset();
    try {
      writer_ = std::make_unique<index_writer>(file_, *source_);
      if (!writer_->fits()) start_over();
    } catch (const SQLite::Exception&) {  // no database, or a damaged one
      start_over();
    }
    index_ = open_index(file_, role::reader);
  }
  void start_over() {
    writer_.reset();
    std::error_code kept;  // then what is made anew fails too
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(file_ + part, kept);
    writer_ = std::make_unique<index_writer>(file_, *source_);
  }

  search_page page_of(const search_query& q) {
    search_page page;
    if (q.groups.empty() || q.scope.empty()) return page;
    const auto words = expression_of(q.groups);
    SQLite::Statement matching{*index_,
                               "SELECT rowid FROM said WHERE said MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"};
    const auto within = seen_from(q.scope, q.home);
    SQLite::Statement one{
        *events_,
        "SELECT c.id, c.channel, c.user, ifnull(t.owner_kind, 0), ifnull(t.staff, 0), ifnull(t.epoch, e.epoch),"
        " ifnull(t.seq, e.seq), t.conversation IS NOT NULL, e.seq, e.turn, e.at_ms, e.epoch, e.kind, e.actor, e.body,"
        " " ZHUQI_THREAD_COLUMNS
        " FROM event e JOIN conversation c ON c.id = e.conversation"
        " LEFT JOIN thread t ON t.conversation = e.conversation WHERE e.id = ? AND " +
            within.sql};
    auto before = q.before ? q.before.value : INT64_MAX;
    std::int64_t looked = 0;
    bool more = true;
    page.hits.reserve(q.limit);
    while (more && looked < most_looked_at) {
      execution match{matching};
      match.bind(words).bind(before).bind(looked_at_once);
      std::int64_t seen = 0;
      for (; match.step(); ++seen) {
        if (page.hits.size() == q.limit) {
          page.next = event_id{before};
          return page;
        }
        before = match.integer(0);
        execution row{one};
        row.bind(before);
        for (const auto value : within.binds) row.bind(value);
        if (row.step()) page.hits.push_back(hit_of(row, before));
      }
      looked += seen;
      more = seen == looked_at_once;
    }
    if (more) page.next = event_id{before};
    return page;
  }

  static search_hit hit_of(const execution& row, std::int64_t id) {
    search_hit hit;
    auto& c = hit.in;
    c = read_listed(row);
    auto& e = hit.said;
    e.id = {id};
    e.conversation = c.id;
    e.seq = {row.integer(8)};
    e.turn = {row.integer(9)};
    e.at = {row.integer(10)};
    e.epoch = {row.integer(11)};
    e.kind = row.text(12);
    e.actor = row.text(13);
    e.body = row.text(14);
    if (row.integer(7) != 0) c.thread = read_thread(row, 15);
    c.last_turn = c.thread ? c.thread->change : e.turn;
    return hit;
  }

  const std::string file_;
  std::mutex finding_;                        ///< guards events_ and index_; taken after writing_
  std::unique_ptr<SQLite::Database> events_;  ///< of the database
  std::unique_ptr<SQLite::Database> index_;   ///< nothing: broken
  std::mutex writing_;                        ///< guards source_ and writer_
  std::unique_ptr<SQLite::Database> source_;  ///< of the database
  std::unique_ptr<index_writer> writer_;
};

}  // namespace
}  // namespace sqlite

std::string search_index_file(const std::string& database) {
  namespace fs = std::filesystem;
  const fs::path path{database};
  return (path.parent_path() / (path.stem().string() + "-search.db")).string();
}

std::unique_ptr<search_store> make_sqlite_search_store(const std::string& database) {
  return std::make_unique<sqlite::sqlite_search_store>(database);
}

}  // namespace zhuqi::storage
