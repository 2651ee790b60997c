#pragma once
// Time as a dependency: nothing below app reads a clock of its own, so tests can step it.

#include "bot/base/ids.hpp"

#include <atomic>
#include <chrono>

namespace zhuqi {

class clock {
 public:
  virtual ~clock() = default;
  /// Wall-clock time. May jump either way; use only for what people and platforms see.
  virtual unix_ms now() const = 0;
};

class system_clock final : public clock {
 public:
  unix_ms now() const override {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
  }
};

/// A clock that stands still until told. Safe to read from any thread.
class manual_clock final : public clock {
 public:
  explicit manual_clock(unix_ms start) : now_{start.value} {}
  unix_ms now() const override { return {now_.load()}; }
  void set(unix_ms t) { now_.store(t.value); }
  void advance(std::int64_t ms) { now_.fetch_add(ms); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace zhuqi
