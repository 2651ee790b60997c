#pragma once
// The enterprises that write: their names, where each stands in its conversation, and who has a message under way.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::bench {

/// The mixing step of SplitMix64: spreads consecutive numbers over all 64-bit values, one to one.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

/// Like an openid: 28 characters without order, so that indexes over users see random keys. bench/harness.py computes the same.
using user_name = std::array<char, 28>;
user_name name_of(std::uint64_t index);
inline std::string_view view(const user_name& n) { return {n.data(), n.size()}; }

/// One message of the scripted conversation and what the answer must contain.
struct walk_step {
  std::string say;
  std::string expect;  ///< part of the reply's Content; "*" any text; "success" no reply
};

/// A conversation that every user walks round and round.
struct walk {
  walk_step restart;  ///< leads a user of unknown state to where the first step works; any answer is right
  std::vector<walk_step> steps;
};

/// Reads a walk: one step a line, "say<TAB>expect"; the first line is the restart; # begins a comment line.
/// Throws std::runtime_error naming the line.
walk read_walk(const std::string& file);

/// Fast, good enough to pick users; not for secrets.
class random_source {
 public:
  explicit random_source(std::uint64_t seed) : state_{mix64(seed)} {}
  /// Evenly from 0 to bound - 1; `bound` is at most 2^32.
  std::uint64_t below(std::uint64_t bound) {
    state_ += 0x9e3779b97f4a7c15U;
    return ((mix64(state_) >> 32U) * bound) >> 32U;
  }

 private:
  std::uint64_t state_;
};

/// What a user has done so far.
struct user_state {
  std::uint8_t next = 0;           ///< index of the next step; `lost` = restart first
  bool busy = false;               ///< a message is under way: nobody types two at once
  std::uint32_t reply_digest = 0;  ///< of the last reply, to compare a retry's with
  std::uint64_t message_id = 0;    ///< of the last message, 0 = none
  std::int64_t created_s = 0;
  static constexpr std::uint8_t lost = 0xff;
};

}  // namespace zhuqi::bench
