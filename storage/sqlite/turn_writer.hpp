#pragma once
// Writes one turn's rows into the open transaction. Knows every table of the hot path and no thread: when a transaction
// begins and ends is the writer's matter, who then says keep() or forget().

#include "storage/rows.hpp"
#include "storage/sqlite/case_writer.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/heads.hpp"
#include "storage/sqlite/thread_table.hpp"

#include <optional>
#include <unordered_map>

namespace zhuqi::storage::sqlite {

class turn_writer {
 public:
  turn_writer(SQLite::Database& db, heads& tail);

  /// All of the turn or, for every outcome but `committed`, nothing of it. The outcome's `after` has its ids, not its
  /// strings: finish() moves those over, once the turn is not needed for a replay any more. Throws SQLite::Exception
  /// (poison_turn for data that no statement would catch): then rows of this turn may stand in the transaction, which
  /// must be rolled back.
  commit_outcome write(const turn_commit& turn);
  static void finish(turn_commit& turn, commit_outcome& outcome);

  /// A point to come back to inside the transaction.
  struct mark {
    std::int64_t turn, event, conversation, outbox;
  };
  mark here() const { return last_; }
  void forget_since(mark m);

  void keep();    ///< after COMMIT
  void forget();  ///< after ROLLBACK

  /// The newest turn of a committed transaction.
  turn_id last_turn() const { return {kept_.turn}; }
  /// The newest turn of a conversation, the open transaction included; 0 for an unknown one.
  turn_id head(conversation_id id);

 private:
  bool is_current(const conversation& before);
  bool cases_stand(const turn_commit& turn);
  void write_cases(const turn_commit& turn, conversation_id id);
  bool known_key(const turn_commit& turn, commit_outcome& outcome);
  bool insert_key(const turn_commit& turn);
  void insert_events(const turn_commit& turn, conversation& after);
  void insert_outbox(const turn_commit& turn, const conversation& after);
  void move_wakeup(const turn_commit& turn, conversation_id id);
  void track_owner(const turn_commit& turn, conversation_id id);
  void write_thread(const turn_commit& turn, const conversation& after);
  void insert_state(const turn_commit& turn, const conversation& after);

  SQLite::Database& db_;
  heads& tail_;
  std::optional<case_writer> cases_;                     ///< made when a dialog first asks for it
  std::unordered_map<conversation_id, turn_id> staged_;  ///< heads of the open transaction
  std::vector<std::pair<conversation_id, turn_id>> staged_order_;
  mark last_;
  mark kept_;

  SQLite::Statement insert_key_, find_key_, find_user_, find_head_, insert_conversation_, insert_event_, insert_state_,
      insert_outbox_, cancel_outbox_, insert_wakeup_, delete_wakeup_, open_thread_, close_thread_;
  thread_writer threads_;
};

/// A turn that contradicts itself; treated like a constraint of the schema.
class poison_turn : public SQLite::Exception {
 public:
  explicit poison_turn(const char* what);
};

}  // namespace zhuqi::storage::sqlite
