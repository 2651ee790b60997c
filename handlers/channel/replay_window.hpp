#pragma once
// How old a signed callback may be, and whether its nonce was seen before. A repeated nonce is only *counted*: it may be a
// genuine retry of the platform, which the dedupe key turns into the stored reply without a second effect.

#include "bot/base/clock.hpp"
#include "bot/base/limits.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace zhuqi::channel {

class replay_window {
 public:
  /// `clock` outlives the window. `width` is the greatest |now - timestamp| that passes.
  replay_window(const clock& clock, std::chrono::seconds width) : clock_{clock}, width_{width} {}

  /// Whether `timestamp` (seconds, digits only) lies in the window. False for anything that is not such a number.
  bool contains(std::string_view timestamp) const;

  /// Whether this nonce with this signature has not been seen within the window; remembers it. Call only after the signature
  /// held, so that nobody else fills the memory. Under more than limits::replay_entries in a window the oldest are forgotten.
  bool first_sight(std::string_view nonce, std::string_view signature);

 private:
  const clock& clock_;
  std::chrono::seconds width_;
  // Two generations instead of a queue: forgetting is one swap. An entry lives two to four widths.
  std::unordered_set<std::uint64_t> young_;
  std::unordered_set<std::uint64_t> old_;
  std::int64_t turned_s_ = 0;
};

}  // namespace zhuqi::channel
