#include "bot/pipeline/live_feed.hpp"

#include "bot/pipeline/user_key.hpp"

#include <utility>

namespace zhuqi::pipeline {

live_feed::subscription::subscription(subscription&& other) noexcept
    : feed_{std::exchange(other.feed_, nullptr)}, key_{std::move(other.key_)}, id_{other.id_} {}

live_feed::subscription& live_feed::subscription::operator=(subscription&& other) noexcept {
  if (this != &other) {
    reset();
    feed_ = std::exchange(other.feed_, nullptr);
    key_ = std::move(other.key_);
    id_ = other.id_;
  }
  return *this;
}

void live_feed::subscription::reset() {
  live_feed* const feed = std::exchange(feed_, nullptr);
  if (feed == nullptr) return;
  const auto entry = feed->watchers_.find(key_);
  if (entry == feed->watchers_.end()) return;
  entry->second.erase(id_);
  if (entry->second.empty()) feed->watchers_.erase(entry);
}

live_feed::subscription live_feed::subscribe(std::string_view channel, std::string_view user, callback on_events) {
  std::string key = user_key(channel, user);
  const std::uint64_t id = ++next_id_;
  watchers_[key].emplace(id, std::make_shared<callback>(std::move(on_events)));
  return {*this, std::move(key), id};
}

bool live_feed::watched(std::string_view channel, std::string_view user) const {
  return !watchers_.empty() && watchers_.contains(user_key(channel, user));
}

void live_feed::publish(std::string_view channel, std::string_view user,
                        const std::vector<storage::stored_event>& events, storage::owner_kind owner) {
  if (watchers_.empty()) return;
  const auto entry = watchers_.find(user_key(channel, user));
  if (entry == watchers_.end()) return;
  std::vector<std::weak_ptr<callback>> now;
  now.reserve(entry->second.size());
  for (const auto& [id, watcher] : entry->second) now.push_back(watcher);
  for (const auto& weak : now) {
    if (const auto watcher = weak.lock()) (*watcher)(events, owner);
  }
}

}  // namespace zhuqi::pipeline
