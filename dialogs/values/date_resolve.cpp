#include "dialogs/values/date_resolve.hpp"

#include "dialogs/values/canonical.hpp"

namespace zhuqi::dialogs::values {
namespace {

resolved_date on(const civil_date& d) { return {d, d, precision::day, false, problem::none, {}, {}}; }

std::string month_day(int month, int day) { return canonical(civil_date{1, month, day}).substr(5); }

resolved_date missing(std::string detail) {
  return {{}, {}, precision::day, false, problem::no_such_date, std::move(detail), {}};
}

resolved_date weekday_of(const said_date& said, const civil_date& today, leaning lean) {
  const int wanted = *said.weekday;
  if (said.week || said.direction == 0) {
    const int weeks = said.week.value_or(0);
    return on(plus_days(today, wanted - weekday(today) + weeks * 7));
  }
  int days = wanted - weekday(today);  // in this week
  if (said.direction == -1) return on(plus_days(today, days < 0 ? days : days - 7));
  if (said.direction == 1) return on(plus_days(today, days > 0 ? days : days + 7));
  if (lean == leaning::past && days > 0) days -= 7;
  if (lean == leaning::future && days < 0) days += 7;
  return on(plus_days(today, days));
}

/// 29日: the nearest month that has it, on the side that is wished.
resolved_date day_of_near_month(int day, const civil_date& today, leaning lean) {
  const int step = lean == leaning::past ? -1 : 1;
  for (int i = 0; i < 4 && day >= 1; ++i) {
    const civil_date month = plus_months({today.year, today.month, 1}, i * step);
    const civil_date d{month.year, month.month, day};
    if (!exists(d)) continue;
    if (lean == leaning::past ? d <= today : d >= today) return on(d);
  }
  return missing("--" + std::to_string(day));
}

/// 3月15日: the nearest year that has it (29 February), on the side that is wished.
resolved_date day_of_near_year(int month, int day, const civil_date& today, leaning lean) {
  const int step = lean == leaning::past ? -1 : 1;
  for (int i = 0; i <= 8; ++i) {
    const civil_date d{today.year + i * step, month, day};
    if (!exists(d)) continue;
    if (lean == leaning::past ? d <= today : d >= today) return on(d);
  }
  return missing(month_day(month, day));
}

int year_of_month(const said_date& said, const civil_date& today, leaning lean) {
  const int month = *said.month;
  if (said.direction == 0) return today.year;
  if (said.direction == -1) return month < today.month ? today.year : today.year - 1;
  if (said.direction == 1) return month > today.month ? today.year : today.year + 1;
  if (lean == leaning::past) return month <= today.month ? today.year : today.year - 1;
  return month >= today.month ? today.year : today.year + 1;
}

resolved_date month_of(const said_date& said, int year) {
  const int month = *said.month;
  if (year < 1 || year > 9999 || month < 1 || month > 12) {
    return missing(canonical(civil_date{year, month, 1}).substr(0, 7));
  }
  const civil_date first{year, month, 1};
  const civil_date last_month = plus_months(first, said.months - 1);
  const civil_date last{last_month.year, last_month.month, days_in_month(last_month.year, last_month.month)};
  if (said.last_day) return on(last);
  return {first, last, said.months == 1 ? precision::month : precision::months, false, problem::none, {}, {}};
}

}  // namespace

resolved_date resolve(const said_date& said, const civil_date& today, leaning lean) {
  if (said.lunar) {
    resolved_date out;
    out.why = problem::lunar_date;
    out.detail = said.month && said.day ? month_day(*said.month, *said.day) : "";
    return out;
  }
  if (said.day_known) {
    resolved_date out = on(*said.day_known);
    out.approximate = said.approximate;
    return out;
  }
  if (said.weekday) return weekday_of(said, today, lean);
  if (said.day) {
    if (!said.month) {
      return said.year ? missing(std::to_string(*said.day)) : day_of_near_month(*said.day, today, lean);
    }
    if (!said.year) {
      if (said.direction) {
        const civil_date d{year_of_month(said, today, lean), *said.month, *said.day};
        return exists(d) ? on(d) : missing(canonical(d));
      }
      resolved_date out = day_of_near_year(*said.month, *said.day, today, lean);
      out.alternatives = said.alternatives;
      return out;
    }
    const civil_date d{*said.year, *said.month, *said.day};
    if (!exists(d)) return missing(canonical(d));
    resolved_date out = on(d);
    out.alternatives = said.alternatives;
    return out;
  }
  if (said.month) return month_of(said, said.year ? *said.year : year_of_month(said, today, lean));
  const int year = said.year.value_or(0);
  if (year < 1 || year > 9999) return missing(std::to_string(year));
  return {{year, 1, 1}, {year, 12, 31}, precision::year, false, problem::none, {}, {}};
}

}  // namespace zhuqi::dialogs::values
