#pragma once
// Exact decimal numbers, as people write them: up to 18 digits with a decimal point anywhere. Binary fractions
// would turn 0.1 yuan into something else. A result that does not fit is not valid() and stays so through every
// operation.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::values {

class decimal {
 public:
  constexpr decimal() = default;
  constexpr decimal(std::int64_t whole)
      : units_{whole} {}  // NOLINT(google-explicit-constructor): a whole number is one

  /// units · 10^exponent; the exponent may be negative.
  static decimal scaled(std::int64_t units, int exponent);
  /// "-12.50": digits with an optional sign and point, at most 18 significant; nullopt for anything else.
  static std::optional<decimal> from_text(std::string_view text);

  bool valid() const { return valid_; }
  bool is_negative() const { return units_ < 0; }
  bool is_zero() const { return units_ == 0; }
  bool is_whole() const { return scale_ == 0; }
  /// The last digit that is not zero stands at 10^place(): 350 → 1, 0.25 → -2, 7 → 0; 0 → 0.
  int place() const;

  /// The largest whole number not above, the smallest not below.
  std::int64_t floor() const;
  std::int64_t ceiling() const;

  /// No exponent, no trailing zeros: "-12.5".
  std::string text() const;

  friend decimal operator+(const decimal& a, const decimal& b);
  friend decimal operator-(const decimal& a, const decimal& b);
  friend decimal operator*(const decimal& a, const decimal& b);
  /// Rounded to 15 significant digits; not valid where b is zero.
  friend decimal operator/(const decimal& a, const decimal& b);
  friend bool operator==(const decimal& a, const decimal& b) {
    return a.valid_ && b.valid_ && a.units_ == b.units_ && a.scale_ == b.scale_;
  }
  /// Unordered where either is not valid.
  friend std::partial_ordering operator<=>(const decimal& a, const decimal& b);

 private:
  std::int64_t units_ = 0;
  int scale_ = 0;  ///< value = units / 10^scale, 0..18, as small as it can be
  bool valid_ = true;
};

}  // namespace zhuqi::dialogs::values
