#pragma once
// When offices work: the region's hours, the State Council's notices, and what the region closed or shortened itself.
// Pure arithmetic over instants; the time zone is the region's fixed offset.
//
// The rules of counting are those of the Civil Code: a period in days begins the day after (art. 201) and ends at the
// closing hour of its last working day (art. 203).

#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"
#include "dialogs/casework/holiday_notice.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi::dialogs::casework {

/// Open from `from_min` until `to_min`, minutes after local midnight; the end is not open any more.
struct open_span {
  int from_min = 0;
  int to_min = 0;
  bool operator==(const open_span&) const = default;
};

/// A day on which the region differs: closed (no hours, e.g. a typhoon) or with hours of its own (e.g. a half day).
struct local_day {
  std::vector<open_span> hours;
  std::string reason;
  bool operator==(const local_day&) const = default;
};

struct office_week {
  std::string region;
  std::string version;  ///< of these hours, as the region counts them
  int utc_offset_min = 8 * 60;
  std::array<std::vector<open_span>, 7> days;  ///< [0] = Monday; a worked weekend day has Monday's hours
  std::map<civil_day, local_day> local;        ///< beats everything else
};

/// 09:00–12:00 and 14:00–17:30 from Monday to Friday at UTC+8.
office_week usual_week(std::string region);

/// An instant that was counted out. It is provisional if the way to it crossed a year whose notice was not known:
/// such a year counts by the plain week, and the instant must be counted again once the notice is published.
struct counted_time {
  unix_ms at;
  int provisional_year = 0;  ///< the first year without a notice; 0 = none
  bool operator==(const counted_time&) const = default;
};

struct counted_work {
  std::int64_t ms = 0;
  int provisional_year = 0;
  std::int64_t minutes() const { return ms / 60'000; }
};

enum class day_kind : std::uint8_t { workday, day_off, holiday, worked_weekend, local };

struct day_facts {
  day_kind kind = day_kind::workday;
  std::string name;     ///< of the holiday or the local reason
  std::string name_en;  ///< of the holiday
  const std::vector<open_span>* hours = nullptr;
  bool provisional = false;  ///< no notice is known for this year
};

/// Instants before 1970 and after 2199 are taken as the nearest end of that time.
class working_calendar {
 public:
  /// errc::malformed for hours that overlap, leave the day or are not in order, an offset beyond ±14 h, a week of
  /// less than an hour, or two notices for one year.
  static result<working_calendar> make(office_week week, std::vector<holiday_notice> notices);

  /// Names the hours and each notice with its day of issue; equal versions count alike.
  const std::string& version() const { return version_; }
  bool knows(int year) const { return notices_.contains(year); }

  civil_day local_day_of(unix_ms at) const;
  day_facts facts_of(civil_day day) const;
  bool is_open(unix_ms at) const;
  /// `at` itself if offices work then; nothing where none opens within a year.
  std::optional<counted_time> next_opening(unix_ms at) const;

  /// The earliest instant at which `ms` of working time have passed since `start`; `start` itself for 0. Amounts are
  /// cut at max_work_ms.
  counted_time add_work(unix_ms start, std::int64_t ms) const;
  counted_time add_minutes(unix_ms start, std::int64_t minutes) const;
  /// The closing hour of the n-th working day after the day of `start`; for 0 of that day itself if it still comes,
  /// else of the next working day. Amounts are cut at max_days.
  counted_time add_days(unix_ms start, std::int64_t n) const;

  /// Working time between two instants; 0 where `to` is not later.
  counted_work work_between(unix_ms from, unix_ms to) const;
  /// Working time of a plain Monday, or of the first day of the week that has any: what "one working day before" means.
  std::int64_t usual_day_ms() const;
  /// Working days after the day of `from`, up to and with the day of `to`.
  std::int64_t days_between(unix_ms from, unix_ms to) const;

  static constexpr std::int64_t max_work_ms = 100'000LL * 60'000;  ///< about a year of working time
  static constexpr std::int64_t max_days = 1'000;

 private:
  struct mark {
    day_kind kind;
    std::string name, name_en;
  };

  working_calendar() = default;
  unix_ms instant(civil_day day, int minute) const;
  const std::vector<open_span>& hours_of(civil_day day) const;
  void note_year(civil_day day, int& provisional_year) const;

  office_week week_;
  std::map<int, civil_day> notices_;  ///< year → day of issue
  std::map<civil_day, mark> marks_;
  std::string version_;
};

}  // namespace zhuqi::dialogs::casework
