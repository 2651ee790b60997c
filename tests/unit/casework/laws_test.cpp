// Laws that hold in every life of a case, whatever people try.
#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/state_table.hpp"
#include "tests/unit/casework/random_life.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;
using namespace zhuqi::dialogs::casework::testing;
using zhuqi::dialogs::lang;

namespace {

constexpr int acts_in_a_life = 120;

// A broken law, in words; nothing while all hold.
using broken = std::optional<std::string>;

bool moves_due(action what) {
  return enum_set<action>{action::approve_extension, action::supplement, action::resume, action::expedite,
                          action::recalculate}
      .has(what);
}

broken clock_laws(const case_file& c) {
  std::set<std::pair<clock_kind, std::string>> seen;
  for (const case_clock& clock : c.clocks) {
    if (!seen.emplace(clock.kind, clock.department).second) return "two clocks of one kind";
    const bool running = clock.status == clock_status::running;
    if (running != (clock.ended.value == 0)) return "an end for a running clock, or none for another";
    if (!running && clock.ended < clock.started) return "ended before it started";
    if (clock.due < clock.base || clock.base < clock.started) return "due before it began";
    if (clock.limits.empty()) return "a clock without a limit";
    if (clock.status == clock_status::paused && c.state != case_state::suspended)
      return "paused outside of a suspension";
    if (running && clock.kind != clock_kind::assist && !clock.department.empty())
      return "a department on a clock of the lead";
  }
  return {};
}

broken waiting_laws(const case_file& c) {
  const state_rule& state = rule_of(c.state);
  for (const state_rule& s : state_rules()) {
    if (s.clock && is_running(find_clock(c, *s.clock)) != (s.state == c.state))
      return "the clock of a state runs outside of it";
  }
  const auto waits = waits_of(c);
  if (state.final) return waits.empty() ? broken{} : broken{"something waits after the end"};
  if (waits.empty()) return "nothing is waited for";
  const bool work = is_running(find_clock(c, clock_kind::resolution)) || is_running(find_clock(c, clock_kind::rectify));
  if (c.state == case_state::in_progress && !work) return "work without a clock";
  for (const wait& w : waits) {
    const bool needs_unit = rule_of(w.clock->kind).where == seat::lead_department ||
                            rule_of(w.clock->kind).where == seat::assist_department;
    if (needs_unit && (w.whose.department.empty() || w.whose.region.empty())) return "a wait without an owner";
  }
  return {};
}

broken owner_laws(const case_file& c) {
  if (c.lead.department.empty() || c.lead.region.empty()) return "nobody leads";
  if (c.chain.empty() || c.chain.back().holder != c.lead) return "the chain ends elsewhere than with the lead";
  std::set<std::string> assisting;
  for (const assist& a : c.assists) {
    if (a.status != assist_status::asked) continue;
    if (a.from == c.lead) return "the lead assists itself";
    if (!assisting.insert(clock_key(a.from)).second) return "one unit assists twice";
    if (!is_running(find_clock(c, clock_kind::assist, clock_key(a.from)))) return "an assistance without a clock";
  }
  for (const case_clock& clock : c.clocks) {
    const bool runs = clock.kind == clock_kind::assist && clock.status == clock_status::running;
    if (runs && !assisting.contains(clock.department)) return "a clock of an assistance that is over";
  }
  return {};
}

broken count_laws(const case_file& c) {
  const case_rules& rules = city_rules();
  if (c.returns > rules.returns) return "returned too often";
  if (c.extensions > rules.extensions) return "extended too often";
  if (static_cast<int>(c.assists.size()) > rules.assists) return "too many assistants";
  if (c.level > 3) return "above the top";
  if (c.supplements > 1) return "papers asked for twice";
  if (c.extension && c.state != case_state::in_progress) return "an extension waits outside of the work";
  if (c.extension.has_value() != is_running(find_clock(c, clock_kind::extension)))
    return "an extension without its clock";
  if (c.ground.has_value() != (c.state == case_state::suspended)) return "a ground outside of a suspension";
  const bool over = c.state == case_state::closed || c.state == case_state::archived;
  if (over && c.outcome == outcome::none) return "an end without an outcome";
  return {};
}

broken step_laws(const case_file& before, const case_file& after, const case_event& e) {
  const action what = e.what;
  for (const case_clock& old : before.clocks) {
    const case_clock* now = find_clock(after, old.kind, old.department);
    if (now == nullptr) return "a clock vanished";
    const bool anew = std::any_of(e.clocks.begin(), e.clocks.end(), [&](const clock_change& change) {
      return change.op == clock_op::started && change.clock.kind == old.kind &&
             change.clock.department == old.department;
    });
    if (anew) continue;
    if (old.status == clock_status::stopped && *now != old) return "a stopped clock changed";
    if (now->due != old.due && !moves_due(what)) return "a due time moved without an act that may";
    const bool sooner = what == action::expedite || what == action::recalculate;
    if (now->due < old.due && !sooner) return "a due time moved to an earlier time";
    if (what == action::expedite && now->due > old.due) return "the urgent track made it later";
  }
  if (after.chain.size() < before.chain.size() ||
      !std::equal(before.chain.begin(), before.chain.end(), after.chain.begin()))
    return "the chain was rewritten";
  return {};
}

broken alarm_laws(const case_file& c) {
  for (const case_clock& clock : c.clocks) {
    const auto ladder = ladder_of(clock, city_calendar());
    const bool sorted =
        std::is_sorted(ladder.begin(), ladder.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    if (!sorted) return "a ladder out of order";
    for (const alarm_step& step : ladder) {
      if ((step.point < alarm_point::due) && step.at > clock.due) return "a warning after the due time";
      if (step.point == alarm_point::due && step.at != clock.due) return "due at another time";
    }
    if (clock.alarms > static_cast<int>(ladder.size())) return "more alarms than steps";
  }
  return {};
}

broken stored_laws(const case_file& c, const case_event& e) {
  const std::string bytes = serialize(c);
  const auto back = case_from_json(bytes);
  if (!back || *back != c || serialize(*back) != bytes) return "a case does not survive storage";
  const auto event = event_from_json(serialize(e));
  if (!event || *event != e) return "an event does not survive storage";
  return {};
}

// A region that closes for two days in spring and counts every deadline anew.
const working_calendar& typhoon_calendar() {
  static const working_calendar calendar = [] {
    office_week week = usual_week("370600");
    week.version = "typhoon";
    for (const char* day : {"2026-01-14", "2026-02-25", "2026-03-12"})
      week.local[day_from_text(day).value()] = {{}, "台风停工"};
    return working_calendar::make(week, shipped_notices()).value();
  }();
  return calendar;
}

// One life; every law after every act.
broken live(std::uint32_t seed, std::set<action>& done, std::set<refusal_rule>& refused, std::set<case_state>& been) {
  random_life random{seed};
  const auto opened = open_case(random.an_opening(), firm, at("2026-01-05 09:00"), city_book());
  if (!opened) return "not opened";
  case_file c = opened->after;
  std::vector<case_event> events = opened->events;
  int after_the_end = 0;
  const int typhoon = random.below(2 * acts_in_a_life);  // from this act on, another calendar
  for (int i = 0; i < acts_in_a_life && after_the_end < 5; ++i) {
    after_the_end += c.state == case_state::archived ? 1 : 0;
    const attempt a = random.next(c);
    const desk_book book{city_rules(), i < typhoon ? city_calendar() : typhoon_calendar()};
    const auto result = act(c, a.what, a.fields, a.by, a.when, book);
    if (!result) {
      refused.insert(result.error().rule);
      if (sentence(result.error(), lang::zh_cn).find('{') != std::string::npos) return "a sentence with a hole";
      continue;
    }
    done.insert(a.what);
    been.insert(result->after.state);
    const case_event& e = result->events.back();
    if (e.at < c.changed || e.seq != c.seq + 1) return "events out of order";
    for (const auto& law : {clock_laws(result->after), waiting_laws(result->after), owner_laws(result->after),
                            count_laws(result->after), step_laws(c, result->after, e), alarm_laws(result->after),
                            i % 10 == 0 ? stored_laws(result->after, e) : broken{}}) {
      if (law) return *law + " (" + std::string{id_of(a.what)} + ")";
    }
    events.insert(events.end(), result->events.begin(), result->events.end());
    c = result->after;
  }
  const auto replayed = replay(events);
  if (!replayed || *replayed != c) return "the events do not add up to the case";
  return {};
}

}  // namespace

TEST_CASE("law: whatever people try, no case loses its owner, its clocks or its history") {
  const bool held = rc::check([] {
    std::set<action> done;
    std::set<refusal_rule> refused;
    std::set<case_state> been;
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    const broken law = live(seed, done, refused, been);
    RC_LOG() << "seed " << seed << ": " << law.value_or("");
    RC_ASSERT(!law);
  });
  REQUIRE(held);
}

TEST_CASE("random lives get everywhere: each act is done, each state reached, each refusal met") {
  std::set<action> done{action::open};
  std::set<refusal_rule> refused;
  std::set<case_state> been{case_state::draft};
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    const broken law = live(seed, done, refused, been);
    CAPTURE(seed);
    CHECK(law.value_or("") == "");
  }
  // Random people write no novels and name no more than four units.
  const std::set<refusal_rule> elsewhere{refusal_rule::text_too_long, refusal_rule::assist_limit};
  for (int i = 0; i < count_of<action>(); ++i) {
    CAPTURE(id_of(static_cast<action>(i)));
    CHECK(done.contains(static_cast<action>(i)));
  }
  for (int i = 0; i < count_of<case_state>(); ++i) {
    CAPTURE(id_of(static_cast<case_state>(i)));
    CHECK(been.contains(static_cast<case_state>(i)));
  }
  for (int i = 0; i < refusal_rules; ++i) {
    const auto rule = static_cast<refusal_rule>(i);
    CAPTURE(id_of(rule));
    CHECK((refused.contains(rule) || elsewhere.contains(rule)));
  }
}

TEST_CASE("replay refuses events that do not follow each other") {
  life c;
  c.until_answered("2026-03-02 10:00");
  REQUIRE(replay(c.events).value() == c.now);
  auto gap = c.events;
  gap.erase(gap.begin() + 2);
  CHECK(replay(gap).has_error());
  auto swapped = c.events;
  std::swap(swapped[2], swapped[3]);
  CHECK(replay(swapped).has_error());
  auto twice = c.events;
  twice.insert(twice.begin(), twice.front());
  CHECK(replay(twice).has_error());
  auto back = c.events;
  back[3].at = at("2026-03-01 10:00");
  CHECK(replay(back).has_error());
  CHECK(replay({}).has_error());
  CHECK(replay(std::span{c.events}.subspan(1)).has_error());
}
