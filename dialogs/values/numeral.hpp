#pragma once
// One number at one place of a prepared text, in Arabic digits, Chinese characters (plain, financial, Japanese),
// Korean or English words, or a mixture (1.2千万, 2천만, 120 thousand). Knows what a number leaves open (三四十, 十几,
// 二十多), but no units.

#include "dialogs/values/decimal.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace zhuqi::dialogs::values {

/// How a number names more than one value.
enum class vagueness : std::uint8_t {
  none,
  digits,       ///< 三四十, 十几, 几百
  more,         ///< 二十多
  about,        ///< 十来个
  small_count,  ///< 三四: an upper end that is meant itself
};

struct numeral {
  decimal low;
  decimal high;  ///< = low, or the first value no longer meant
  vagueness vague = vagueness::none;
  std::optional<decimal> stated;  ///< the number without its vague word: 二十多 → 20; none for 三四十 and 几百
  decimal width{1};               ///< what 多 behind it would add: 350 → 10, 三百 → 100, 12万 → 10,000
  decimal scale{1};               ///< of "8万" 10,000: a number before 到 may share it
  std::size_t begin = 0, end = 0;
  std::size_t characters = 0;     ///< digits and words it is made of
  bool arabic = false;            ///< holds Arabic digits
  bool places = false;            ///< holds 十 百 千 万 or the like
  bool myriads = false;           ///< holds 万 亿 thousand million
  bool bound_form = false;        ///< 한, 두: stands only before a counted thing
  bool leads_with_place = false;  ///< 百分之…: begins with a place and no digit

  /// Means a number whatever stands around it; 一看 and 陆地 do not.
  bool telling() const { return arabic || (places && characters >= 2); }
};

/// The longest number that begins exactly at `at`; no sign. A value that does not fit is there and not valid().
std::optional<numeral> scan_numeral(std::string_view s, std::size_t at);

/// A run of Arabic digits with its groups, decimals and exponent: "1,234.50", "２e5"; or ".5".
struct digit_run {
  decimal value;
  std::size_t end = 0;
  std::size_t whole_digits = 0;
  bool has_point = false;
  bool grouped = false;
};
std::optional<digit_run> scan_digits(std::string_view s, std::size_t at);

/// The value of the single Chinese digit at `at` with its length; 十 is none.
struct han_digit {
  int value = 0;
  std::size_t length = 0;
};
std::optional<han_digit> scan_han_digit(std::string_view s, std::size_t at);

}  // namespace zhuqi::dialogs::values
