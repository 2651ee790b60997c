#pragma once
// Calls a function at a fixed pace on the loop until it dies.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>

namespace zhuqi::app {

class ticker {
 public:
  ticker(boost::asio::io_context& loop, std::chrono::milliseconds pace, std::function<void()> work)
      : timer_{loop}, pace_{pace}, work_{std::move(work)} {
    arm();
  }

 private:
  void arm() {
    timer_.expires_after(pace_);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;  // cancelled: this object may be gone
      work_();
      arm();
    });
  }

  boost::asio::steady_timer timer_;
  std::chrono::milliseconds pace_;
  std::function<void()> work_;
};

}  // namespace zhuqi::app
