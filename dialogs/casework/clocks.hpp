#pragma once
// The life of one clock: counted out at its start, stopped, held for a suspension, moved by an act that may, and rung
// in advance. Times are absolute; nothing here looks at the time of day.

#include "dialogs/casework/case_file.hpp"
#include "dialogs/casework/working_calendar.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::casework {

/// What an assistant's clock is kept under: the same department of two regions is two assistants.
inline std::string clock_key(const unit& u) { return u.department + "@" + u.region; }

counted_time add_limit(const working_calendar& calendar, unix_ms start, time_limit limit);

case_clock start_clock(clock_kind kind, std::string department, unix_ms now, time_limit limit,
                       const working_calendar& calendar);
case_clock stop_clock(case_clock clock, unix_ms now);
case_clock pause_clock(case_clock clock, unix_ms now);
/// What was left when it was paused is given again from now on, in working time (clock time for a clock of clock time).
case_clock resume_clock(case_clock clock, unix_ms now, const working_calendar& calendar);
/// Counts `more` on top of the present limits.
case_clock extend_clock(case_clock clock, time_limit more, unix_ms now, const working_calendar& calendar);
/// Counts `limit` from now, unless it was due earlier anyway.
case_clock hurry_clock(const case_clock& clock, time_limit limit, unix_ms now, const working_calendar& calendar);
/// Counts the same limits by another calendar.
case_clock recount_clock(case_clock clock, unix_ms now, const working_calendar& calendar);

/// A step of the ladder: who has to be told, and when. Warnings at 50 %, at 80 % and one working day (at most the
/// last tenth) before the due time go up from the handler to the section chief; the due time itself to the leader in
/// charge; one working day (at most half of the limit) after it, to the supervisor.
struct alarm_step {
  clock_kind clock = clock_kind::draft;
  std::string department;
  alarm_point point = alarm_point::due;
  rung to = rung::owner;
  unix_ms at;
  bool operator==(const alarm_step&) const = default;
};

/// The whole ladder of a clock, each step not before the one before it. Two clocks of equal base and due time have
/// equal ladders.
std::vector<alarm_step> ladder_of(const case_clock& clock, const working_calendar& calendar);

/// The next step that was not raised, over all running clocks; its time may lie in the past. Nothing when none is left.
std::optional<alarm_step> next_alarm(const case_file& of, const working_calendar& calendar);

/// Whom a running clock waits for.
struct wait {
  const case_clock* clock = nullptr;
  role owner = role::system;
  unit whose;  ///< department "" for an enterprise, the system, or all officials of that role in the region
};
std::vector<wait> waits_of(const case_file& of);

const case_clock* find_clock(const case_file& of, clock_kind kind, std::string_view department = {});
inline bool is_running(const case_clock* clock) { return clock != nullptr && clock->status == clock_status::running; }

}  // namespace zhuqi::dialogs::casework
