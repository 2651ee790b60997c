// A day's hours come from the first that speaks of it: the region's own exceptions, the notice, the plain week.
#include "dialogs/casework/working_calendar.hpp"

#include <algorithm>
#include <tuple>

namespace zhuqi::dialogs::casework {
namespace {

using namespace std::chrono;

constexpr std::int64_t minute_ms = 60'000;
constexpr int day_minutes = 24 * 60;
constexpr int least_open_minutes_a_week = 60;  ///< bounds every walk over days
constexpr int search_days = 366;
constexpr civil_day first_day = sys_days{year{1970} / January / 1};
constexpr civil_day last_day = sys_days{year{2199} / December / 31};

int year_of(civil_day day) { return static_cast<int>(year_month_day{day}.year()); }

bool in_order(const std::vector<open_span>& hours) {
  int before = -1;
  return std::all_of(hours.begin(), hours.end(), [&](const open_span& s) {
    const bool good = s.from_min > before && s.from_min >= 0 && s.from_min < s.to_min && s.to_min <= day_minutes;
    before = s.to_min;
    return good;
  });
}

int open_minutes(const std::vector<open_span>& hours) {
  int sum = 0;
  for (const open_span& s : hours) sum += s.to_min - s.from_min;
  return sum;
}

unix_ms inside_domain(unix_ms at) {
  constexpr std::int64_t end = (last_day.time_since_epoch().count() + 1) * 86'400'000LL - 1;
  return {std::clamp<std::int64_t>(at.value, 0, end)};
}

}  // namespace

office_week usual_week(std::string region) {
  office_week week{std::move(region), "usual", 8 * 60, {}, {}};
  for (std::size_t day = 0; day < 5; ++day) week.days[day] = {{9 * 60, 12 * 60}, {14 * 60, 17 * 60 + 30}};
  return week;
}

result<working_calendar> working_calendar::make(office_week week, std::vector<holiday_notice> notices) {
  int weekly = 0;
  bool good = std::abs(week.utc_offset_min) <= 14 * 60;
  for (const auto& hours : week.days) {
    good = good && in_order(hours);
    weekly += open_minutes(hours);
  }
  for (const auto& [day, local] : week.local) good = good && in_order(local.hours);
  if (!good || weekly < least_open_minutes_a_week) return make_error_code(errc::malformed);

  working_calendar out;
  out.version_ = week.region + "/" + week.version;
  std::sort(notices.begin(), notices.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
  for (const holiday_notice& n : notices) {
    if (!out.notices_.emplace(n.year, n.issued).second) return make_error_code(errc::malformed);
    out.version_ += "+" + std::to_string(n.year) + "@" + day_text(n.issued);
    for (const holiday_run& run : n.holidays) {
      for (civil_day day = run.first; day <= run.last; day += days{1})
        out.marks_.insert_or_assign(day, mark{day_kind::holiday, run.name, run.name_en});
    }
    for (const civil_day day : n.worked) out.marks_.insert_or_assign(day, mark{day_kind::worked_weekend, {}, {}});
  }
  out.week_ = std::move(week);
  return out;
}

civil_day working_calendar::local_day_of(unix_ms at) const {
  const sys_time<milliseconds> utc{milliseconds{inside_domain(at).value}};
  return std::clamp(floor<days>(utc + minutes{week_.utc_offset_min}), first_day, last_day);
}

unix_ms working_calendar::instant(civil_day day, int minute) const {
  return {day.time_since_epoch().count() * 86'400'000LL + (minute - week_.utc_offset_min) * minute_ms};
}

const std::vector<open_span>& working_calendar::hours_of(civil_day day) const {
  static const std::vector<open_span> closed;
  if (const auto found = week_.local.find(day); found != week_.local.end()) return found->second.hours;
  if (const auto found = marks_.find(day); found != marks_.end())
    return found->second.kind == day_kind::holiday ? closed : week_.days[0];
  return week_.days[weekday{day}.iso_encoding() - 1];
}

day_facts working_calendar::facts_of(civil_day day) const {
  const unsigned iso = weekday{day}.iso_encoding();
  day_facts out;
  out.provisional = !notices_.contains(year_of(day));
  out.kind = iso >= 6 ? day_kind::day_off : day_kind::workday;
  out.hours = &hours_of(day);
  if (const auto found = marks_.find(day); found != marks_.end()) {
    out.kind = found->second.kind;
    out.name = found->second.name;
    out.name_en = found->second.name_en;
  }
  if (const auto found = week_.local.find(day); found != week_.local.end()) {
    out.kind = day_kind::local;
    out.name = found->second.reason;
    out.name_en.clear();
  }
  return out;
}

void working_calendar::note_year(civil_day day, int& provisional_year) const {
  if (provisional_year == 0 && !notices_.contains(year_of(day))) provisional_year = year_of(day);
}

bool working_calendar::is_open(unix_ms at) const {
  const civil_day day = local_day_of(at);
  const auto& hours = hours_of(day);
  return std::any_of(hours.begin(), hours.end(),
                     [&](const open_span& s) { return instant(day, s.from_min) <= at && at < instant(day, s.to_min); });
}

std::optional<counted_time> working_calendar::next_opening(unix_ms at) const {
  at = inside_domain(at);
  const civil_day today = local_day_of(at);
  int provisional_year = 0;
  for (civil_day day = today; day <= std::min(today + days{search_days}, last_day); day += days{1}) {
    note_year(day, provisional_year);
    for (const open_span& s : hours_of(day)) {
      if (at < instant(day, s.to_min)) return counted_time{std::max(at, instant(day, s.from_min)), provisional_year};
    }
  }
  return std::nullopt;
}

counted_time working_calendar::add_work(unix_ms start, std::int64_t ms) const {
  counted_time now{inside_domain(start), 0};
  std::int64_t left = std::clamp<std::int64_t>(ms, 0, max_work_ms);
  if (left == 0) return now;
  for (civil_day day = local_day_of(start); day <= last_day; day += days{1}) {
    note_year(day, now.provisional_year);
    for (const open_span& s : hours_of(day)) {
      const unix_ms from = std::max(now.at, instant(day, s.from_min));
      const std::int64_t here = instant(day, s.to_min) - from;
      if (here <= 0) continue;
      if (left <= here) return {from + left, now.provisional_year};
      left -= here;
      now.at = instant(day, s.to_min);
    }
  }
  return now;
}

counted_time working_calendar::add_minutes(unix_ms start, std::int64_t minutes) const {
  return add_work(start, std::clamp<std::int64_t>(minutes, 0, max_work_ms / minute_ms) * minute_ms);
}

counted_time working_calendar::add_days(unix_ms start, std::int64_t n) const {
  start = inside_domain(start);
  const civil_day today = local_day_of(start);
  std::int64_t left = std::clamp<std::int64_t>(n, 0, max_days);
  counted_time now{start, 0};
  for (civil_day day = left == 0 ? today : today + days{1}; day <= last_day; day += days{1}) {
    note_year(day, now.provisional_year);
    const auto& hours = hours_of(day);
    if (hours.empty() || (day == today && instant(day, hours.back().to_min) < start)) continue;
    now.at = instant(day, hours.back().to_min);
    if (--left <= 0) return now;
  }
  return now;
}

counted_work working_calendar::work_between(unix_ms from, unix_ms to) const {
  counted_work out;
  from = inside_domain(from);
  to = inside_domain(to);
  if (to <= from) return out;
  const civil_day last = local_day_of(to);
  for (civil_day day = local_day_of(from); day <= last; day += days{1}) {
    note_year(day, out.provisional_year);
    for (const open_span& s : hours_of(day)) {
      const std::int64_t here = std::min(to, instant(day, s.to_min)) - std::max(from, instant(day, s.from_min));
      out.ms += std::max<std::int64_t>(here, 0);
    }
  }
  return out;
}

std::int64_t working_calendar::usual_day_ms() const {
  int length = open_minutes(week_.days[0]);
  for (const auto& hours : week_.days) length = length > 0 ? length : open_minutes(hours);
  return length * minute_ms;
}

std::int64_t working_calendar::days_between(unix_ms from, unix_ms to) const {
  std::int64_t n = 0;
  const civil_day last = local_day_of(to);
  for (civil_day day = local_day_of(from) + days{1}; day <= last; day += days{1}) n += hours_of(day).empty() ? 0 : 1;
  return n;
}

}  // namespace zhuqi::dialogs::casework
