#pragma once
// A timer on the loop for housekeeping (due timers, gauges, retention). Not for per-request deadlines: those go on the wheel.

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace zhuqi {

/// Loop thread only. Destroying it cancels; the callback never runs afterwards, and may destroy or re-arm the timer itself.
class loop_timer {
 public:
  explicit loop_timer(boost::asio::io_context& loop);
  ~loop_timer();
  loop_timer(const loop_timer&) = delete;
  loop_timer& operator=(const loop_timer&) = delete;

  /// Calls `what` once, then rests. Replaces whatever was set before.
  void after(std::chrono::milliseconds delay, std::function<void()> what);
  /// Calls `what` every `period`, measured from call to call, so that a slow one never piles up.
  void every(std::chrono::milliseconds period, std::function<void()> what);
  void cancel();

 private:
  struct impl;
  std::shared_ptr<impl> impl_;
};

}  // namespace zhuqi
