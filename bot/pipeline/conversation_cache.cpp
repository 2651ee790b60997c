#include "bot/pipeline/conversation_cache.hpp"

#include "bot/pipeline/user_key.hpp"

#include <utility>

namespace zhuqi::pipeline {

std::optional<cached_conversation> conversation_cache::take(std::string_view channel, std::string_view user) {
  const auto found = by_user_.find(user_key(channel, user));
  if (found == by_user_.end()) return std::nullopt;
  cached_conversation c = std::move(*found->second);
  newest_first_.erase(found->second);
  by_user_.erase(found);
  return c;
}

void conversation_cache::put(cached_conversation c) {
  std::string key = user_key(c.row.channel, c.row.user);
  if (const auto old = by_user_.find(key); old != by_user_.end()) {
    newest_first_.erase(old->second);
    by_user_.erase(old);
  }
  newest_first_.push_front(std::move(c));
  by_user_.emplace(std::move(key), newest_first_.begin());
  if (newest_first_.size() > capacity_) {
    const auto& oldest = newest_first_.back().row;
    by_user_.erase(user_key(oldest.channel, oldest.user));
    newest_first_.pop_back();
  }
}

}  // namespace zhuqi::pipeline
