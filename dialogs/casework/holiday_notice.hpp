#pragma once
// One year's notice of the State Council on holidays and worked weekends (调休), as data. A notice is what makes a year
// official; the calendar never guesses the days of a year that has none.

#include "bot/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::casework {

using civil_day = std::chrono::sys_days;  ///< a day of the local calendar, without a time zone

struct holiday_run {
  std::string name;     ///< in Chinese
  std::string name_en;  ///< in English
  civil_day first{};
  civil_day last{};  ///< inclusive
  bool operator==(const holiday_run&) const = default;
};

struct holiday_notice {
  int year = 0;
  std::string number;  ///< of the document, e.g. 国办发明电〔2024〕12号
  civil_day issued{};
  std::string source;  ///< where it was published
  std::vector<holiday_run> holidays;
  std::vector<civil_day> worked;  ///< weekend days on which offices work
  bool operator==(const holiday_notice&) const = default;
};

/// "2026-03-02"; errc::malformed for anything that is no day of the years 1970 to 2199.
result<civil_day> day_from_text(std::string_view text);
std::string day_text(civil_day day);

/// Reads one notice (JSON; notices/2026.json shows the form). errc::malformed also for one that contradicts itself: a
/// day outside of its year (the December before is allowed, as the notice of 2023 began on 31 December 2022), runs
/// that overlap, a worked day that is no weekend or lies inside a holiday.
result<holiday_notice> notice_from_json(std::string_view json);

/// The notices of the binary, by year.
const std::vector<holiday_notice>& shipped_notices();

}  // namespace zhuqi::dialogs::casework
