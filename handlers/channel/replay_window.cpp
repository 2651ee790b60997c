#include "handlers/channel/replay_window.hpp"

#include <charconv>
#include <cstdlib>
#include <functional>
#include <optional>

namespace zhuqi::channel {

namespace {

std::optional<std::int64_t> seconds_of(std::string_view digits) {
  // from_chars alone would take a sign.
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::uint64_t fingerprint(std::string_view nonce, std::string_view signature) {
  const std::hash<std::string_view> hash;
  return hash(nonce) * 0x9E3779B97F4A7C15ULL ^ hash(signature);
}

}  // namespace

bool replay_window::contains(std::string_view timestamp) const {
  const auto sent = seconds_of(timestamp);
  if (!sent) return false;
  const std::int64_t now = clock_.now().value / 1000;
  // Both are non-negative, so the difference cannot overflow.
  return now >= 0 && std::abs(now - *sent) <= width_.count();
}

bool replay_window::first_sight(std::string_view nonce, std::string_view signature) {
  const std::int64_t now = clock_.now().value / 1000;
  // A message is acceptable over the width on either side of now, hence twice.
  if (young_.size() >= limits::replay_entries / 2 || std::abs(now - turned_s_) > 2 * width_.count()) {
    std::swap(young_, old_);
    young_.clear();
    turned_s_ = now;
  }
  const std::uint64_t print = fingerprint(nonce, signature);
  if (old_.contains(print)) return false;
  return young_.insert(print).second;
}

}  // namespace zhuqi::channel
