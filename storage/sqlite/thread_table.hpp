#pragma once
// The `thread` table: how its columns and storage::thread_row become each other, for the turns that write it and the desk
// that lists it.

#include "storage/rows.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/staff_scope.hpp"

namespace zhuqi::storage::sqlite {

/// The columns that read_thread() reads, in its order; the table is named `t`.
#define ZHUQI_THREAD_COLUMNS                                                                                          \
  "t.change, t.department, t.region, t.sla_ms, t.opened_ms, t.waiting_ms, t.due_ms, t.accept_by_ms, t.last_at_ms,"    \
  " t.closed_ms, t.queue, t.matter, t.reason, t.enterprise, t.language, t.last_who, t.last_text, t.outcome, t.grade," \
  " t.served, t.revisit_ms, t.revisit_tries"

/// `first`: index of t.change among the columns of the row.
thread_row read_thread(const execution& row, int first);

/// What every list of conversations begins with, from column `first`: id, channel, user, owner_kind, staff (0 = nobody), epoch, seq.
conversation read_listed(const execution& row, int first = 0);

/// Whether the scope covers a conversation, joined with its `t`, if any: one without was only ever with the bot, and lies in `home`.
predicate seen_from(const row_scope& scope, region_id home);

class thread_writer {
 public:
  explicit thread_writer(SQLite::Database& db);
  /// `after` has its id, its turn, and a thread.
  void write(const conversation& after);

 private:
  SQLite::Statement put_;
};

/// The order of lists: what has to be answered soonest, and after all of these the newest words first.
std::int64_t rank_of(const thread_row& t);

}  // namespace zhuqi::storage::sqlite
