// Arabic digits with what people put between them.
#include "dialogs/values/lexicon.hpp"
#include "dialogs/values/numeral.hpp"

namespace zhuqi::dialogs::values {
namespace {

/// ",234" with no further digit behind it.
bool is_group(std::string_view s, std::size_t at) {
  if (at + 4 > s.size() || s[at] != ',') return false;
  for (std::size_t i = 1; i <= 3; ++i) {
    if (!is_ascii_digit(s[at + i])) return false;
  }
  return at + 4 == s.size() || !is_ascii_digit(s[at + 4]);
}

struct exponent_part {
  int value = 0;
  std::size_t end = 0;
};

/// "e5", "e-1"; none where letters or many digits follow.
exponent_part scan_exponent(std::string_view s, std::size_t at) {
  if (at >= s.size() || s[at] != 'e') return {};
  std::size_t i = at + 1;
  const bool negative = i < s.size() && s[i] == '-';
  if (i < s.size() && (s[i] == '-' || s[i] == '+')) ++i;
  int value = 0;
  const std::size_t first = i;
  for (; i < s.size() && is_ascii_digit(s[i]) && i - first < 3; ++i) value = value * 10 + (s[i] - '0');
  if (i == first || i - first > 2 || (i < s.size() && is_ascii_letter(s[i]))) return {};
  return {negative ? -value : value, i};
}

}  // namespace

std::optional<digit_run> scan_digits(std::string_view s, std::size_t at) {
  digit_run out;
  std::int64_t units = 0;
  int significant = 0;
  const auto take = [&](char c) {
    if (significant > 0 || c != '0') ++significant;
    if (significant <= 18) units = units * 10 + (c - '0');
  };
  std::size_t i = at;
  while (i < s.size()) {
    if (is_ascii_digit(s[i])) {
      take(s[i++]);
      ++out.whole_digits;
    } else if (out.whole_digits > 0 && (out.grouped || out.whole_digits <= 3) && is_group(s, i)) {
      for (std::size_t k = 1; k <= 3; ++k) take(s[i + k]);
      out.whole_digits += 3;
      out.grouped = true;
      i += 4;
    } else {
      break;
    }
  }
  int behind = 0;
  if (i + 1 < s.size() && s[i] == '.' && is_ascii_digit(s[i + 1])) {
    out.has_point = true;
    for (++i; i < s.size() && is_ascii_digit(s[i]); ++i) {
      take(s[i]);
      if (behind < 100) ++behind;
    }
  }
  if (out.whole_digits == 0 && behind == 0) return std::nullopt;
  int exponent = -behind;
  if (const exponent_part e = scan_exponent(s, i); e.end > 0) {
    exponent += e.value;
    i = e.end;
  }
  out.value = decimal::scaled(units, exponent);
  if (significant > 18) out.value = out.value * decimal::scaled(1, 19);  // not valid, and known to be a number
  out.end = i;
  return out;
}

}  // namespace zhuqi::dialogs::values
