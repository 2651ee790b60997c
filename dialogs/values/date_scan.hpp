#pragma once
// A date as it is said, at one place of a prepared text: its parts, not yet put on the calendar. Only for dates.cpp.

#include "dialogs/values/types.hpp"

namespace zhuqi::dialogs::values {

struct said_date {
  std::optional<int> year, month, day;
  int months = 1;                       ///< 3 for a quarter, 6 for half a year that begins in `month`
  std::optional<int> weekday;           ///< 1 = Monday
  std::optional<int> week;              ///< from this week
  std::optional<int> direction;         ///< last, this, next, before a month or a weekday
  std::optional<civil_date> day_known;  ///< 昨天, 三天前
  bool last_day = false;                ///< 3月底
  bool lunar = false;
  bool approximate = false;              ///< 三个月前 names no day
  std::vector<civil_date> alternatives;  ///< 03/04/2023 is two dates
  bool explicit_form = false;            ///< more than a lone number
  std::size_t begin = 0, end = 0;
};

/// The date that begins at `at`, with as many parts as belong together.
std::optional<said_date> scan_date(std::string_view s, std::size_t at, const context& about);

/// Two digits: the year of that ending between 79 years before and 20 years after today's.
int full_year(int two_digits, const civil_date& today);

}  // namespace zhuqi::dialogs::values
