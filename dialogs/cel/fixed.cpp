#include "dialogs/cel/fixed.hpp"

#include <charconv>
#include <limits>

namespace zhuqi::dialogs::cel::fixed {
namespace {

constexpr int max_digits = 40;

// The digits of a number and where its point stands.
struct parts {
  bool negative = false;
  std::string digits;
  int places = 0;
};

std::optional<int> exponent_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || out < -100 || out > 100) return {};
  return out;
}

std::optional<parts> split(std::string_view text) {
  parts out;
  if (text.starts_with('-')) {
    out.negative = true;
    text.remove_prefix(1);
  }
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
    const auto exponent = exponent_of(text.substr(e + 1));
    if (!exponent) return std::nullopt;
    out.places = -*exponent;
    text = text.substr(0, e);
  }
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    out.digits += c;
    out.places += point ? 1 : 0;
  }
  if (out.digits.empty() || out.digits.size() > max_digits || text.ends_with('.')) return std::nullopt;
  return out;
}

__extension__ using wide = __int128;

std::optional<std::int64_t> narrow(wide n) {
  if (n > std::numeric_limits<std::int64_t>::max() || n < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return static_cast<std::int64_t>(n);
}

}  // namespace

std::optional<std::int64_t> parse(std::string_view text, int places) {
  auto found = split(text);
  if (!found) return std::nullopt;
  while (found->places > places && found->digits.ends_with('0')) {
    found->digits.pop_back();
    --found->places;
  }
  const bool zero = found->digits.find_first_not_of('0') == std::string::npos;
  if (zero) return 0;
  if (found->places > places || places - found->places > 20) return std::nullopt;
  wide n = 0;
  constexpr wide bound = wide{1} << 100U;
  for (const char c : found->digits) {
    n = n * 10 + (c - '0');
    if (n > bound) return std::nullopt;
  }
  for (int i = found->places; i < places; ++i) {
    n *= 10;
    if (n > bound) return std::nullopt;
  }
  return narrow(found->negative ? -n : n);
}

std::string to_text(std::int64_t millionths) {
  const bool negative = millionths < 0;
  const std::uint64_t size =
      negative ? ~static_cast<std::uint64_t>(millionths) + 1 : static_cast<std::uint64_t>(millionths);
  std::string out = (negative ? "-" : "") + std::to_string(size / scale);
  std::uint64_t rest = size % scale;
  if (rest == 0) return out;
  std::string places = std::to_string(rest);
  places.insert(0, 6 - places.size(), '0');
  while (places.ends_with('0')) places.pop_back();
  return out + "." + places;
}

std::string money_to_text(std::int64_t fen) {
  const bool negative = fen < 0;
  const std::uint64_t size = negative ? ~static_cast<std::uint64_t>(fen) + 1 : static_cast<std::uint64_t>(fen);
  const std::uint64_t rest = size % fen_per_yuan;
  return (negative ? "-" : "") + std::to_string(size / fen_per_yuan) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

std::optional<std::int64_t> add(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (__builtin_add_overflow(a, b, &out)) return std::nullopt;
  return out;
}

std::optional<std::int64_t> subtract(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (__builtin_sub_overflow(a, b, &out)) return std::nullopt;
  return out;
}

std::optional<std::int64_t> multiply(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out)) return std::nullopt;
  return out;
}

std::optional<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t divisor) {
  const wide product = wide{a} * b;
  const wide half = divisor / 2;
  return narrow((product < 0 ? product - half : product + half) / divisor);
}

}  // namespace zhuqi::dialogs::cel::fixed
