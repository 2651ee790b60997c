#pragma once
// The words that dates are made of, in four languages. Only for date_scan.cpp.

#include "dialogs/values/lexicon.hpp"

namespace zhuqi::dialogs::values {

enum class date_word : std::uint8_t {
  day_offset,    ///< 昨天: value in days
  year_offset,   ///< 去年
  month_offset,  ///< 上个月
  week_offset,   ///< 上周; a weekday follows or does not
  weekday,       ///< 1 = Monday
  relation,      ///< last, next, this: before a month or a weekday
  month_name,    ///< March
  era,           ///< 令和: value is the year before its first
  lunar,         ///< 农历
  lunar_month,   ///< 正月
  first_year,    ///< 元年
  month_end,     ///< 月底
  year_end,      ///< 年底
  year_start,    ///< 年初
  half_year,     ///< 上半年
  quarter,       ///< 一季度, Q1
  glue,          ///< 的, of, the
};

struct date_mark {
  date_word kind;
  int value;
};
const lexicon<date_mark>& date_words();

/// Behind a number.
enum class date_unit : std::uint8_t { year, month, day, week, month_count, ordinal };
const lexicon<date_unit>& date_units();

/// 前, ago, 전: -1. 后, later, 후: 1.
const lexicon<int>& date_shifts();
/// 以前, before: the days up to it; 以后, since: the days from it on. The value says which, and whether the day
/// itself is in.
enum class date_bound : std::uint8_t { before, until, from, after };
const lexicon<date_bound>& date_bounds_behind();
const lexicon<date_bound>& date_bounds_before();

}  // namespace zhuqi::dialogs::values
