#include "bench/limits/rows.hpp"

#include "bench/load/users.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace zhuqi::bench {
namespace {

constexpr std::int64_t first_at_ms = 1'600'000'000'000;

void bind(sqlite3_stmt* s, int i, std::int64_t v) { sqlite3_bind_int64(s, i, v); }
void bind(sqlite3_stmt* s, int i, std::string_view v) {
  sqlite3_bind_text(s, i, v.empty() ? "" : v.data(), static_cast<int>(v.size()),
                    nullptr);  // a null pointer would be NULL
}
void bind(sqlite3_stmt* s, int i, const std::array<std::uint64_t, 2>& v) {
  sqlite3_bind_blob(s, i, v.data(), 16, nullptr);
}

template <class... Values>
void bind_all(sqlite3_stmt* s, const Values&... values) {
  int i = 0;
  (bind(s, ++i, values), ...);
}

}  // namespace

row_writer::row_writer(const std::string& dir, const std::string& schema_dir, state_layout layout,
                       const row_sizes& sizes, std::uint64_t conversations)
    : layout_{layout},
      reply_(sizes.reply, 'r'),
      event_in_(sizes.event_in, 'i'),
      event_out_(sizes.event_out, 'o'),
      snapshot_(sizes.snapshot, 's') {
  std::filesystem::create_directories(dir);
  const std::string file = dir + "/limit.db";
  if (std::filesystem::exists(file)) throw std::runtime_error{file + " exists already"};
  sqlite3* db = nullptr;
  const int opened =
      sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(db);
  if (opened != SQLITE_OK) throw std::runtime_error{"cannot create " + file};
  for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=10000"})
    execute(pragma);
  apply_schema(schema_dir);
  seed(conversations);
  begin_ = prepare("BEGIN IMMEDIATE");
  commit_ = prepare("COMMIT");
  inbox_ = prepare("INSERT INTO inbox (created_s, digest, body, received_ms, turn, reply) VALUES (?, ?, ?, ?, ?, ?)");
  event_ = prepare(
      "INSERT INTO event (id, conversation, seq, prev, turn, at_ms, epoch, kind, actor, body) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  state_ = prepare(
      layout_ == state_layout::append
          ? "INSERT INTO state (turn, conversation, at_ms, owner_kind, epoch, seq, last_event, wakeup_ms, owner_id, "
            "snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          : "INSERT OR REPLACE INTO state_by_key (turn, conversation, at_ms, owner_kind, epoch, seq, last_event, "
            "wakeup_ms, owner_id, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
}

void row_writer::execute(const std::string& sql) {
  if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error{std::string{"SQLite: "} + sqlite3_errmsg(db_.get())};
  }
}

void row_writer::apply_schema(const std::string& schema_dir) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{schema_dir}) {
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream in{file};
    execute(std::string{std::istreambuf_iterator<char>{in}, {}});
  }
  if (layout_ == state_layout::random) {
    execute(
        "CREATE TABLE state_by_key (turn INTEGER, conversation INTEGER PRIMARY KEY, at_ms INTEGER, owner_kind INTEGER, "
        "epoch INTEGER, seq INTEGER, last_event INTEGER, wakeup_ms INTEGER, owner_id TEXT, snapshot TEXT) STRICT");
  }
}

row_writer::statement row_writer::prepare(std::string_view sql) {
  sqlite3_stmt* s = nullptr;
  if (sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &s, nullptr) !=
      SQLITE_OK) {
    throw std::runtime_error{std::string{"SQLite: "} + sqlite3_errmsg(db_.get())};
  }
  return statement{s};
}

void row_writer::step(const statement& s) {
  const int rc = sqlite3_step(s.get());
  if (rc != SQLITE_DONE) throw std::runtime_error{std::string{"SQLite: "} + sqlite3_errmsg(db_.get())};
  sqlite3_reset(s.get());
}

/// Known conversations, so that the tables have their full depth and, with the random layout, each turn finds its row.
void row_writer::seed(std::uint64_t conversations) {
  const statement who = prepare("INSERT INTO conversation (id, channel, user, created_ms) VALUES (?, 'city', ?, ?)");
  const statement random_row = layout_ == state_layout::random
                                   ? prepare("INSERT INTO state_by_key VALUES (?, ?, ?, 0, 0, 0, 0, 0, '', ?)")
                                   : prepare("INSERT INTO head (conversation, turn) VALUES (?, ?)");
  execute("BEGIN");
  for (std::uint64_t i = 0; i < conversations; ++i) {
    const user_name name = name_of(i);
    const auto id = static_cast<std::int64_t>(i + 1);
    bind_all(who.get(), id, view(name), first_at_ms);
    step(who);
    if (layout_ == state_layout::random) {
      bind_all(random_row.get(), std::int64_t{0}, id, first_at_ms, std::string_view{snapshot_});
    } else {
      bind_all(random_row.get(), id, std::int64_t{0});
    }
    step(random_row);
  }
  execute("COMMIT");
  execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void row_writer::begin() { step(begin_); }
void row_writer::commit() { step(commit_); }

void row_writer::write_event(const turn_row& row, std::int64_t id, std::int64_t prev, std::int64_t seq,
                             std::string_view kind, std::string_view body) {
  bind_all(event_.get(), id, row.conversation, seq, prev, row.turn, first_at_ms + row.turn, std::int64_t{0}, kind,
           kind.substr(0, kind.find('.')), body);
  step(event_);
}

std::int64_t row_writer::write(const turn_row& row) {
  const std::int64_t first = next_event_;
  next_event_ += 2;
  bind_all(inbox_.get(), row.created_s, row.digest, row.digest, first_at_ms + row.turn, row.turn,
           std::string_view{reply_});
  step(inbox_);
  write_event(row, first, row.last_event, row.seq, "user.text", event_in_);
  write_event(row, first + 1, first, row.seq + 1, "bot.text", event_out_);
  bind_all(state_.get(), row.turn, row.conversation, first_at_ms + row.turn, std::int64_t{0}, std::int64_t{0},
           row.seq + 1, first + 1, std::int64_t{0}, std::string_view{}, std::string_view{snapshot_});
  step(state_);
  return first + 1;
}

}  // namespace zhuqi::bench
