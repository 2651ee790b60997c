#pragma once
// The arithmetic of a number that is read word by word: digits, places (十 百 千, hundred) that multiply the digit
// before them, and myriads (万 亿, thousand, million) that multiply everything smaller. Only for numeral.cpp.

#include "dialogs/values/decimal.hpp"

#include <array>
#include <cstddef>

namespace zhuqi::dialogs::values {

/// What is meant, from `low` to before `high`; `base` is the number without its vague word (二十几: 21, 30, 20).
struct ends {
  decimal low, high, base;

  static ends exactly(const decimal& v) { return {v, v, v}; }
  void add(const ends& o) {
    low = low + o.low;
    high = high + o.high;
    base = base + o.base;
  }
  void multiply(const decimal& by) {
    low = low * by;
    high = high * by;
    base = base * by;
  }
};

/// 10^exponent.
inline decimal power_of_ten(int exponent) { return decimal::scaled(1, exponent); }

class running_total {
 public:
  bool empty() const { return !has_current_ && !has_section_ && parts_ == 0; }
  bool has_current() const { return has_current_; }
  bool has_section() const { return has_section_; }
  const decimal& current() const { return current_.base; }
  /// The number so far ends in a place or myriad: 一千, 五万.
  bool ends_in_place() const { return ends_in_place_; }
  int last_place() const { return last_place_; }

  /// A digit or a run of Arabic digits. `width` is what 多 behind it adds.
  void set_current(const ends& value, const decimal& width);
  void add_to_current(const decimal& fraction, const decimal& width);
  /// 一千三: the digit means hundreds. Taken back by whatever follows it.
  void mark_shorthand() { shorthand_ = true; }
  /// Twenty, 廿; ten with `complete` = nothing may follow.
  void add_ten(int value, const decimal& width);
  /// False where it cannot stand here (百百).
  bool multiply_place(int exponent);
  bool multiply_myriad(int exponent);
  void multiply_all(const decimal& by);
  /// A zero that only says that a place is empty: 一千零五.
  void skip_zero() { ends_in_place_ = false; }
  /// 多: one more width on top of the last group. 来: from a tenth below to half a width above.
  void leave_open();
  void leave_around();

  ends sum();
  const decimal& width() const { return width_; }
  /// Of "8万" 10,000, of "5千万" 10,000,000, of "15" 1: what a number before 到 may share.
  decimal shared_scale() const;

 private:
  struct part {
    ends value;
    int reach = 0;  ///< the exponent that it was multiplied by, in all
  };

  ends& open_group();

  std::array<part, 8> stack_{};
  std::size_t parts_ = 0;
  ends section_, current_;
  bool has_section_ = false, has_current_ = false;
  bool ends_in_place_ = false, shorthand_ = false;
  bool single_place_ = false;  ///< the section is one digit times one place
  int last_place_ = 0;
  decimal width_{1}, fraction_width_{1}, scale_{1};
};

}  // namespace zhuqi::dialogs::values
