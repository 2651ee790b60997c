#pragma once
// Writes the tail of newest turns behind into the table `head`, some rows per group commit, in the order of the table.
// It rides in transactions that are committed anyway, so it costs no flush of its own and never holds a commit up for
// long.

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/heads.hpp"

#include <cstddef>

namespace zhuqi::storage::sqlite {

class folder {
 public:
  /// `every` = turns between two folds: what start-up may have to read.
  folder(SQLite::Database& db, heads& tail, std::size_t every);

  /// Start-up: reads the turns after the fold mark into the tail.
  void recover(turn_id last);

  /// Inside an open transaction: starts a fold where one is due, writes at most `rows` of it.
  void step(turn_id last, std::size_t rows);
  /// After COMMIT, or after ROLLBACK, of that transaction.
  void committed();
  void rolled_back() { written_ = kept_; }

  bool idle() const { return pending_.empty(); }
  /// A fold of everything up to `last`, whether due or not; step() then writes it.
  void start(turn_id last);
  turn_id mark() const { return mark_; }

 private:
  heads& tail_;
  const std::int64_t every_;
  SQLite::Statement upsert_;
  SQLite::Statement move_mark_;
  turn_id mark_;    ///< as stored
  turn_id target_;  ///< the mark once `pending_` is written
  std::vector<heads::row> pending_;
  std::size_t kept_ = 0;     ///< of pending_, in committed transactions
  std::size_t written_ = 0;  ///< of pending_, including the open one
  SQLite::Database& db_;
};

}  // namespace zhuqi::storage::sqlite
