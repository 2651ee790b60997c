#include "storage/sqlite/writer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>

namespace zhuqi::storage::sqlite {
namespace {

/// Rows of a fold that one group commit carries along: enough to be done long before the next fold is due, little
/// enough (~0.1 ms) not to be felt.
std::size_t fold_share(std::size_t turns) { return std::max<std::size_t>(64, 2 * turns); }

int log_grew(void* log, sqlite3*, const char*, int pages) {
  static_cast<checkpointer*>(log)->log_has(static_cast<std::size_t>(pages));
  return SQLITE_OK;
}

}  // namespace

writer::writer(const sqlite_options& options, SQLite::Database& db, heads& tail, checkpointer& log, post_fn post,
               fatal_fn fatal)
    : batch_limit_{options.commit_batch},
      on_commit_{options.on_commit},
      db_{db},
      log_{log},
      post_{std::move(post)},
      fatal_{std::move(fatal)},
      turns_{db, tail},
      folder_{db, tail, options.fold_every},
      begin_{db, "BEGIN IMMEDIATE"},
      commit_{db, "COMMIT"} {
  folder_.recover(turns_.last_turn());
  sqlite3_wal_hook(db.getHandle(), log_grew, &log_);
  thread_ = std::thread{[this] { work(); }};
}

writer::~writer() { stop(); }

void writer::commit(turn_commit turn, std::function<void(commit_outcome)> done) {
  auto e = std::make_unique<entry>(entry{std::move(turn), std::move(done), {}});
  queued_.fetch_add(1, std::memory_order_relaxed);
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    if (!stopping_) {
      waiting_.push_back(std::move(e));
      wake = std::exchange(sleeping_, false);
    }
  }
  if (wake) wake_.notify_one();
  if (!e) return;
  batch late;
  late.push_back(std::move(e));
  refuse(late, "the store is closed");
  answer(std::move(late));
}

void writer::run(std::unique_ptr<job> j) {
  {
    const std::lock_guard lock{mutex_};
    if (!stopping_) {
      jobs_.push_back(std::move(j));
      sleeping_ = false;
      wake_.notify_one();
      return;
    }
  }
  j->failed();
}

void writer::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    sleeping_ = false;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void writer::work() {
  for (;;) {
    batch taken;
    std::unique_ptr<job> next;
    {
      std::unique_lock lock{mutex_};
      while (waiting_.empty() && jobs_.empty() && !stopping_) {
        sleeping_ = true;
        wake_.wait(lock, [this] { return !sleeping_; });
      }
      if (waiting_.empty() && jobs_.empty()) break;
      const auto n = std::min(batch_limit_, waiting_.size());
      taken.reserve(n);
      std::move(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(n), std::back_inserter(taken));
      waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(n));
      if (!jobs_.empty()) {
        next = std::move(jobs_.front());
        jobs_.pop_front();
      }
    }
    if (!taken.empty()) commit_batch(std::move(taken));
    if (next && run_step(*next)) {
      const std::lock_guard lock{mutex_};
      jobs_.push_back(std::move(next));
    }
    restart_log();
  }
  fold_all();
}

void writer::commit_batch(batch taken) {
  const auto begin = std::chrono::steady_clock::now();
  if (dead_) {
    refuse(taken, "the store has stopped after an I/O error");
    return answer(std::move(taken));
  }
  try {
    write_together(taken);
  } catch (const SQLite::Exception& error) {
    roll_back();
    switch (classify(error)) {
      case fault::poison: write_apart(taken); break;
      case fault::unavailable: refuse(taken, error.what()); break;
      case fault::fatal:
        refuse(taken, error.what());
        die(error.what());
        break;
    }
  }
  const auto us = microseconds_since(begin);
  last_us_.store(us, std::memory_order_relaxed);
  slowest_us_.store(std::max(us, slowest_us_.load(std::memory_order_relaxed)), std::memory_order_relaxed);
  batches_.fetch_add(1, std::memory_order_relaxed);
  turn_count_.fetch_add(taken.size(), std::memory_order_relaxed);
  if (on_commit_) on_commit_(taken.size(), static_cast<double>(us) * 1e-6);
  answer(std::move(taken));
}

