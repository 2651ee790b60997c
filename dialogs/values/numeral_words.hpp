#pragma once
// The words that numbers are made of, in four languages. Only for numeral.cpp.

#include "dialogs/values/lexicon.hpp"

namespace zhuqi::dialogs::values {

enum class number_word : std::uint8_t {
  digit,        ///< 0–9
  attributive,  ///< 한, 두: a digit before a counted thing
  teen,         ///< 10–19, complete
  ten,          ///< 10–90 as one word, may be followed by a digit: twenty, 廿, 스물
  place,        ///< 10, 100, 1,000 by exponent: multiplies the digit before it
  myriad,       ///< 10^4 … 10^12 by exponent: multiplies everything smaller before it
  letter,       ///< k, w, m: a myriad directly behind Arabic digits
  dozen,        ///< times 12
  point,        ///< 点
  few,          ///< 几: some digit
  several,      ///< 数: the same, only before a place
  more,         ///< 多: and some
  about,        ///< 来
  count,        ///< 个 in 三个亿
  article,      ///< a hundred
};

enum class number_script : std::uint8_t { han, hangul, latin };

struct number_mark {
  number_word kind;
  int value;
  number_script script;
};

const lexicon<number_mark>& number_words();

}  // namespace zhuqi::dialogs::values
