#include "dialogs/cel/civil.hpp"

#include <unicode/timezone.h>

#include <array>
#include <limits>
#include <memory>

namespace zhuqi::dialogs::cel::civil {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Exactly `count` digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    out = out * 10 + (text[i] - '0');
  }
  return out;
}

std::string padded(std::int64_t n, std::size_t width) {
  std::string out = std::to_string(n);
  if (out.size() < width) out.insert(0, width - out.size(), '0');
  return out;
}

// ".123456789" without trailing zeros; "" for none.
std::string fraction(std::int64_t nanos) {
  if (nanos == 0) return "";
  std::string out = "." + padded(nanos, 9);
  while (out.ends_with('0')) out.pop_back();
  return out;
}

// "+08:00", "-02:30", "02:00" in seconds.
std::optional<std::int64_t> offset_of(std::string_view zone) {
  bool negative = false;
  if (zone.starts_with('+') || zone.starts_with('-')) {
    negative = zone.front() == '-';
    zone.remove_prefix(1);
  }
  const auto hours = digits(zone, 0, 2);
  const auto minutes = digits(zone, 3, 2);
  if (zone.size() != 5 || zone[2] != ':' || !hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::int64_t out = *hours * 3600 + *minutes * 60;
  return negative ? -out : out;
}

std::optional<std::int64_t> offset_at(std::string_view zone, std::int64_t seconds) {
  if (zone.empty() || zone == "UTC") return 0;
  if (const auto fixed = offset_of(zone)) return fixed;
  const std::unique_ptr<icu::TimeZone> found{
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8({zone.data(), static_cast<int>(zone.size())}))};
  if (!found || *found == icu::TimeZone::getUnknown()) return std::nullopt;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  found->getOffset(static_cast<double>(seconds) * 1000, false, raw, summer, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + summer) / 1000;
}

// Nanoseconds of ".5" and the like, from 1 to 9 places; advances `at`.
std::optional<std::int32_t> read_fraction(std::string_view text, std::size_t& at) {
  std::int32_t out = 0;
  std::int32_t unit = 100'000'000;
  const std::size_t begin = ++at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (at - begin >= 9) return std::nullopt;
    out += (text[at] - '0') * unit;
    unit /= 10;
  }
  return at == begin ? std::nullopt : std::optional{out};
}