// The common case pays nothing for the rare one: no savepoints. If a turn fails, SQLite cannot take back that turn
// alone, so the whole batch is rolled back and written again with a savepoint around each turn (write_apart); then only
// the poison turn fails.
void writer::write_together(batch& taken) {
  execution{begin_}.run();
  for (auto& e : taken) e->outcome = turns_.write(e->turn);
  folder_.step(turns_.last_turn(), fold_share(taken.size()));
  end_transaction(taken);
}

void writer::write_apart(batch& taken) {
  replays_.fetch_add(1, std::memory_order_relaxed);
  try {
    execution{begin_}.run();
    for (auto& e : taken) write_alone(*e);
    end_transaction(taken);
  } catch (const SQLite::Exception& error) {
    roll_back();
    refuse(taken, error.what());
    if (classify(error) == fault::fatal) die(error.what());
  }
}

void writer::write_alone(entry& e) {
  const auto before = turns_.here();
  db_.exec("SAVEPOINT turn");
  try {
    e.outcome = turns_.write(e.turn);
  } catch (const SQLite::Exception& error) {
    if (classify(error) != fault::poison) throw;
    db_.exec("ROLLBACK TO turn");
    turns_.forget_since(before);
    e.outcome = {};
    e.outcome.status = commit_status::failed;
    e.outcome.diagnosis = error.what();
  }
  db_.exec("RELEASE turn");
}

void writer::end_transaction(batch& taken) {
  execution{commit_}.run();
  folder_.committed();
  turns_.keep();
  unfolded_.store(static_cast<std::uint64_t>(turns_.last_turn().value - folder_.mark().value),
                  std::memory_order_relaxed);
  for (auto& e : taken) turn_writer::finish(e->turn, e->outcome);
}

void writer::roll_back() {
  // Some errors have rolled back already. A ROLLBACK that fails leaves the next BEGIN to fail, which is then refused as
  // well.
  if (sqlite3_get_autocommit(db_.getHandle()) == 0) {
    sqlite3_exec(db_.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  folder_.rolled_back();
  turns_.forget();
}

void writer::refuse(batch& taken, const std::string& why) {
  for (auto& e : taken) {
    e->outcome = {};
    e->outcome.status = commit_status::unavailable;
    e->outcome.diagnosis = why;
  }
}

void writer::answer(batch taken) {
  queued_.fetch_sub(taken.size(), std::memory_order_relaxed);
  post_([done = std::make_shared<batch>(std::move(taken))] {
    for (auto& e : *done) e->done(std::move(e->outcome));
  });
}

bool writer::run_step(job& j) {
  if (dead_) {
    j.failed();
    return false;
  }
  try {
    execution{begin_}.run();
    const auto how = j.step(db_);
    execution{commit_}.run();
    if (how == progress::more) return true;
    j.succeeded();
  } catch (const SQLite::Exception& error) {
    roll_back();
    j.failed();
    if (classify(error) == fault::fatal) die(error.what());
  }
  return false;
}

void writer::restart_log() {
  if (dead_) return;
  try {
    const auto us = log_.restart_if_due(db_);
    slowest_restart_us_.store(std::max(us, slowest_restart_us_.load(std::memory_order_relaxed)),
                              std::memory_order_relaxed);
  } catch (const SQLite::Exception& error) {
    die(error.what());
  }
}

void writer::fold_all() {
  if (dead_) return;
  constexpr std::size_t piece = 4'096;
  try {
    while (!folder_.idle() || folder_.mark() < turns_.last_turn()) {
      if (folder_.idle()) folder_.start(turns_.last_turn());
      if (folder_.idle()) return;
      execution{begin_}.run();
      folder_.step(turns_.last_turn(), piece);
      execution{commit_}.run();
      folder_.committed();
    }
  } catch (const SQLite::Exception&) {
    roll_back();  // start-up reads the tail instead
  }
}

void writer::die(const std::string& what) {
  if (!dead_.exchange(true)) fatal_(what);
}

store_stats writer::stats() const {
  store_stats s;
  s.batches = batches_;
  s.turns = turn_count_;
  s.replays = replays_;
  s.queue_depth = queued_;
  s.wal_pages = log_.wal_pages();
  s.checkpoints = log_.restarts();
  s.unfolded_turns = unfolded_;
  s.last_commit_us = last_us_;
  s.slowest_commit_us = slowest_us_;
  s.slowest_restart_us = slowest_restart_us_;
  return s;
}

}  // namespace zhuqi::storage::sqlite
