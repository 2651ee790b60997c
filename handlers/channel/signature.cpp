#include "handlers/channel/signature.hpp"

#include "bot/base/crypto.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace zhuqi::channel {

namespace {

constexpr std::size_t hex_sha1_length = 40;

template <std::size_t N>
std::string sign(std::array<std::string_view, N> parts) {
  return sorted_sha1(parts);
}

}  // namespace

std::string sorted_sha1(std::span<const std::string_view> parts) {
  std::vector<std::string_view> sorted{parts.begin(), parts.end()};
  std::sort(sorted.begin(), sorted.end());
  std::size_t length = 0;
  for (std::string_view part : sorted) length += part.size();
  std::string joined;
  joined.reserve(length);
  for (std::string_view part : sorted) joined += part;
  return crypto::hex(crypto::sha1(joined));
}

std::string plain_signature(std::string_view token, std::string_view timestamp, std::string_view nonce) {
  return sign(std::array{token, timestamp, nonce});
}

std::string message_signature(std::string_view token, std::string_view timestamp, std::string_view nonce,
                              std::string_view encrypt) {
  return sign(std::array{token, timestamp, nonce, encrypt});
}

bool signature_equals(std::string_view expected, std::string_view given) noexcept {
  // The length of a well-formed signature is public, so refusing another one early tells nothing.
  if (expected.size() != hex_sha1_length || given.size() != hex_sha1_length) return false;
  return crypto::equal_constant_time(expected, given);
}

}  // namespace zhuqi::channel
