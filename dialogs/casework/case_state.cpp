// An act becomes one event: where the state goes, and what happens to each clock, counted out now so that replay
// needs neither calendar nor rules.
#include "dialogs/casework/case_state.hpp"

#include "dialogs/casework/case_checks.hpp"
#include "dialogs/casework/clocks.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::casework {
namespace {

constexpr std::array work_clocks{clock_kind::resolution, clock_kind::unit, clock_kind::rectify};

bool is_work_clock(clock_kind kind) {
  return std::find(work_clocks.begin(), work_clocks.end(), kind) != work_clocks.end();
}

case_state next_state(const case_file& c, action what, const act_fields& f, const case_rules& rules) {
  const action_rule& rule = rule_of(what);
  if (what == action::rate) {
    if (opens_round(c, f, rules)) return case_state::in_progress;
    return is_bad(*f.grade) ? c.state : case_state::closed;
  }
  if (rule.to.empty()) return c.state;
  for (const state_rule& to : state_rules()) {
    if (rule.to.has(to.state)) return to.state;
  }
  return c.state;
}

/// Collects what an act does to the clocks; a clock that was changed twice is written once, as it is at last.
class clock_work {
 public:
  clock_work(const case_file& c, unix_ms now, const desk_book& book) : case_{c}, now_{now}, book_{book} {}

  void start(clock_kind kind, std::string department, time_limit limit) {
    put(clock_op::started, start_clock(kind, std::move(department), now_, limit, book_.calendar));
  }
  void start_as_usual(clock_kind kind, const case_file& as) { start(kind, {}, limit_for(book_.rules, kind, as)); }
  void stop(clock_kind kind, std::string_view department = {}) {
    const case_clock* clock = find_clock(case_, kind, department);
    if (clock != nullptr && clock->status != clock_status::stopped) put(clock_op::stopped, stop_clock(*clock, now_));
  }
  template <class Change>
  void change_running(clock_op op, const Change& change) {
    for (const case_clock& clock : case_.clocks) {
      if (clock.status != clock_status::running) continue;
      const case_clock after = change(clock);
      if (after != clock) put(op, after);
    }
  }
  void stop_all() {
    for (const case_clock& clock : case_.clocks) stop(clock.kind, clock.department);
  }
  void hold() {
    change_running(clock_op::paused, [&](const case_clock& clock) {
      return rule_of(clock.kind).pausable ? pause_clock(clock, now_) : clock;
    });
  }
  void go_on() {
    for (const case_clock& clock : case_.clocks) {
      if (clock.status == clock_status::paused) put(clock_op::resumed, resume_clock(clock, now_, book_.calendar));
    }
  }
  std::vector<clock_change> take() { return std::move(changes_); }

 private:
  void put(clock_op op, case_clock clock) {
    const auto same = std::find_if(changes_.begin(), changes_.end(), [&](const clock_change& old) {
      return old.clock.kind == clock.kind && old.clock.department == clock.department;
    });
    if (same == changes_.end()) {
      changes_.push_back({op, std::move(clock)});
    } else {
      *same = {op, std::move(clock)};
    }
  }

