#pragma once
// Conversation → newest turn, for the turns that the table `head` does not have yet. Two generations: turns land in the
// young one; a fold freezes it as the old one, writes that to the table piece by piece, and drops it. Only the writer's
// thread changes it, any thread may look.

#include "bot/base/ids.hpp"

#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace zhuqi::storage::sqlite {

class heads {
 public:
  using row = std::pair<conversation_id, turn_id>;

  /// 0 where the table is right. Look here first and in the table then: a fold drops rows only after the table has
  /// them.
  turn_id find(conversation_id id) const;

  void put(const std::vector<row>& rows);

  /// Freezes the young generation; gives it sorted by conversation. There must be no frozen one.
  std::vector<row> freeze();
  void drop_frozen();

 private:
  using generation = std::unordered_map<conversation_id, turn_id>;

  mutable std::mutex mutex_;
  generation young_;
  generation frozen_;
};

}  // namespace zhuqi::storage::sqlite
