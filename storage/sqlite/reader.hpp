#pragma once
// Reads, on a connection of its own: never behind the writer, always of what is committed.

#include "bot/base/result.hpp"
#include "storage/rows.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/heads.hpp"

#include <mutex>

namespace zhuqi::storage::sqlite {

class reader {
 public:
  reader(const std::string& path, const heads& tail);

  result<conversation> load(std::string_view channel, std::string_view user);
  result<conversation> load(conversation_id id);
  result<std::vector<stored_event>> events(conversation_id id, seq_no after, std::size_t limit);
  result<std::vector<wakeup_row>> due_wakeups(unix_ms now, std::size_t limit);
  result<unix_ms> next_wakeup();
  result<std::vector<stored_outbox>> outbox(std::size_t limit);
  result<script_version> load_script(std::string_view hash);
  result<script_version> live_script();
  result<std::vector<script_move>> script_moves();
  void close();

 private:
  /// The statements live and die with the connection.
  struct session {
    explicit session(const std::string& path);
    std::unique_ptr<SQLite::Database> db;
    SQLite::Statement begin, commit, find_user, user_of, state_of_turn, state_of_head, thread, event, due, next, outbox,
        script, live, moves;
  };

  bool newest_state(conversation& c);
  bool state_of(conversation& c);
  template <class T, class F>
  result<T> guarded(F&& read);

  const heads& tail_;
  std::mutex mutex_;  ///< the loop thread is the only regular caller; tools and tests may be others
  std::unique_ptr<session> session_;
};

}  // namespace zhuqi::storage::sqlite
