// Warnings before the breach, the ladder after it, and what a newly published notice does to due times.
#include "tests/unit/casework/desk.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;
using namespace zhuqi::dialogs::casework::testing;

namespace {

// As strings, so that a failing check shows the whole ladder.
std::vector<std::string> ladder(const case_clock& clock) {
  std::vector<std::string> out;
  for (const alarm_step& step : ladder_of(clock, city_calendar()))
    out.push_back(std::string{id_of(step.point)} + " " + std::string{id_of(step.to)} + " " + shown(step.at));
  return out;
}

case_clock a_clock(clock_kind kind, std::string_view start, time_limit limit) {
  return start_clock(kind, {}, at(start), limit, city_calendar());
}

act_fields of_clock(clock_kind kind) {
  act_fields f;
  f.clock = kind;
  return f;
}

}  // namespace

TEST_CASE("the ladder of ten working days: 50 %, 80 %, one working day before, due, one working day after") {
  CHECK(ladder(a_clock(clock_kind::resolution, "2026-03-02 09:00", working_days(10))) ==
        std::vector<std::string>{"half owner 2026-03-09 14:15", "most owner 2026-03-12 16:12",
                                 "before section_chief 2026-03-13 17:30", "due deputy_leader 2026-03-16 17:30",
                                 "overdue supervisor 2026-03-17 17:30"});
}

TEST_CASE("the ladder of a short limit stays inside of it, and half of it later the supervisor knows") {
  CHECK(ladder(a_clock(clock_kind::acceptance, "2026-03-06 16:30", working_minutes(120))) ==
        std::vector<std::string>{"half owner 2026-03-06 17:30", "most owner 2026-03-09 09:36",
                                 "before section_chief 2026-03-09 09:48", "due deputy_leader 2026-03-09 10:00",
                                 "overdue supervisor 2026-03-09 11:00"});
}

TEST_CASE("the ladder of the urgent track does not wait for the morning") {
  CHECK(ladder(a_clock(clock_kind::resolution, "2026-03-07 20:00", clock_minutes(120))) ==
        std::vector<std::string>{"half owner 2026-03-07 21:00", "most owner 2026-03-07 21:36",
                                 "before section_chief 2026-03-07 21:48", "due deputy_leader 2026-03-07 22:00",
                                 "overdue supervisor 2026-03-07 23:00"});
}

TEST_CASE("where nobody is to be warned, only the due time is told") {
  CHECK(ladder(a_clock(clock_kind::retention, "2026-03-02 09:00", working_days(1))) ==
        std::vector<std::string>{"due owner 2026-03-03 17:30"});
}

TEST_CASE("alarms come in order of time over all clocks, are raised once each, and end with the work") {
  life c;
  c.until_signed("2026-03-02 09:00");
  std::vector<std::string> told;
  for (int i = 0; i < 100; ++i) {
    const auto next = next_alarm(c.now, city_calendar());
    if (!next) break;
    const auto early = act(c.now, action::raise_alarm, of_clock(next->clock), machine, next->at + -1, city_book());
    if (next->at > c.now.changed) CHECK(early.has_error());
    c.does(action::raise_alarm, machine, shown(next->at + 59'999), of_clock(next->clock));
    told.push_back(std::string{id_of(next->clock)} + "/" + std::string{id_of(next->point)});
  }
  CHECK(told == std::vector<std::string>{"first_response/half", "first_response/most", "first_response/before",
                                         "first_response/due", "first_response/overdue", "unit/half", "resolution/half",
                                         "unit/most", "unit/before", "resolution/most", "unit/due", "resolution/before",
                                         "resolution/due", "unit/overdue", "resolution/overdue"});
  CHECK_FALSE(next_alarm(c.now, city_calendar()).has_value());
}

TEST_CASE("an extension does not repeat warnings that were given, and gives those that come again") {
  life c;
  c.until_signed("2026-03-02 09:00");
  c.does(action::contact, handler(industry), "2026-03-02 09:00", saying("已联系"));
  auto first = next_alarm(c.now, city_calendar());
  REQUIRE(first);
  CHECK(first->clock == clock_kind::unit);
  c.does(action::raise_alarm, machine, shown(first->at + 59'999), of_clock(first->clock));
  act_fields more = because("需上级批复");
  more.text = "顺延";
  more.days = 10;
  c.does(action::ask_extension, handler(industry), "2026-03-06 09:00", more);
  c.does(action::approve_extension, leader(industry), "2026-03-06 10:00");
  const auto next = next_alarm(c.now, city_calendar());
  REQUIRE(next);
  CHECK(next->at > at("2026-03-06 10:00"));
  CHECK(next->point == alarm_point::half);
  const case_clock* unit_clock = find_clock(c.now, clock_kind::unit);
  CHECK(unit_clock->alarms == 0);  // half of the longer time is still to come
  CHECK(ladder_of(*unit_clock, city_calendar())[0].at > at("2026-03-06 10:00"));
}

TEST_CASE("paused clocks do not ring") {
  life c;
  c.until_signed("2026-03-02 09:00");
  c.does(action::contact, handler(industry), "2026-03-02 09:00", saying("已联系"));
  act_fields f = because("缺合同");
  f.ground = suspend_ground::supplement;
  c.does(action::suspend, handler(industry), "2026-03-02 10:00", f);
  CHECK(next_alarm(c.now, city_calendar())->clock == clock_kind::supplement);
}

TEST_CASE("who is waited for follows the case") {
  life c;
  c.until_signed("2026-03-02 09:00");
  c.does(action::ask_assist, handler(industry), "2026-03-02 10:00", giving(other_city));
  std::vector<std::string> waiting;
  for (const wait& w : waits_of(c.now))
    waiting.push_back(std::string{id_of(w.clock->kind)} + " " + std::string{id_of(w.owner)} + " " + w.whose.department +
                      "@" + w.whose.region);
  CHECK(waiting == std::vector<std::string>{
                       "first_response handler industry_bureau@370600", "resolution handler industry_bureau@370600",
                       "unit handler industry_bureau@370600", "assist liaison industry_bureau@370200"});
}

TEST_CASE("a due time that crosses a year without a notice says so, and is counted anew once the notice is there") {
  life c{"2026-12-28 09:00"};
  c.until_signed("2026-12-28 09:00");
  CHECK(c.due(clock_kind::resolution) == "2027-01-06 17:30");
  CHECK(find_clock(c.now, clock_kind::resolution)->provisional_year == 2027);
  CHECK(find_clock(c.now, clock_kind::first_response)->provisional_year == 0);
  // Made up for this test; the real notice of 2027 was not published when it was written.
  auto notices = shipped_notices();
  notices.push_back({2027,
                     "test",
                     day_from_text("2026-12-30").value(),
                     "test",
                     {{"元旦", "New Year", day_from_text("2027-01-01").value(), day_from_text("2027-01-03").value()}},
                     {}});
  const auto later = working_calendar::make(usual_week("370600"), notices).value();
  const desk_book book{city_rules(), later};
  const auto recounted = act(c.now, action::recalculate, {}, machine, at("2026-12-30 12:00"), book);
  REQUIRE(recounted.has_value());
  const case_clock* clock = find_clock(recounted->after, clock_kind::resolution);
  CHECK(shown(clock->due) == "2027-01-07 17:30");  // 1 January fell out
  CHECK(clock->provisional_year == 0);
  CHECK(clock->calendar == later.version());
  CHECK(act(recounted->after, action::recalculate, {}, machine, at("2026-12-30 12:00"), book).error().rule ==
        refusal_rule::nothing_changed);
}
