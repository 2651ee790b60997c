#pragma once
// Spans of time in calendar units, and their ISO 8601 text.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::values {

enum class time_unit : std::uint8_t { year, month, week, day, hour, minute, second };

/// As said: 18个月 stays 18 months. 两年半 is 2 years and 6 months.
struct duration {
  std::array<std::int64_t, 7> parts{};  ///< by time_unit

  /// For bounds: a year counts 365 days, a month 30, hours none.
  std::int64_t days() const;
  bool is_zero() const;
};

std::string canonical(const duration& d);  ///< "P2Y6M", "PT30M"; none at all is "P0D"
std::optional<duration> duration_from_canonical(std::string_view text);

}  // namespace zhuqi::dialogs::values
