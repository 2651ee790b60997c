#pragma once
// The one thread that writes. It takes every turn that waits into one transaction and answers them all after COMMIT:
// while it flushes, the next batch gathers, so the batch grows with the load and no timer adds latency. Answers go out
// by one post per batch.

#include "storage/sqlite/checkpointer.hpp"
#include "storage/sqlite/fold.hpp"
#include "storage/sqlite/job.hpp"
#include "storage/sqlite/store.hpp"
#include "storage/sqlite/turn_writer.hpp"

#include <deque>

namespace zhuqi::storage::sqlite {

class writer {
 public:
  writer(const sqlite_options& options, SQLite::Database& db, heads& tail, checkpointer& log, post_fn post,
         fatal_fn fatal);
  ~writer();

  void commit(turn_commit turn, std::function<void(commit_outcome)> done);
  void run(std::unique_ptr<job> job);
  /// Finishes what was taken, folds, refuses the rest. Blocking; idempotent.
  void stop();
  store_stats stats() const;
  /// From any thread: no more writing, whatever is asked.
  void die(const std::string& what);
  bool dead() const { return dead_; }

  turn_writer& turns() { return turns_; }

 private:
  struct entry {
    turn_commit turn;
    std::function<void(commit_outcome)> done;
    commit_outcome outcome;
  };
  using batch = std::vector<std::unique_ptr<entry>>;

  void work();
  void commit_batch(batch taken);
  void write_together(batch& taken);
  void write_apart(batch& taken);
  void write_alone(entry& e);
  void end_transaction(batch& taken);
  void roll_back();
  void refuse(batch& taken, const std::string& why);
  void answer(batch taken);
  bool run_step(job& j);
  void restart_log();
  void fold_all();

  const std::size_t batch_limit_;
  const std::function<void(std::size_t, double)> on_commit_;
  SQLite::Database& db_;
  checkpointer& log_;
  post_fn post_;
  fatal_fn fatal_;
  turn_writer turns_;
  folder folder_;
  SQLite::Statement begin_, commit_;

  std::atomic<std::uint64_t> batches_{0}, turn_count_{0}, replays_{0}, queued_{0}, unfolded_{0};
  std::atomic<std::int64_t> last_us_{0}, slowest_us_{0}, slowest_restart_us_{0};
  std::atomic<bool> dead_{false};

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<entry>> waiting_;
  std::deque<std::unique_ptr<job>> jobs_;
  bool sleeping_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace zhuqi::storage::sqlite
