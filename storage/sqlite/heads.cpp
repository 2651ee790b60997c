#include "storage/sqlite/heads.hpp"

#include "bot/base/result.hpp"

#include <algorithm>

namespace zhuqi::storage::sqlite {

turn_id heads::find(conversation_id id) const {
  const std::lock_guard lock{mutex_};
  if (const auto it = young_.find(id); it != young_.end()) return it->second;
  if (const auto it = frozen_.find(id); it != frozen_.end()) return it->second;
  return {};
}

void heads::put(const std::vector<row>& rows) {
  const std::lock_guard lock{mutex_};
  for (const auto& [id, turn] : rows) young_[id] = turn;
}

std::vector<heads::row> heads::freeze() {
  {
    const std::lock_guard lock{mutex_};
    ZHUQI_ASSERT(frozen_.empty());
    frozen_.swap(young_);
  }
  // Unlocked: nobody but this thread changes a generation.
  std::vector<row> sorted{frozen_.begin(), frozen_.end()};
  std::ranges::sort(sorted);
  return sorted;
}

void heads::drop_frozen() {
  generation dropped;  // freed after the lock is
  const std::lock_guard lock{mutex_};
  frozen_.swap(dropped);
}

}  // namespace zhuqi::storage::sqlite
