#pragma once
// Which scripts a conversation runs on: the version it is pinned to, or the live one where it is idle. Versions never change, so
// they are parsed once and kept.

#include "bot/base/clock.hpp"
#include "dialogs/script.hpp"
#include "storage/store.hpp"

#include <functional>
#include <string_view>
#include <unordered_map>

namespace zhuqi::pipeline {

/// Loop thread only.
class script_cache {
 public:
  explicit script_cache(storage::store& store) : store_{store} {}

  /// Makes `scripts` the live version, durably; `done` runs after the commit.
  void publish(dialogs::script_set_ptr scripts, unix_ms now, std::function<void(result<void>)> done);

  dialogs::script_set_ptr live() const { return live_; }

  /// The version with that hash, from the store where it is not in memory. nullptr if the store does not know it either.
  dialogs::script_set_ptr find(std::string_view hash);

 private:
  storage::store& store_;
  dialogs::script_set_ptr live_;
  std::unordered_map<std::string, dialogs::script_set_ptr> versions_;
};

}  // namespace zhuqi::pipeline
