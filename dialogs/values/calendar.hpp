#pragma once
// Civil dates without a clock or a time zone: the proleptic Gregorian calendar, years 1 to 9999.

#include "dialogs/values/types.hpp"

namespace zhuqi::dialogs::values {

bool is_leap(int year);
int days_in_month(int year, int month);
/// Years 1–9999, and a day that the month has.
bool exists(const civil_date& d);

/// Days since 0001-01-01, which is 1.
std::int64_t day_number(const civil_date& d);
civil_date from_day_number(std::int64_t n);
civil_date plus_days(const civil_date& d, std::int64_t days);
/// The same day of another month, or the last day that it has.
civil_date plus_months(const civil_date& d, std::int64_t months);
/// 1 = Monday … 7 = Sunday.
int weekday(const civil_date& d);

/// Months since year 0, for comparing months.
inline std::int64_t month_number(int year, int month) { return std::int64_t{year} * 12 + (month - 1); }

}  // namespace zhuqi::dialogs::values
