#pragma once
// One FIFO per conversation: a turn starts when the one before it is finished, however many waits each has in the middle. (A
// strand orders steps, not turns.) Loop thread only.

#include "bot/base/limits.hpp"

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zhuqi::runtime {

class lanes {
 public:
  using task = std::function<void()>;
  enum class admission : std::uint8_t { started, queued, full };

  /// Runs `start` now if the lane is free, later if it is busy, never if limits::lane_depth tasks wait already.
  /// Every started task must end in exactly one leave() with the same key.
  admission enter(const std::string& key, task start);

  /// Ends the running task of the lane and starts the next.
  void leave(const std::string& key);

  std::size_t busy() const { return waiting_.size(); }

 private:
  std::unordered_map<std::string, std::deque<task>> waiting_;  ///< present = a task is running
};

}  // namespace zhuqi::runtime