struct unit {
  std::string_view name;
  std::int64_t nanos;
};
constexpr std::array<unit, 8> units{{{"ns", 1},
                                     {"us", 1'000},
                                     {"µs", 1'000},
                                     {"μs", 1'000},
                                     {"ms", 1'000'000},
                                     {"h", 3'600'000'000'000},
                                     {"m", 60'000'000'000},
                                     {"s", 1'000'000'000}}};

__extension__ using wide = __int128;
constexpr wide widest = wide{1} << 63U;

// One "1.5h" of a duration, in nanoseconds; advances `text`.
std::optional<wide> read_span(std::string_view& text) {
  constexpr std::size_t max_digits = 20;
  wide whole = 0;
  wide part = 0;
  wide part_unit = 1;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (at > max_digits) return std::nullopt;
    whole = whole * 10 + (text[at] - '0');
  }
  std::size_t seen = at;
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++seen) {
      if (part_unit >= 1'000'000'000'000) continue;  // below a nanosecond in every unit that matters
      part = part * 10 + (text[at] - '0');
      part_unit *= 10;
    }
  }
  if (seen == 0) return std::nullopt;
  text.remove_prefix(at);
  for (const unit& u : units) {
    if (!text.starts_with(u.name)) continue;
    text.remove_prefix(u.name.size());
    const wide nanos = whole * u.nanos + part * u.nanos / part_unit;
    return whole > widest || nanos > widest ? std::nullopt : std::optional{nanos};
  }
  return std::nullopt;
}

}  // namespace

// Howard Hinnant's reckoning: years begin in March, so that the leap day is their last.
std::int64_t days_since_1970(day d) {
  const std::int64_t year = d.month <= 2 ? d.year - 1 : d.year;
  const std::int64_t era = floor_div(year, 400);
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.of_month - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

day day_of(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = floor_div(days, 146'097);
  const std::int64_t of_era = days - era * 146'097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t march_month = (5 * of_year + 2) / 153;
  const int month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  return {year + era * 400 + (month <= 2 ? 1 : 0), month, static_cast<int>(of_year - (153 * march_month + 2) / 5 + 1)};
}

bool in_years(std::int64_t days) {
  return days >= first_second / seconds_per_day && days <= last_second / seconds_per_day;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto of_month = digits(text, 8, 2);
  if (text.size() != 10 || !year || !month || !of_month || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (*year < 1 || *month < 1 || *month > 12 || *of_month < 1 || *of_month > 31) return std::nullopt;
  const std::int64_t out = days_since_1970({*year, *month, *of_month});
  return day_of(out).of_month == *of_month ? std::optional{out} : std::nullopt;
}

std::string date_to_text(std::int64_t days) {
  const day d = day_of(days);
  return padded(d.year, 4) + "-" + padded(d.month, 2) + "-" + padded(d.of_month, 2);
}

std::optional<std::int64_t> parse_month(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  if (text.size() != 7 || !year || !month || text[4] != '-' || *year < 1 || *month < 1 || *month > 12) {
    return std::nullopt;
  }
  return std::int64_t{*year - 1970} * 12 + *month - 1;
}

std::string month_to_text(std::int64_t months) {
  const std::int64_t year = floor_div(months, 12);
  return padded(year + 1970, 4) + "-" + padded(months - year * 12 + 1, 2);
}

bool month_in_years(std::int64_t months) { return months >= (1 - 1970) * 12 && months <= (9999 - 1970) * 12 + 11; }

std::optional<instant> parse_timestamp(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto days = parse_date(text.substr(0, 10));
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!days || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  instant out{*days * seconds_per_day + *hour * 3600 + *minute * 60 + *second, 0};
  std::size_t at = 19;
  if (text[at] == '.') {
    const auto nanos = read_fraction(text, at);
    if (!nanos) return std::nullopt;
    out.nanos = *nanos;
  }
  const std::string_view zone = text.substr(at);
  if (zone != "Z") {
    const auto offset = zone.starts_with('+') || zone.starts_with('-') ? offset_of(zone) : std::nullopt;
    if (!offset) return std::nullopt;
    out.seconds -= *offset;
  }
  if (out.seconds < first_second || out.seconds > last_second) return std::nullopt;
  return out;
}

std::string timestamp_to_text(instant t) {
  const std::int64_t days = floor_div(t.seconds, seconds_per_day);
  const std::int64_t rest = t.seconds - days * seconds_per_day;
  return date_to_text(days) + "T" + padded(rest / 3600, 2) + ":" + padded(rest / 60 % 60, 2) + ":" +
         padded(rest % 60, 2) + fraction(t.nanos) + "Z";
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  bool negative = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  wide sum = 0;
  while (!text.empty()) {
    const auto span = read_span(text);
    if (!span) return std::nullopt;
    sum += *span;
    if (sum > widest) return std::nullopt;
  }
  if (negative) sum = -sum;
  if (sum >= widest) return std::nullopt;
  return static_cast<std::int64_t>(sum);
}

std::string duration_to_text(std::int64_t nanos) {
  const bool negative = nanos < 0;
  const std::uint64_t size = negative ? ~static_cast<std::uint64_t>(nanos) + 1 : static_cast<std::uint64_t>(nanos);
  constexpr std::uint64_t per_second = nanos_per_second;
  return (negative ? "-" : "") + std::to_string(size / per_second) +
         fraction(static_cast<std::int64_t>(size % per_second)) + "s";
}

std::optional<std::int64_t> get(field f, instant t, std::string_view zone) {
  const auto offset = offset_at(zone, t.seconds);
  if (!offset) return std::nullopt;
  const std::int64_t local = t.seconds + *offset;
  const std::int64_t days = floor_div(local, seconds_per_day);
  const std::int64_t rest = local - days * seconds_per_day;
  const day d = day_of(days);
  switch (f) {
    case field::full_year: return d.year;
    case field::month_from_0: return d.month - 1;
    case field::day_from_1: return d.of_month;
    case field::day_from_0: return d.of_month - 1;
    case field::day_of_year_from_0: return days - days_since_1970({d.year, 1, 1});
    case field::day_of_week: return ((days + 4) % 7 + 7) % 7;
    case field::hours: return rest / 3600;
    case field::minutes: return rest / 60 % 60;
    case field::seconds: return rest % 60;
    case field::milliseconds: return t.nanos / 1'000'000;
  }
  return std::nullopt;
}

}  // namespace zhuqi::dialogs::cel::civil
