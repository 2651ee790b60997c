#pragma once
// Puts a said date on the calendar: completes what was left out by the rule of the question. Only for dates.cpp.

#include "dialogs/values/calendar.hpp"
#include "dialogs/values/date_scan.hpp"

namespace zhuqi::dialogs::values {

enum class precision : std::uint8_t { day, month, months, year };

/// The days that were meant, or why there are none.
struct resolved_date {
  civil_date first, last;
  precision how = precision::day;
  bool approximate = false;
  problem why = problem::none;
  std::string detail;
  std::vector<civil_date> alternatives;
};

resolved_date resolve(const said_date& said, const civil_date& today, leaning year);

}  // namespace zhuqi::dialogs::values
