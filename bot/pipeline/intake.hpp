#pragma once
// Where verified messages enter: joins a retry to its first attempt in flight, bounds what is under way, keeps one conversation's
// turns in order, answers each sender exactly once and in time. What a turn does stands in turn.hpp.

#include "bot/pipeline/inbound.hpp"
#include "bot/pipeline/turn.hpp"
#include "bot/runtime/lanes.hpp"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace zhuqi::pipeline {

struct intake_stats {
  std::uint64_t joined = 0;       ///< retries attached to a first attempt in flight
  std::uint64_t refused = 0;      ///< answered "unavailable" because a bound was reached
  std::uint64_t timed_out = 0;    ///< answered "unavailable" because the deadline came first
  std::uint64_t undelivered = 0;  ///< passive replies that became durable after their last waiter had gone
};

/// Loop thread only.
class intake {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  intake(turn_runner& turns) : turns_{turns} {}

  /// Takes a verified message; `done` runs exactly once, at the latest at the first sweep() after `deadline`. The turn goes on
  /// after a deadline: what it commits is what the platform's retry gets.
  void submit(verified_message message, std::shared_ptr<const reply_encoder> encoder, time_point deadline,
              reply_fn done);

  /// A wake-up row came due. `finished` runs when its turn is durable or was found to be stale.
  void wake(storage::wakeup_row row, std::function<void()> finished);

  /// An official acts on a conversation, in order with its messages and timers. `done` runs exactly once.
  void act(official_act what, act_fn done);

  /// Answers everybody whose deadline is over. To be called every ~50 ms.
  void sweep(time_point now);

  /// From now on new messages are refused; turns in flight finish.
  void stop() { stopping_ = true; }
  bool idle() const { return in_flight_.empty() && lanes_.busy() == 0; }
  std::size_t in_flight() const { return in_flight_.size(); }
  const intake_stats& stats() const { return stats_; }

 private:
  struct waiter {
    time_point deadline;
    reply_fn done;
  };
  struct job {
    verified_message message;
    std::shared_ptr<const reply_encoder> encoder;
    std::vector<waiter> waiters;
  };
  struct key_hash {
    std::size_t operator()(const storage::inbox_key& key) const noexcept;
  };

  void run(const std::shared_ptr<job>& j, const std::string& lane);
  void finish(const std::shared_ptr<job>& j, const turn_reply& reply);
  void refuse(const reply_fn& done);

  turn_runner& turns_;
  runtime::lanes lanes_;
  std::unordered_map<storage::inbox_key, std::shared_ptr<job>, key_hash> in_flight_;
  intake_stats stats_;
  bool stopping_ = false;
};

}  // namespace zhuqi::pipeline
