#pragma once
// Civil days and office hours out of an absolute time. Pure arithmetic: the offset is the set's, no time zone database.

#include "bot/base/ids.hpp"
#include "dialogs/shared_tables.hpp"

#include <optional>
#include <string>

namespace zhuqi::dialogs {

/// "2026-03-02" where the local clock is `offset_min` minutes ahead of UTC.
std::string day_of(unix_ms at, int offset_min);

/// True where no hours are known.
bool is_open(const office_hours& hours, unix_ms at);

/// When officials are there next, as a local day and time ("2026-03-02", "09:00"); now if they are. Nothing where no hours are
/// known, or none come within 60 days.
struct opening {
  std::string day;
  std::string time;
  std::int64_t days_ahead = 0;
  int weekday = 0;  ///< 0 = Monday
};
std::optional<opening> next_opening(const office_hours& hours, unix_ms at);
/// The same as an instant; `at` itself while it is open, or where nothing is known.
unix_ms opening_instant(const office_hours& hours, unix_ms at);

}  // namespace zhuqi::dialogs
