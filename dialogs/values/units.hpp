#pragma once
// What stands before and behind numbers: units, currencies, and the words that make a bound or a guess of a number.

#include "dialogs/values/decimal.hpp"
#include "dialogs/values/lexicon.hpp"

namespace zhuqi::dialogs::values {

enum class dimension : std::uint8_t {
  none,
  count,          ///< 人, 个, 家, 名, people
  percent,        ///< the value is in percent
  money,          ///< yuan
  foreign_money,  ///< of another currency; the unit's code says which
  time,           ///< 年, 个月, days
  other,          ///< 吨, 平方米, kg
};

struct unit {
  dimension what = dimension::none;
  std::string_view code;  ///< ISO 4217, or "" where the unit is no currency
  decimal factor{1};      ///< value = number · factor, in percent, yuan, or the currency's main unit
  enum class role : std::uint8_t { plain, part, discount, tenth } kind = role::plain;
};

/// Behind a number.
const lexicon<unit>& unit_words();
/// Before a number: ¥, 人民币, $.
const lexicon<unit>& unit_prefixes();
/// 百分之, 千分之 and their like: before a number, the factor makes percent of it.
const lexicon<decimal>& percent_prefixes();

enum class bound : std::uint8_t {
  at_least,
  more_than,
  at_most,
  less_than,
  about,      ///< a tenth to both sides
  nearly,     ///< from a tenth below
  a_bit_over  ///< to a tenth above
};
const lexicon<bound>& bounds_before();
const lexicon<bound>& bounds_behind();
/// 有, 是, of: may stand between a bound and its number.
const lexicon<int>& fillers();

enum class join : std::uint8_t {
  to,          ///< 到, -, ~, から
  neighbours,  ///< 、 and 或: only two neighbouring digits are a range
  both,        ///< 和, and: a range only with 之间 or between
};
const lexicon<join>& joins();
/// 之间, 사이, まで: end a range.
const lexicon<int>& range_ends();
/// between, 介于: begin one.
const lexicon<int>& range_starts();

}  // namespace zhuqi::dialogs::values
