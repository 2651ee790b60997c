// Holidays beat workdays of the week; a worked weekend day (调休) has a Monday's hours.
#include "dialogs/office.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace zhuqi::dialogs {
namespace {

using namespace std::chrono;

constexpr int search_days = 60;

struct local_time {
  sys_days day;
  int minute = 0;
};

local_time local(unix_ms at, int offset_min) {
  const auto shifted = sys_time<milliseconds>{milliseconds{at.value} + minutes{offset_min}};
  const auto day = floor<days>(shifted);
  return {day, static_cast<int>(duration_cast<minutes>(shifted - day).count())};
}

std::string text_of(sys_days day) {
  const year_month_day ymd{day};
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
  return out;
}

int weekday_of(sys_days day) { return static_cast<int>(weekday{day}.iso_encoding()) - 1; }

const std::vector<office_hours::span>& spans_of(const office_hours& hours, sys_days day) {
  static const std::vector<office_hours::span> none;
  const std::string text = text_of(day);
  if (std::binary_search(hours.holidays.begin(), hours.holidays.end(), text)) return none;
  const bool worked = std::binary_search(hours.workdays.begin(), hours.workdays.end(), text);
  return hours.week[static_cast<std::size_t>(worked ? 0 : weekday_of(day))];
}

/// The first minute from `at` on in which officials are there.
std::optional<local_time> first_open(const office_hours& hours, unix_ms at) {
  if (!hours.known) return std::nullopt;
  const local_time now = local(at, hours.utc_offset_min);
  for (int ahead = 0; ahead <= search_days; ++ahead) {
    const sys_days day = now.day + days{ahead};
    for (const auto& s : spans_of(hours, day)) {
      const int from = ahead == 0 ? std::max(s.from_min, now.minute) : s.from_min;
      if (from < s.to_min) return local_time{day, from};
    }
  }
  return std::nullopt;
}

}  // namespace

std::string day_of(unix_ms at, int offset_min) { return text_of(local(at, offset_min).day); }

bool is_open(const office_hours& hours, unix_ms at) {
  if (!hours.known) return true;
  const local_time now = local(at, hours.utc_offset_min);
  const auto& spans = spans_of(hours, now.day);
  return std::any_of(spans.begin(), spans.end(),
                     [&](const auto& s) { return s.from_min <= now.minute && now.minute < s.to_min; });
}

std::optional<opening> next_opening(const office_hours& hours, unix_ms at) {
  const auto begins = first_open(hours, at);
  if (!begins) return std::nullopt;
  char time[16];
  std::snprintf(time, sizeof time, "%d:%02d", begins->minute / 60, begins->minute % 60);
  return opening{text_of(begins->day), time, (begins->day - local(at, hours.utc_offset_min).day).count(),
                 weekday_of(begins->day)};
}

unix_ms opening_instant(const office_hours& hours, unix_ms at) {
  if (is_open(hours, at)) return at;
  const auto begins = first_open(hours, at);
  if (!begins) return at;
  const auto utc = begins->day + minutes{begins->minute - hours.utc_offset_min};
  return {duration_cast<milliseconds>(utc.time_since_epoch()).count()};
}

}  // namespace zhuqi::dialogs