  const case_file& case_;
  unix_ms now_;
  const desk_book& book_;
  std::vector<clock_change> changes_;
};

// Clocks that end and begin with the state itself.
void cross(clock_work& clocks, const case_file& c, const case_file& as, const case_event& e) {
  if (e.from == e.to) return;
  const state_rule& left = rule_of(e.from);
  const state_rule& entered = rule_of(e.to);
  if (entered.ends_work) clocks.stop_all();
  if (left.clock && c.seq > 0) clocks.stop(*left.clock);
  if (e.from == case_state::in_progress) clocks.stop(clock_kind::extension);
  if (e.to == case_state::suspended) clocks.hold();
  if (e.from == case_state::suspended && !entered.ends_work) clocks.go_on();
  if (!entered.clock) return;
  if (e.fields.until && (e.to == case_state::suspended || e.to == case_state::parked)) {
    clocks.start(*entered.clock, {}, {e.fields.until - e.at, limit_unit::clock_ms});
  } else {
    clocks.start_as_usual(*entered.clock, as);
  }
}

// Clocks of the act itself that the table cannot name.
void special(clock_work& clocks, const case_file& c, const case_file& as, const case_event& e, const desk_book& book) {
  const act_fields& f = e.fields;
  switch (e.what) {
    case action::ask_assist: return clocks.start(clock_kind::assist, clock_key(f.to), assist_limit(c, f, e.at, book));
    case action::answer_assist: return clocks.stop(clock_kind::assist, clock_key({e.by.department, e.by.region}));
    case action::release_assist:
    case action::dispatch:
    case action::uphold_return:
    case action::transfer: return clocks.stop(clock_kind::assist, clock_key(f.to));
    case action::approve_extension:
      return clocks.change_running(clock_op::moved, [&](const case_clock& clock) {
        return is_work_clock(clock.kind) ? extend_clock(clock, working_days(c.extension->days), e.at, book.calendar)
                                         : clock;
      });
    case action::expedite:
      return clocks.change_running(clock_op::moved, [&](const case_clock& clock) {
        return hurry_clock(clock, limit_for(book.rules, clock.kind, as), e.at, book.calendar);
      });
    case action::recalculate:
      return clocks.change_running(clock_op::moved,
                                   [&](const case_clock& clock) { return recount_clock(clock, e.at, book.calendar); });
    case action::raise_alarm: {
      const auto next = next_alarm(c, book.calendar);
      return clocks.change_running(clock_op::alarmed, [&](const case_clock& clock) {
        case_clock after = clock;
        if (clock.kind == next->clock && clock.department == next->department) ++after.alarms;
        return after;
      });
    }
    case action::rate:
      if (e.from != e.to && e.to == case_state::in_progress) clocks.start_as_usual(clock_kind::rectify, as);
      return;
    default: return;
  }
}

case_event event_of(const case_file& c, action what, const act_fields& fields, const actor& by, unix_ms now,
                    const desk_book& book) {
  case_event e;
  e.seq = c.seq + 1;
  e.at = now;
  e.what = what;
  e.by = by;
  e.fields = fields;
  e.from = c.state;
  e.to = next_state(c, what, fields, book.rules);
  e.rules = book.rules.version;
  return e;
}

changes finish(const case_file& c, case_event e, const desk_book& book) {
  // Limits depend on what the act itself says of the case (the track, the difficulty).
  const auto as = apply(c, e);
  ZHUQI_ASSERT(as.has_value());
  clock_work clocks{c, e.at, book};
  const action_rule& rule = rule_of(e.what);
  if (e.what == action::open) {
    clocks.start_as_usual(clock_kind::draft, *as);
  } else {
    cross(clocks, c, *as, e);
    for (const clock_rule& clock : clock_rules()) {
      if (rule.stops.has(clock.kind)) clocks.stop(clock.kind);
      if (rule.starts.has(clock.kind)) clocks.start_as_usual(clock.kind, *as);
    }
    special(clocks, c, *as, e, book);
  }
  e.clocks = clocks.take();
  auto after = apply(c, e);
  ZHUQI_ASSERT(after.has_value());
  return {std::move(*after), {std::move(e)}};
}

}  // namespace

std::optional<refusal> refusal_of(const case_file& c, action what, const act_fields& fields, const actor& by,
                                  unix_ms now, const desk_book& book) {
  now = std::max(now, c.changed);
  if (auto no = check_actor(c, what, by)) return no;
  if (auto no = check_fields(what, fields, now)) return no;
  return check_conditions(c, what, fields, by, now, book);
}

act_result open_case(const opening& what, const actor& by, unix_ms now, const desk_book& book) {
  case_file none;
  none.what = what;
  none.lead = what.intake;
  const auto& filers = rule_of(action::open).by;
  const auto may = [&](const grant& g) { return g.who == by.as && sits(by, g.where, none); };
  const std::vector<std::string> intake{what.intake.department, what.intake.region};
  if (std::none_of(filers.begin(), filers.end(), may)) return refusal{refusal_rule::wrong_seat, intake, intake};
  if (what.number.empty() || what.enterprise.empty() || !is_region(what.region) || !names_a_unit(what.intake))
    return refusal{refusal_rule::bad_unit, intake, intake};
  for (const std::string* text :
       {&what.number, &what.enterprise, &what.matter, &what.summary, &what.intake.department}) {
    if (!fits_a_field(*text)) return refuse(refusal_rule::text_too_long, static_cast<std::int64_t>(field_bytes));
  }
  case_event e = event_of(case_file{}, action::open, {}, by, now, book);
  e.to = case_state::draft;
  e.opened = what;
  return finish(case_file{}, std::move(e), book);
}

act_result act(const case_file& c, action what, const act_fields& fields, const actor& by, unix_ms now,
               const desk_book& book) {
  if (auto no = refusal_of(c, what, fields, by, now, book)) return std::move(*no);
  return finish(c, event_of(c, what, fields, by, std::max(now, c.changed), book), book);
}

std::vector<action> possible_acts(const case_file& c, const actor& by) {
  std::vector<action> out;
  for (const action_rule& rule : action_rules()) {
    if (!check_actor(c, rule.what, by)) out.push_back(rule.what);
  }
  return out;
}

}  // namespace zhuqi::dialogs::casework
