#pragma once
// A number in its surroundings: sign, unit, bound, guess, range. 「不到一百人」, "between 100 and 200", 「五百万左右」, 5~20%.
// One scanner for all kinds of numbers, so that "5%" where money is asked is understood and answered, not just
// refused.

#include "dialogs/values/decimal.hpp"
#include "dialogs/values/units.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::values {

/// Between two ends, or open to a side. An end may be excluded.
struct interval {
  std::optional<decimal> low, high;
  bool low_open = false, high_open = false;

  bool exact() const { return low && high && *low == *high; }
  bool empty() const { return low && high && (*low > *high || (*low == *high && (low_open || high_open))); }
  static interval at(const decimal& v) { return {v, v, false, false}; }
};

struct quantity {
  interval range;
  bool approximate = false;
  bool bounded = false;           ///< by a word such as 至少
  std::optional<decimal> stated;  ///< the number as said, without 多, 大概, 以上
  dimension what = dimension::none;
  std::string_view code;  ///< of a currency
  std::string_view unit;  ///< as written
  bool ratio = false;     ///< three quarters, 一半
  bool telling = false;   ///< means a number whatever stands around it
  bool myriads = false;   ///< said with 万, 亿, thousand: no unit of the question is to be added
  bool lone_one = false;  ///< 一家, "a": more article than number
  std::size_t begin = 0, end = 0;

  bool valid() const;  ///< every end fits into a decimal
};

/// Every number of a prepared text, from left to right, not overlapping. At most `max_quantities`; more text is
/// not read.
inline constexpr std::size_t max_quantities = 32;
std::vector<quantity> find_quantities(std::string_view s);

/// True where a number at `at` is part of a name or code (A2021).
bool is_code(std::string_view s, std::size_t at);

}  // namespace zhuqi::dialogs::values
