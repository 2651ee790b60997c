#pragma once
// The wall clock plus an offset that a file holds: tests step the time of a running server by writing to the file.

#include "bot/base/clock.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace zhuqi::app {

class file_clock final : public clock {
 public:
  explicit file_clock(std::string path) : path_{std::move(path)} { refresh(); }

  unix_ms now() const override { return real_.now() + offset_.load(std::memory_order_relaxed); }
  /// Reads the offset again; a missing or unreadable file leaves it as it is.
  void refresh();

 private:
  std::string path_;
  system_clock real_;
  std::atomic<std::int64_t> offset_{0};
};

}  // namespace zhuqi::app
