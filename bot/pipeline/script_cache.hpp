#pragma once
// Which scripts a conversation runs on: the version it is pinned to, or the live one where it is idle. Versions never change, so
// they are parsed once and kept.

#include "bot/base/clock.hpp"
#include "dialogs/script.hpp"
#include "storage/store.hpp"

#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zhuqi::pipeline {

/// Loop thread only.
class script_cache {
 public:
  explicit script_cache(storage::store& store) : store_{store} {}

  /// Makes `scripts` the live version, durably, and says what becomes of conversations on other versions; `done` runs after
  /// the commit.
  void publish(dialogs::script_set_ptr scripts, std::vector<storage::script_move> moves, unix_ms now,
               std::function<void(result<void>)> done);

  /// What becomes of conversations on this version; nullptr: they stay on it.
  const storage::script_move* move_of(std::string_view version) const;

  dialogs::script_set_ptr live() const { return live_; }

  /// The version with that hash, from the store where it is not in memory. nullptr if the store does not know it either.
  dialogs::script_set_ptr find(std::string_view hash);

 private:
  storage::store& store_;
  dialogs::script_set_ptr live_;
  std::unordered_map<std::string, dialogs::script_set_ptr> versions_;
  std::map<std::string, storage::script_move, std::less<>> moves_;
};

}  // namespace zhuqi::pipeline
