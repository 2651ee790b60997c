// Decimal arithmetic in 128 bits, brought back to 64 after each step.
#include "dialogs/values/decimal.hpp"

#include <algorithm>
#include <limits>

namespace zhuqi::dialogs::values {
namespace {

__extension__ using wide = __int128;

constexpr int max_scale = 18;
constexpr wide largest = std::numeric_limits<std::int64_t>::max();
constexpr wide quotient_limit = 1'000'000'000'000'000;  // 15 significant digits

wide power_of_ten(int exponent) {
  wide p = 1;
  for (int i = 0; i < exponent; ++i) p *= 10;
  return p;
}

wide magnitude(wide v) { return v < 0 ? -v : v; }

struct reduced {
  std::int64_t units = 0;
  int scale = 0;
  bool fits = false;
};

/// Drops trailing zeros, then says whether the rest fits. `scale` is at most 36, so the loops are short.
reduced reduce(wide units, int scale) {
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  if (scale > max_scale || magnitude(units) > largest) return {};
  return {static_cast<std::int64_t>(units), scale, true};
}

}  // namespace

decimal decimal::scaled(std::int64_t units, int exponent) {
  decimal out;
  reduced r;
  if (units == 0) {
    r.fits = true;
  } else if (exponent <= 0 && exponent >= -36) {
    r = reduce(units, -exponent);
  } else if (exponent > 0 && exponent <= max_scale) {
    r = reduce(wide{units} * power_of_ten(exponent), 0);
  }
  out.units_ = r.units;
  out.scale_ = r.scale;
  out.valid_ = r.fits;
  return out;
}

std::optional<decimal> decimal::from_text(std::string_view text) {
  bool negative = false;
  if (!text.empty() && text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  std::int64_t units = 0;
  int digits = 0;
  int behind_point = 0;
  bool point = false;
  for (char c : text) {
    if (c == '.' && !point && digits > 0) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 18) return std::nullopt;
    units = units * 10 + (c - '0');
    if (point) ++behind_point;
  }
  if (digits == 0 || (point && behind_point == 0)) return std::nullopt;
  return scaled(negative ? -units : units, -behind_point);
}

int decimal::place() const {
  if (scale_ > 0 || units_ == 0) return -scale_;
  int place = 0;
  for (std::int64_t u = units_; u % 10 == 0; u /= 10) ++place;
  return place;
}

std::int64_t decimal::floor() const {
  const auto divisor = static_cast<std::int64_t>(power_of_ten(scale_));
  const std::int64_t q = units_ / divisor;
  return units_ % divisor < 0 ? q - 1 : q;
}

std::int64_t decimal::ceiling() const {
  const auto divisor = static_cast<std::int64_t>(power_of_ten(scale_));
  const std::int64_t q = units_ / divisor;
  return units_ % divisor > 0 ? q + 1 : q;
}

std::string decimal::text() const {
  const bool negative = units_ < 0;
  std::string digits = std::to_string(units_);
  if (negative) digits.erase(0, 1);
  if (scale_ > 0) {
    const auto scale = static_cast<std::size_t>(scale_);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, 1, '.');
  }
  return negative ? '-' + digits : digits;
}

decimal operator+(const decimal& a, const decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  const wide sum = wide{a.units_} * power_of_ten(scale - a.scale_) + wide{b.units_} * power_of_ten(scale - b.scale_);
  const reduced r = reduce(sum, scale);
  decimal out;
  out.units_ = r.units;
  out.scale_ = r.scale;
  out.valid_ = r.fits && a.valid_ && b.valid_;
  return out;
}

decimal operator-(const decimal& a, const decimal& b) { return a + b * decimal{-1}; }

decimal operator*(const decimal& a, const decimal& b) {
  const reduced r = reduce(wide{a.units_} * wide{b.units_}, a.scale_ + b.scale_);
  decimal out;
  out.units_ = r.units;
  out.scale_ = r.scale;
  out.valid_ = r.fits && a.valid_ && b.valid_;
  return out;
}

decimal operator/(const decimal& a, const decimal& b) {
  decimal out;
  if (b.units_ == 0 || !a.valid_ || !b.valid_) {
    out.valid_ = false;
    return out;
  }
  // a/b = units · 10^-scale: digits are taken one by one until 15 of them stand or nothing is left.
  const wide divisor = b.units_;
  wide rest = wide{a.units_} % divisor;
  wide quotient = wide{a.units_} / divisor;
  int scale = a.scale_ - b.scale_;
  while (rest != 0 && magnitude(quotient) * 10 < quotient_limit && scale < 36) {
    rest *= 10;
    quotient = quotient * 10 + rest / divisor;
    rest %= divisor;
    ++scale;
  }
  if (magnitude(rest) * 2 >= magnitude(divisor)) quotient += (rest < 0) == (divisor < 0) ? 1 : -1;
  if (scale < 0) {
    quotient *= power_of_ten(-scale);
    scale = 0;
  }
  const reduced r = reduce(quotient, scale);
  out.units_ = r.units;
  out.scale_ = r.scale;
  out.valid_ = r.fits;
  return out;
}

std::partial_ordering operator<=>(const decimal& a, const decimal& b) {
  if (!a.valid_ || !b.valid_) return std::partial_ordering::unordered;
  const int scale = std::max(a.scale_, b.scale_);
  const wide left = wide{a.units_} * power_of_ten(scale - a.scale_);
  const wide right = wide{b.units_} * power_of_ten(scale - b.scale_);
  if (left == right) return std::partial_ordering::equivalent;
  return left < right ? std::partial_ordering::less : std::partial_ordering::greater;
}

}  // namespace zhuqi::dialogs::values
