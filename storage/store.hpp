#pragma once
// The storage port. Two real implementations stand behind it (SQLite, and the in-memory model that the contract suite
// and the simulator use); PostgreSQL is to be the third. Callbacks run on the loop thread, in the order of the commits,
// and may run before the call returns. Any I/O error on commit or fsync stops the process (see on_fatal): after it,
// nobody knows what is on disk, and only recovery from disk does.

#include "bot/base/result.hpp"
#include "storage/rows.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::storage {

/// Runs a function on the loop thread. Must be callable from any thread.
using post_fn = std::function<void(std::function<void()>)>;
/// Called on the writer's thread when durability is in doubt; must not return to normal work.
using fatal_fn = std::function<void(const std::string& what)>;

class store {
 public:
  virtual ~store() = default;

  /// Takes one turn into the next group commit. `done` runs after COMMIT returned (synchronous=FULL), never before.
  virtual void commit(turn_commit turn, std::function<void(commit_outcome)> done) = 0;

  /// The newest committed state, or a conversation with id 0 for somebody unknown.
  virtual void load(std::string_view channel, std::string_view user,
                    std::function<void(result<conversation>)> done) = 0;
  /// The same by id; errc::not_found.
  virtual void load(conversation_id id, std::function<void(result<conversation>)> done) = 0;

  /// Events with seq > `after`, oldest first; the newest `limit` of them where there are more.
  virtual void events(conversation_id id, seq_no after, std::size_t limit,
                      std::function<void(result<std::vector<stored_event>>)> done) = 0;

  /// Events with seq < `before`, oldest first; the newest `limit` of them where there are more. This form reads up to
  /// the end of the conversation (seq has no gaps); a store with an index reads the page only.
  virtual void events_before(conversation_id id, seq_no before, std::size_t limit,
                             std::function<void(result<std::vector<stored_event>>)> done) {
    const seq_no after{before.value - 1 > std::int64_t(limit) ? before.value - 1 - std::int64_t(limit) : 0};
    events(id, after, std::size_t(INT64_MAX),
           [before, done = std::move(done)](result<std::vector<stored_event>> found) {
             if (found) std::erase_if(*found, [before](const stored_event& e) { return e.seq >= before; });
             done(std::move(found));
           });
  }

  /// Wakeup rows with due <= now, oldest first.
  virtual void due_wakeups(unix_ms now, std::size_t limit,
                           std::function<void(result<std::vector<wakeup_row>>)> done) = 0;
  /// When the next wakeup row is due; 0 = none.
  virtual void next_wakeup(std::function<void(result<unix_ms>)> done) = 0;

  /// Undelivered outbox rows, oldest first.
  virtual void outbox(std::size_t limit, std::function<void(result<std::vector<stored_outbox>>)> done) = 0;

  /// Stores a version (a known hash changes nothing), makes it the live one, and says what becomes of those on others,
  /// atomically. A move away from the version itself ends: it is live (again). Moves from unknown versions fail the whole.
  virtual void publish(script_version version, std::vector<script_move> moves,
                       std::function<void(result<void>)> done) = 0;
  virtual result<std::vector<script_move>> script_moves() = 0;            ///< blocking; by `from`
  virtual result<script_version> load_script(std::string_view hash) = 0;  ///< blocking; for start-up and rare misses
  virtual result<script_version> live_script() = 0;  ///< blocking; errc::not_found before the first publish

  /// Deletes dedupe keys that were both created (by the sender's clock) and received before `before`, a bounded number
  /// at a time; gives how many went. Call again until it gives 0.
  virtual void prune_inbox(unix_ms before, std::function<void(result<std::size_t>)> done) = 0;
  /// Deletes states written before `before` that a later turn of their conversation superseded, a bounded number at a
  /// time; gives how many went. Call again until it gives 0. No load ever notices.
  virtual void prune_states(unix_ms /*before*/, std::function<void(result<std::size_t>)> done) { done(std::size_t{0}); }

  /// Callable from any thread.
  virtual store_stats stats() const { return {}; }

  /// Takes no new commits, finishes those taken, closes. Blocking; idempotent.
  virtual void close() = 0;
};

}  // namespace zhuqi::storage
