#include "dialogs/values/running_total.hpp"

#include <algorithm>

namespace zhuqi::dialogs::values {

void running_total::set_current(const ends& value, const decimal& width) {
  current_ = value;
  has_current_ = true;
  ends_in_place_ = shorthand_ = false;
  width_ = width;
  fraction_width_ = width < decimal{1} ? width : decimal{1};
}

void running_total::add_to_current(const decimal& fraction, const decimal& width) {
  if (!has_current_) set_current({}, width);
  current_.add(ends::exactly(fraction));
  shorthand_ = false;
  width_ = fraction_width_ = width;
}

void running_total::add_ten(int value, const decimal& width) {
  section_.add(ends::exactly(value));
  has_section_ = true;
  single_place_ = ends_in_place_ = false;
  last_place_ = 1;
  width_ = width;
  fraction_width_ = 1;
}

bool running_total::multiply_place(int exponent) {
  if (has_section_ && exponent >= last_place_) return false;
  if (!has_current_) current_ = ends::exactly(1);
  current_.multiply(power_of_ten(exponent));
  single_place_ = !has_section_;
  scale_ = power_of_ten(exponent);
  section_.add(current_);
  has_section_ = true;
  has_current_ = shorthand_ = false;
  last_place_ = exponent;
  width_ = power_of_ten(exponent) * fraction_width_;
  fraction_width_ = 1;
  ends_in_place_ = true;
  return true;
}

bool running_total::multiply_myriad(int exponent) {
  const bool bare = !has_current_ && !has_section_;  // 万亿, 万万: the word multiplies the group before it
  if ((bare && parts_ == 0) || parts_ == stack_.size()) return false;
  const decimal inner = bare ? scale_ : has_section_ && !has_current_ && single_place_ ? scale_ : decimal{1};
  ends sum;
  if (has_section_) sum.add(section_);
  if (has_current_) sum.add(current_);
  int reach = exponent;
  for (bool first = true; parts_ > 0; first = false) {
    const part& last = stack_[parts_ - 1];
    if (last.reach >= exponent && !(bare && first)) break;
    reach = std::max(reach, last.reach + exponent);
    sum.add(last.value);
    --parts_;
  }
  sum.multiply(power_of_ten(exponent));
  scale_ = parts_ == 0 ? inner * power_of_ten(exponent) : decimal{1};
  stack_[parts_++] = {sum, reach};
  section_ = {};
  has_current_ = has_section_ = shorthand_ = single_place_ = false;
  last_place_ = exponent;
  width_ = power_of_ten(exponent) * fraction_width_;
  fraction_width_ = 1;
  ends_in_place_ = true;
  return true;
}

void running_total::multiply_all(const decimal& by) {
  ends all = sum();
  all.multiply(by);
  section_ = {};
  has_section_ = has_current_ = shorthand_ = false;
  stack_[0] = {all, 0};
  parts_ = 1;
  width_ = by;
  scale_ = 1;
}

ends& running_total::open_group() {
  if (has_current_) {
    section_.add(current_);
    has_section_ = true;
    has_current_ = shorthand_ = single_place_ = false;
  }
  return has_section_ ? section_ : stack_[parts_ - 1].value;
}

void running_total::leave_open() {
  ends& group = open_group();
  group.high = group.high + width_;
}

void running_total::leave_around() {
  ends& group = open_group();
  group.low = group.low * decimal::scaled(9, -1);
  group.high = group.high + width_ * decimal::scaled(5, -1);
}

ends running_total::sum() {
  ends out;
  for (std::size_t i = 0; i < parts_; ++i) out.add(stack_[i].value);
  if (has_section_) out.add(section_);
  if (has_current_) {
    if (shorthand_ && last_place_ >= 2) {
      current_.multiply(power_of_ten(last_place_ - 1));
      width_ = power_of_ten(last_place_ - 1);
    }
    shorthand_ = false;
    out.add(current_);
  }
  return out;
}

decimal running_total::shared_scale() const {
  if (has_current_) return 1;
  if (has_section_) return parts_ == 0 && single_place_ ? scale_ : decimal{1};
  return parts_ == 1 ? scale_ : decimal{1};
}

}  // namespace zhuqi::dialogs::values
