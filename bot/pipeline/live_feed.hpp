#pragma once
// Tells whoever watches a conversation what was just committed: web chat sockets today, consoles too. Loop thread only. It
// promises nothing: a watcher that sees a gap in seq reads the store.

#include "storage/rows.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zhuqi::pipeline {

class live_feed {
 public:
  using callback = std::function<void(const std::vector<storage::stored_event>&, storage::owner_kind)>;

  /// Ends the watch when it dies. Must not outlive the feed.
  class subscription {
   public:
    subscription() = default;
    subscription(subscription&& other) noexcept;
    subscription& operator=(subscription&& other) noexcept;
    ~subscription() { reset(); }
    void reset();

   private:
    friend class live_feed;
    subscription(live_feed& feed, std::string key, std::uint64_t id) : feed_{&feed}, key_{std::move(key)}, id_{id} {}
    live_feed* feed_ = nullptr;
    std::string key_;
    std::uint64_t id_ = 0;
  };

  /// Keyed by channel and user, because a first-time visitor has no conversation id yet.
  [[nodiscard]] subscription subscribe(std::string_view channel, std::string_view user, callback on_events);

  bool watched(std::string_view channel, std::string_view user) const;
  void publish(std::string_view channel, std::string_view user, const std::vector<storage::stored_event>& events,
               storage::owner_kind owner);

 private:
  // A watcher may unsubscribe, itself or another, while it is told: callbacks are shared_ptrs and looked up one by one.
  std::unordered_map<std::string, std::map<std::uint64_t, std::shared_ptr<callback>>> watchers_;
  std::uint64_t next_id_ = 0;
};

}  // namespace zhuqi::pipeline
