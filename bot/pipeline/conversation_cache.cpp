#include "bot/pipeline/conversation_cache.hpp"

#include <utility>

namespace zhuqi::pipeline {

std::string conversation_cache::key_of(std::string_view channel, std::string_view user) {
  std::string key;
  key.reserve(channel.size() + user.size() + 1);
  key.append(channel).push_back('\0');
  key.append(user);
  return key;
}

std::optional<cached_conversation> conversation_cache::take(std::string_view channel, std::string_view user) {
  const auto found = by_user_.find(key_of(channel, user));
  if (found == by_user_.end()) return std::nullopt;
  cached_conversation c = std::move(*found->second);
  newest_first_.erase(found->second);
  by_user_.erase(found);
  return c;
}

void conversation_cache::put(cached_conversation c) {
  std::string key = key_of(c.row.channel, c.row.user);
  if (const auto old = by_user_.find(key); old != by_user_.end()) {
    newest_first_.erase(old->second);
    by_user_.erase(old);
  }
  newest_first_.push_front(std::move(c));
  by_user_.emplace(std::move(key), newest_first_.begin());
  if (newest_first_.size() > capacity_) {
    const auto& oldest = newest_first_.back().row;
    by_user_.erase(key_of(oldest.channel, oldest.user));
    newest_first_.pop_back();
  }
}

}  // namespace zhuqi::pipeline
