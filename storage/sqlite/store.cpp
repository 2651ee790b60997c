#include "storage/sqlite/store.hpp"

#include "storage/sqlite/data_lock.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/prune.hpp"
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/writer.hpp"

#include <sqlite3.h>

#include <filesystem>

namespace zhuqi::storage {
namespace sqlite {
namespace {

class publishing final : public job {
 public:
  publishing(script_version version, std::vector<script_move> moves, post_fn post,
             std::function<void(result<void>)> done)
      : version_{std::move(version)}, moves_{std::move(moves)}, post_{std::move(post)}, done_{std::move(done)} {}

  progress step(SQLite::Database& db) override {
    SQLite::Statement add{db, "INSERT INTO script_version VALUES (?, ?, ?) ON CONFLICT DO NOTHING"};
    execution{add}.bind(version_.hash).bind(version_.canonical).bind(version_.published.value).run();
    SQLite::Statement live{db, "INSERT OR REPLACE INTO live_script VALUES (1, ?)"};
    execution{live}.bind(version_.hash).run();
    SQLite::Statement move{db, "INSERT OR REPLACE INTO script_move VALUES (?, ?, ?, ?)"};
    for (const script_move& m : moves_) {
      execution{move}.bind(m.from).bind(m.dialog).bind(m.state).bind(version_.published.value).run();
    }
    SQLite::Statement stay{db, "DELETE FROM script_move WHERE from_hash = ?"};
    execution{stay}.bind(version_.hash).run();
    return progress::finished;
  }
  void succeeded() override {
    post_([done = std::move(done_)] { done({}); });
  }
  void failed() override {
    post_([done = std::move(done_)] { done(make_error_code(errc::unavailable)); });
  }

 private:
  const script_version version_;
  const std::vector<script_move> moves_;
  post_fn post_;
  std::function<void(result<void>)> done_;
};

std::string directory_of(const std::string& path) {
  const auto parent = std::filesystem::path{path}.parent_path().string();
  return parent.empty() ? "." : parent;
}

std::unique_ptr<SQLite::Database> open_migrated(const sqlite_options& options) {
  auto db = open_connection(options.path, role::writer);
  const system_clock real;
  migrate(*db, schema_files(), (options.clock ? options.clock : &real)->now());
  reserve_log_index(*db, 8 * options.wal_checkpoint_pages);
  return db;
}

class sqlite_store final : public store {
 public:
  sqlite_store(const sqlite_options& options, post_fn post, fatal_fn fatal)
      : lock_{directory_of(options.path)},
        post_{post},
        db_{open_migrated(options)},
        log_{options.path, options.wal_checkpoint_pages, [this](const std::string& what) { writer_.die(what); }},
        writer_{options, *db_, tail_, log_, std::move(post), std::move(fatal)},
        reader_{options.path, tail_} {}
  ~sqlite_store() override { sqlite_store::close(); }

  void commit(turn_commit turn, std::function<void(commit_outcome)> done) override {
    writer_.commit(std::move(turn), std::move(done));
  }
  void load(std::string_view channel, std::string_view user, std::function<void(result<conversation>)> done) override {
    done(reader_.load(channel, user));
  }
  void load(conversation_id id, std::function<void(result<conversation>)> done) override { done(reader_.load(id)); }
  void events(conversation_id id, seq_no after, std::size_t limit,
              std::function<void(result<std::vector<stored_event>>)> done) override {
    done(reader_.events(id, after, limit));
  }
  void due_wakeups(unix_ms now, std::size_t limit, std::function<void(result<std::vector<wakeup_row>>)> done) override {
    done(reader_.due_wakeups(now, limit));
  }
  void next_wakeup(std::function<void(result<unix_ms>)> done) override { done(reader_.next_wakeup()); }
  void outbox(std::size_t limit, std::function<void(result<std::vector<stored_outbox>>)> done) override {
    done(reader_.outbox(limit));
  }
  void publish(script_version version, std::vector<script_move> moves,
               std::function<void(result<void>)> done) override {
    writer_.run(std::make_unique<publishing>(std::move(version), std::move(moves), post_, std::move(done)));
  }
  result<std::vector<script_move>> script_moves() override { return reader_.script_moves(); }
  result<script_version> load_script(std::string_view hash) override { return reader_.load_script(hash); }
  result<script_version> live_script() override { return reader_.live_script(); }
  void prune_inbox(unix_ms before, pruned_fn done) override {
    writer_.run(make_prune_inbox(before, post_, std::move(done)));
  }
  void prune_states(unix_ms before, pruned_fn done) override {
    const auto head = [this](conversation_id id) { return writer_.turns().head(id); };
    writer_.run(make_prune_states(before, head, state_walk_, post_, std::move(done)));
  }
  store_stats stats() const override { return writer_.stats(); }

  void close() override {
    if (closed_) return;
    closed_ = true;
    writer_.stop();
    log_.stop();
    reader_.close();
    if (writer_.dead()) {  // what is on disk is for recovery to judge; not even closing may copy pages now
      sqlite3_db_config(db_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
      return;
    }
    // Leaves one file behind; if it cannot, the next start recovers from the log.
    sqlite3_wal_checkpoint_v2(db_->getHandle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }

 private:
  data_lock lock_;
  post_fn post_;
  std::unique_ptr<SQLite::Database> db_;
  heads tail_;
  checkpointer log_;
  writer writer_;
  reader reader_;
  std::int64_t state_walk_ = 0;
  bool closed_ = false;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<store> make_sqlite_store(sqlite_options options, post_fn post, fatal_fn fatal) {
  return std::make_unique<sqlite::sqlite_store>(options, std::move(post), std::move(fatal));
}

}  // namespace zhuqi::storage
