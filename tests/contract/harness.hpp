#pragma once
// A store on a loop of its own, driven synchronously: each call runs the loop until its answer is there.

#include "storage/memory/store.hpp"
#include "storage/sqlite/store.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace zhuqi::storage::contract {

/// The loop thread's queue; post() may be called from any thread, run_until() only from the test's.
class loop {
 public:
  void post(std::function<void()> f);
  void run_until(const std::function<bool()>& done);
  post_fn poster();
  std::size_t posts() const { return posts_; }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  std::size_t posts_ = 0;
};

/// A directory that goes with the scope.
class temp_dir {
 public:
  temp_dir();
  ~temp_dir();
  temp_dir(const temp_dir&) = delete;
  temp_dir& operator=(const temp_dir&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

enum class kind { memory, sqlite };

class harness {
 public:
  explicit harness(kind k, sqlite_options options = {});
  ~harness();

  store& get() { return *store_; }
  loop& posts() { return loop_; }
  const std::string& path() const { return options_.path; }
  const std::vector<std::string>& fatal() const { return fatal_; }

  commit_outcome commit(turn_commit turn);
  /// Hands all over before the first answer is taken, so that they may share a transaction. Outcomes in the order of
  /// the calls.
  std::vector<commit_outcome> commit_all(std::vector<turn_commit> turns);
  conversation load(const std::string& user, const std::string& channel = "city");
  result<conversation> load(conversation_id id);
  std::vector<stored_event> events(conversation_id id, seq_no after = {}, std::size_t limit = 1'000'000);
  std::vector<wakeup_row> due(unix_ms now, std::size_t limit = 1'000'000);
  unix_ms next_wakeup();
  std::vector<stored_outbox> outbox(std::size_t limit = 1'000'000);
  result<void> publish(script_version version, std::vector<script_move> moves = {});
  std::size_t prune_inbox(unix_ms before);   ///< until nothing is left to go
  std::size_t prune_states(unix_ms before);  ///< the same

  void close() { store_->close(); }
  /// Closes and opens again what is on disk.
  void reopen();

 private:
  void open();

  const kind kind_;
  temp_dir dir_;
  sqlite_options options_;
  loop loop_;
  std::vector<std::string> fatal_;
  std::unique_ptr<store> store_;
};

/// 2026-11-01 00:00 UTC.
inline constexpr unix_ms noon{1'793'491'200'000};

/// A key and body digest made of numbers.
inbox_key key_of(std::int64_t created_s, std::uint64_t n);
digest128 digest_of(std::uint64_t n);

/// The turn of a user who says `text` and hears an answer, after `before`.
turn_commit turn_after(const conversation& before, const std::string& text, std::uint64_t message, unix_ms at = noon);
conversation stranger(const std::string& user, const std::string& channel = "city");

}  // namespace zhuqi::storage::contract
