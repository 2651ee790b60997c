#include "bot/runtime/lanes.hpp"

#include "bot/base/result.hpp"

#include <utility>

namespace zhuqi::runtime {

lanes::admission lanes::enter(const std::string& key, task start) {
  auto [lane, is_free] = waiting_.try_emplace(key);
  if (!is_free) {
    if (lane->second.size() >= limits::lane_depth) return admission::full;
    lane->second.push_back(std::move(start));
    return admission::queued;
  }
  start();
  return admission::started;
}

void lanes::leave(const std::string& key) {
  const auto lane = waiting_.find(key);
  ZHUQI_ASSERT(lane != waiting_.end());
  if (lane->second.empty()) {
    waiting_.erase(lane);
    return;
  }
  task next = std::move(lane->second.front());
  lane->second.pop_front();
  next();
}

}  // namespace zhuqi::runtime
