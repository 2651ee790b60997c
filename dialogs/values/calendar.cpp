#include "dialogs/values/calendar.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::values {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

bool exists(const civil_date& d) {
  return d.year >= 1 && d.year <= 9999 && d.day >= 1 && d.day <= days_in_month(d.year, d.month);
}

std::int64_t day_number(const civil_date& d) {
  const std::int64_t y = d.year - 1;
  std::int64_t n = y * 365 + y / 4 - y / 100 + y / 400 + d.day;
  for (int m = 1; m < d.month; ++m) n += days_in_month(d.year, m);
  return n;
}

civil_date from_day_number(std::int64_t n) {
  n = std::clamp<std::int64_t>(n, 1, 3'652'059);  // 9999-12-31
  civil_date d{static_cast<int>(n / 366) + 1, 1, 1};
  while (d.year < 9999 && day_number({d.year + 1, 1, 1}) <= n) ++d.year;
  while (d.month < 12 && day_number({d.year, d.month + 1, 1}) <= n) ++d.month;
  d.day = static_cast<int>(n - day_number({d.year, d.month, 1})) + 1;
  return d;
}

civil_date plus_days(const civil_date& d, std::int64_t days) {
  return from_day_number(day_number(d) + std::clamp<std::int64_t>(days, -4'000'000, 4'000'000));
}

civil_date plus_months(const civil_date& d, std::int64_t months) {
  const std::int64_t least = month_number(1, 1);
  const std::int64_t most = month_number(9999, 12);
  const std::int64_t n =
      std::clamp(month_number(d.year, d.month) + std::clamp<std::int64_t>(months, -most, most), least, most);
  civil_date out{static_cast<int>(n / 12), static_cast<int>(n % 12) + 1, d.day};
  out.day = std::min(d.day, days_in_month(out.year, out.month));
  return out;
}

int weekday(const civil_date& d) { return static_cast<int>((day_number(d) - 1) % 7) + 1; }  // 0001-01-01 was a Monday

}  // namespace zhuqi::dialogs::values
