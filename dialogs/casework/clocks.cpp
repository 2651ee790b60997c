// Clocks are values: each function takes one and gives the next.
#include "dialogs/casework/clocks.hpp"

#include "dialogs/casework/state_table.hpp"

#include <algorithm>

namespace zhuqi::dialogs::casework {
namespace {

constexpr std::int64_t longest_clock_ms = 10LL * 366 * 24 * 3'600'000;  ///< keeps sums far from overflow

void count(case_clock& clock, const working_calendar& calendar) {
  clock.due = clock.base;
  clock.provisional_year = 0;
  for (const time_limit& limit : clock.limits) {
    const counted_time next = add_limit(calendar, clock.due, limit);
    clock.due = next.at;
    if (clock.provisional_year == 0) clock.provisional_year = next.provisional_year;
  }
  clock.calendar = calendar.version();
}

bool by_clock_time(const case_clock& clock) {
  return std::all_of(clock.limits.begin(), clock.limits.end(),
                     [](const time_limit& limit) { return limit.unit == limit_unit::clock_ms; });
}

// Steps that a moved due time puts into the past were told, or are told by the next one.
void skip_past_alarms(case_clock& clock, unix_ms now, const working_calendar& calendar) {
  const auto ladder = ladder_of(clock, calendar);
  clock.alarms = static_cast<int>(
      std::count_if(ladder.begin(), ladder.end(), [&](const alarm_step& step) { return step.at <= now; }));
}

}  // namespace

counted_time add_limit(const working_calendar& calendar, unix_ms start, time_limit limit) {
  switch (limit.unit) {
    case limit_unit::working_ms: return calendar.add_work(start, limit.amount);
    case limit_unit::working_days: return calendar.add_days(start, limit.amount);
    case limit_unit::clock_ms: return {start + std::clamp<std::int64_t>(limit.amount, 0, longest_clock_ms), 0};
  }
  return {start, 0};
}

case_clock start_clock(clock_kind kind, std::string department, unix_ms now, time_limit limit,
                       const working_calendar& calendar) {
  case_clock clock{kind, std::move(department), clock_status::running, now, now, {limit}, now, {}, 0, {}, 0};
  count(clock, calendar);
  return clock;
}

case_clock stop_clock(case_clock clock, unix_ms now) {
  clock.status = clock_status::stopped;
  clock.ended = now;
  return clock;
}

case_clock pause_clock(case_clock clock, unix_ms now) {
  clock.status = clock_status::paused;
  clock.ended = now;
  return clock;
}

case_clock resume_clock(case_clock clock, unix_ms now, const working_calendar& calendar) {
  const unix_ms paused = clock.ended;
  clock.status = clock_status::running;
  clock.ended = {};
  const unix_ms before = clock.due;
  if (before <= paused) return clock;  // overdue before: stays so
  const time_limit left = by_clock_time(clock)
                              ? time_limit{clock.due - paused, limit_unit::clock_ms}
                              : time_limit{calendar.work_between(paused, clock.due).ms, limit_unit::working_ms};
  clock.base = now;
  clock.limits = {left};
  count(clock, calendar);
  clock.due = std::max({clock.due, now, before});  // another calendar than at the start must not take time away
  skip_past_alarms(clock, now, calendar);
  return clock;
}

case_clock extend_clock(case_clock clock, time_limit more, unix_ms now, const working_calendar& calendar) {
  clock.limits.push_back(more);
  count(clock, calendar);
  skip_past_alarms(clock, now, calendar);
  return clock;
}

case_clock hurry_clock(const case_clock& clock, time_limit limit, unix_ms now, const working_calendar& calendar) {
  case_clock hurried = clock;
  hurried.base = now;
  hurried.limits = {limit};
  count(hurried, calendar);
  if (hurried.due >= clock.due) return clock;
  hurried.alarms = 0;
  return hurried;
}

case_clock recount_clock(case_clock clock, unix_ms now, const working_calendar& calendar) {
  count(clock, calendar);
  skip_past_alarms(clock, now, calendar);
  return clock;
}

std::vector<alarm_step> ladder_of(const case_clock& clock, const working_calendar& calendar) {
  const auto step = [&](alarm_point point, rung to, unix_ms at) {
    return alarm_step{clock.kind, clock.department, point, to, at};
  };
  if (!rule_of(clock.kind).ladder) return {step(alarm_point::due, rung::owner, clock.due)};
  const bool plain = by_clock_time(clock);
  const std::int64_t total = plain ? clock.due - clock.base : calendar.work_between(clock.base, clock.due).ms;
  const std::int64_t day = plain ? 24 * 3'600'000LL : calendar.usual_day_ms();
  const auto after = [&](unix_ms from, std::int64_t ms) { return plain ? from + ms : calendar.add_work(from, ms).at; };
  std::vector<alarm_step> out{
      step(alarm_point::half, rung::owner, after(clock.base, total / 2)),
      step(alarm_point::most, rung::owner, after(clock.base, total / 5 * 4)),
      step(alarm_point::before, rung::section_chief, after(clock.base, std::max(total - day, total / 10 * 9))),
      step(alarm_point::due, rung::deputy_leader, clock.due),
      step(alarm_point::overdue, rung::supervisor, after(clock.due, std::min(day, total / 2))),
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i < 3) out[i].at = std::min(out[i].at, clock.due);
    if (i > 0) out[i].at = std::max(out[i].at, out[i - 1].at);
  }
  return out;
}

std::optional<alarm_step> next_alarm(const case_file& of, const working_calendar& calendar) {
  std::optional<alarm_step> first;
  for (const case_clock& clock : of.clocks) {
    if (clock.status != clock_status::running) continue;
    const auto ladder = ladder_of(clock, calendar);
    const auto raised = static_cast<std::size_t>(clock.alarms);
    if (raised < ladder.size() && (!first || ladder[raised].at < first->at)) first = ladder[raised];
  }
  return first;
}

std::vector<wait> waits_of(const case_file& of) {
  std::vector<wait> out;
  for (const case_clock& clock : of.clocks) {
    if (clock.status != clock_status::running) continue;
    const clock_rule& rule = rule_of(clock.kind);
    wait w{&clock, rule.owner, {}};
    if (rule.where == seat::origin_region) w.whose = {"", of.what.region};
    if (rule.where == seat::lead_department) w.whose = of.lead;
    if (rule.where == seat::assist_department) {
      const auto asked = std::find_if(of.assists.begin(), of.assists.end(), [&](const assist& a) {
        return a.status == assist_status::asked && clock_key(a.from) == clock.department;
      });
      if (asked != of.assists.end()) w.whose = asked->from;
    }
    out.push_back(w);
  }
  return out;
}

const case_clock* find_clock(const case_file& of, clock_kind kind, std::string_view department) {
  const auto found = std::find_if(of.clocks.begin(), of.clocks.end(), [&](const case_clock& clock) {
    return clock.kind == kind && clock.department == department;
  });
  return found == of.clocks.end() ? nullptr : &*found;
}

}  // namespace zhuqi::dialogs::casework
