// The city of the tests.
#include "tests/unit/casework/desk.hpp"

#include <cstdio>
#include <stdexcept>

namespace zhuqi::dialogs::casework::testing {

const working_calendar& city_calendar() {
  static const working_calendar calendar = working_calendar::make(usual_week("370600"), shipped_notices()).value();
  return calendar;
}

unix_ms at(std::string_view local) {
  const auto day = day_from_text(local.substr(0, 10)).value();
  int hour = 0, minute = 0;
  if (std::sscanf(std::string{local.substr(10)}.c_str(), " %d:%d", &hour, &minute) != 2) throw std::invalid_argument{"time"};
  return {day.time_since_epoch().count() * 86'400'000LL + (hour * 60 + minute - 480) * 60'000LL};
}

std::string shown(unix_ms t) {
  const std::int64_t minutes = t.value / 60'000 + 480;
  char clock[16];
  std::snprintf(clock, sizeof clock, " %02d:%02d", static_cast<int>(minutes % 1440 / 60), static_cast<int>(minutes % 60));
  return day_text(civil_day{std::chrono::days{minutes / 1440}}) + clock;
}

}  // namespace zhuqi::dialogs::casework::testing
