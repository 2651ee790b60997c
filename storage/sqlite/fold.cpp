#include "storage/sqlite/fold.hpp"

#include "bot/base/result.hpp"

#include <algorithm>

namespace zhuqi::storage::sqlite {

folder::folder(SQLite::Database& db, heads& tail, std::size_t every)
    : tail_{tail},
      every_{static_cast<std::int64_t>(every)},
      upsert_{db, "INSERT INTO head VALUES (?, ?) ON CONFLICT (conversation) DO UPDATE SET turn = excluded.turn"},
      move_mark_{db, "UPDATE meta SET value = ? WHERE key = 'fold_mark'"},
      mark_{query_integer(db, "SELECT value FROM meta WHERE key = 'fold_mark'")},
      target_{mark_},
      db_{db} {}

void folder::recover(turn_id last) {
  if (mark_ >= last) return;
  std::vector<heads::row> rows;
  SQLite::Statement tail{db_, "SELECT conversation, turn FROM state WHERE turn > ? ORDER BY turn"};
  tail.bind(1, mark_.value);
  while (tail.executeStep()) {
    rows.emplace_back(conversation_id{tail.getColumn(0).getInt64()}, turn_id{tail.getColumn(1).getInt64()});
  }
  tail_.put(rows);
}

void folder::start(turn_id last) {
  ZHUQI_ASSERT(idle());
  pending_ = tail_.freeze();
  target_ = last;
}

void folder::step(turn_id last, std::size_t rows) {
  if (idle()) {
    if (last.value - mark_.value < every_) return;
    start(last);
  }
  const auto end = std::min(written_ + rows, pending_.size());
  for (; written_ < end; ++written_) {
    execution{upsert_}.bind(pending_[written_].first.value).bind(pending_[written_].second.value).run();
  }
  if (written_ == pending_.size()) execution{move_mark_}.bind(target_.value).run();
}

void folder::committed() {
  kept_ = written_;
  if (pending_.empty() || kept_ < pending_.size()) return;
  mark_ = target_;
  tail_.drop_frozen();
  pending_.clear();
  kept_ = written_ = 0;
}

}  // namespace zhuqi::storage::sqlite
