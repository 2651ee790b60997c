#pragma once
// Civil time without a clock: days, months, RFC 3339 timestamps and durations as text, and the fields of a timestamp in
// a time zone. The years run from 1 to 9999, as CEL has it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::cel::civil {

inline constexpr std::int64_t first_second = -62'135'596'800;  ///< 0001-01-01T00:00:00Z
inline constexpr std::int64_t last_second = 253'402'300'799;   ///< 9999-12-31T23:59:59Z
inline constexpr std::int64_t nanos_per_second = 1'000'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;

struct instant {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
};

struct day {
  std::int64_t year = 1970;
  int month = 1;  ///< from 1
  int of_month = 1;
};

std::int64_t days_since_1970(day d);
day day_of(std::int64_t days);
bool in_years(std::int64_t days);

/// "2024-03-01" to days since 1970; nullopt for what is no day.
std::optional<std::int64_t> parse_date(std::string_view text);
std::string date_to_text(std::int64_t days);
/// "2024-03" to months since January 1970.
std::optional<std::int64_t> parse_month(std::string_view text);
std::string month_to_text(std::int64_t months);
bool month_in_years(std::int64_t months);

/// RFC 3339; nullopt for malformed text and for years out of range.
std::optional<instant> parse_timestamp(std::string_view text);
std::string timestamp_to_text(instant t);

/// "1h30m", "-1.5s", "0"; units h m s ms us µs ns. In nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text);
/// In seconds: "5400s", "0.5s".
std::string duration_to_text(std::int64_t nanos);

enum class field : std::uint8_t {
  full_year,
  month_from_0,
  day_from_1,
  day_from_0,
  day_of_year_from_0,
  day_of_week,  ///< Sunday is 0
  hours,
  minutes,
  seconds,
  milliseconds,
};
/// `zone` is "", "Asia/Shanghai" or an offset such as "+08:00"; nullopt for an unknown zone.
std::optional<std::int64_t> get(field f, instant t, std::string_view zone);

}  // namespace zhuqi::dialogs::cel::civil
