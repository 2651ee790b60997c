// Working time in China: the notices day by day, counting over worked weekends (调休), and the laws of counting.
#include "dialogs/casework/working_calendar.hpp"

#include "tests/unit/casework/desk.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;
using namespace zhuqi::dialogs::casework::testing;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

civil_day day(std::string_view text) { return day_from_text(text).value(); }

std::vector<std::string> days_of_kind(int year, day_kind kind) {
  std::vector<std::string> out;
  const civil_day end = day(std::to_string(year) + "-12-31");
  for (civil_day d = day(std::to_string(year) + "-01-01"); d <= end; d += std::chrono::days{1}) {
    if (city_calendar().facts_of(d).kind == kind) out.push_back(day_text(d));
  }
  return out;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  REQUIRE(text.find(what) != std::string::npos);
  return text.replace(text.find(what), what.size(), with);
}

constexpr auto notice_text = R"({"year":2031,"number":"n","issued":"2030-11-01","source":"s",
  "holidays":[{"name":"元旦","en":"New Year","first":"2030-12-31","last":"2031-01-02"}],"worked":["2031-01-04"]})";

// An instant of 2025 or 2026, often on the edge of an interval.
unix_ms some_instant() {
  const auto d = day("2025-01-01") + std::chrono::days{*rc::gen::inRange(0, 600)};
  const int edge[] = {0, 539, 540, 541, 719, 720, 721, 839, 840, 1049, 1050, 1051, 1439};
  const int minute = *rc::gen::inRange(0, 2) == 0 ? edge[*rc::gen::inRange(0, 13)] : *rc::gen::inRange(0, 1440);
  const std::int64_t ms = *rc::gen::inRange(0, 3) == 0 ? *rc::gen::inRange(0, 60'000) : 0;
  return {d.time_since_epoch().count() * 86'400'000LL + (minute - 480) * 60'000LL + ms};
}

std::int64_t some_work() {
  const std::int64_t amount = *rc::gen::inRange(0, 30'000);
  switch (*rc::gen::inRange(0, 3)) {
    case 0: return amount;                // milliseconds
    case 1: return amount / 30 * 60'000;  // up to 1,000 minutes
    default: return amount / 500 * 390 * 60'000;
  }
}

}  // namespace

TEST_CASE("the notices of 2025 and 2026, day by day") {
  REQUIRE(shipped_notices().size() == 2);
  CHECK(shipped_notices()[0].number == "国办发明电〔2024〕12号");
  CHECK(shipped_notices()[1].number == "国办发明电〔2025〕7号");
  CHECK(days_of_kind(2025, day_kind::worked_weekend) ==
        std::vector<std::string>{"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"});
  CHECK(days_of_kind(2026, day_kind::worked_weekend) ==
        std::vector<std::string>{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"});
  CHECK(days_of_kind(2025, day_kind::holiday).size() == 1 + 8 + 3 + 5 + 3 + 8);
  CHECK(days_of_kind(2026, day_kind::holiday).size() == 3 + 9 + 3 + 5 + 3 + 3 + 7);
  CHECK(city_calendar().facts_of(day("2025-01-28")).name == "春节");
  CHECK(city_calendar().facts_of(day("2026-09-25")).name_en == "Mid-Autumn Festival");
}

TEST_CASE("a year has as many working days as its notice leaves") {
  // The State Council's own count: 248 in 2025 and 248 in 2026 (365 - 104 weekend days - 13 legal holidays).
  for (const int year : {2025, 2026}) {
    const auto work =
        days_of_kind(year, day_kind::workday).size() + days_of_kind(year, day_kind::worked_weekend).size();
    CHECK(work == 248);
  }
}

TEST_CASE("the opening hours of the shipped dialogs name the same days as the notice of 2026") {
  std::ifstream file{std::string{ZHUQI_SOURCE_DIR} + "/dialogs/library/hours.yaml"};
  const std::string yaml{std::istreambuf_iterator<char>{file}, {}};
  REQUIRE_FALSE(yaml.empty());
  const auto holidays = yaml.substr(yaml.find("holidays:"), yaml.find("workdays:") - yaml.find("holidays:"));
  for (const auto& d : days_of_kind(2026, day_kind::holiday)) CHECK(holidays.find("- " + d) != std::string::npos);
  for (const auto& d : days_of_kind(2026, day_kind::worked_weekend))
    CHECK(yaml.find(d, yaml.find("workdays:")) != std::string::npos);
}

TEST_CASE("working time counts over lunch, nights, weekends, holidays and worked weekends") {
  struct row {
    const char *start, *due;
    int minutes;
  };
  const auto r = GENERATE(values<row>({
      {"2026-03-02 09:00", "2026-03-02 10:00", 60},
      {"2026-03-02 11:30", "2026-03-02 14:30", 60},   // over lunch
      {"2026-03-02 17:00", "2026-03-03 09:30", 60},   // over night
      {"2026-03-06 17:00", "2026-03-09 09:30", 60},   // over a plain weekend
      {"2026-02-13 17:00", "2026-02-14 09:30", 60},   // into the worked Saturday before Spring Festival
      {"2026-02-14 17:00", "2026-02-24 09:30", 60},   // over Spring Festival
      {"2026-02-27 17:00", "2026-02-28 09:30", 60},   // into the worked Saturday after it
      {"2025-09-28 17:00", "2025-09-29 09:30", 60},   // from a worked Sunday
      {"2025-09-30 17:00", "2025-10-09 09:30", 60},   // over National Day
      {"2026-03-02 12:30", "2026-03-02 15:00", 60},   // begins in a closed hour
      {"2026-03-07 12:00", "2026-03-09 10:00", 60},   // begins on a weekend
      {"2026-03-02 09:00", "2026-03-02 12:00", 180},  // ends with the morning, not at the beginning of the afternoon
      {"2026-03-02 09:00", "2026-03-02 17:30", 390},
      {"2026-03-02 13:00", "2026-03-02 13:00", 0},
      {"2026-03-07 08:00", "2026-03-07 08:00", 0},
  }));
  CAPTURE(r.start, r.minutes);
  CHECK(shown(city_calendar().add_minutes(at(r.start), r.minutes).at) == r.due);
  CHECK(city_calendar().work_between(at(r.start), at(r.due)).minutes() == r.minutes);
}

TEST_CASE("a period in days begins the day after and ends at the closing hour") {
  struct row {
    const char *start, *due;
    int days;
  };
  const auto r = GENERATE(values<row>({
      {"2026-03-02 09:00", "2026-03-03 17:30", 1},
      {"2026-03-02 23:59", "2026-03-03 17:30", 1},
      {"2026-03-06 10:00", "2026-03-09 17:30", 1},
      {"2026-02-13 10:00", "2026-02-14 17:30", 1},  // a worked Saturday is a working day
      {"2026-02-14 10:00", "2026-02-24 17:30", 1},
      {"2026-02-12 10:00", "2026-02-26 17:30", 5},
      {"2025-01-24 10:00", "2025-01-26 17:30", 1},  // a worked Sunday too
      {"2026-03-02 09:00", "2026-03-02 17:30", 0},
      {"2026-03-02 17:30", "2026-03-02 17:30", 0},
      {"2026-03-02 17:31", "2026-03-03 17:30", 0},
      {"2026-03-07 10:00", "2026-03-09 17:30", 0},
  }));
  CAPTURE(r.start, r.days);
  CHECK(shown(city_calendar().add_days(at(r.start), r.days).at) == r.due);
}

TEST_CASE("a year without a notice counts by the plain week and says so") {
  const working_calendar& c = city_calendar();
  CHECK_FALSE(c.knows(2027));
  CHECK(c.facts_of(day("2027-03-01")).provisional);
  const auto over = c.add_days(at("2026-12-30 10:00"), 5);
  CHECK(over.provisional_year == 2027);
  CHECK(c.add_days(at("2026-12-28 10:00"), 3).provisional_year == 0);
  CHECK(c.work_between(at("2026-12-30 10:00"), at("2027-01-08 10:00")).provisional_year == 2027);
  CHECK(c.next_opening(at("2026-12-31 18:00"))->provisional_year == 2027);
  CHECK(c.next_opening(at("2026-12-31 10:00"))->provisional_year == 0);
}

TEST_CASE("the next opening, and the region's own days before everything else") {
  office_week week = usual_week("370600");
  week.local[day("2026-07-10")] = {{}, "台风停工"};
  week.local[day("2026-03-08")] = {{{9 * 60, 12 * 60}}, "周日半天值班"};
  const auto c = working_calendar::make(week, shipped_notices()).value();
  CHECK(shown(c.next_opening(at("2026-07-10 10:00"))->at) == "2026-07-13 09:00");
  CHECK(shown(c.next_opening(at("2026-03-08 08:00"))->at) == "2026-03-08 09:00");
  CHECK(shown(c.next_opening(at("2026-03-08 12:00"))->at) == "2026-03-09 09:00");
  CHECK(shown(c.add_days(at("2026-03-06 10:00"), 1).at) == "2026-03-08 12:00");
  CHECK(shown(c.next_opening(at("2026-03-02 10:00"))->at) == "2026-03-02 10:00");
  CHECK(shown(c.next_opening(at("2026-02-14 18:00"))->at) == "2026-02-24 09:00");
  CHECK(c.facts_of(day("2026-07-10")).name == "台风停工");
}

TEST_CASE("another time zone and other hours are another calendar with another version") {
  office_week week = usual_week("650100");
  week.version = "winter";
  week.utc_offset_min = 6 * 60;
  week.days[0] = {{600, 840}, {960, 1140}};
  const auto c = working_calendar::make(week, shipped_notices()).value();
  CHECK(c.is_open({at("2026-03-02 12:00").value}));  // 10:00 there
  CHECK_FALSE(c.is_open({at("2026-03-02 11:59").value}));
  CHECK(c.version() == "650100/winter+2025@2024-11-12+2026@2025-11-04");
  CHECK(c.version() != city_calendar().version());
}

TEST_CASE("hours and notices that contradict themselves make no calendar") {
  const auto refused = [](auto change) {
    office_week week = usual_week("x");
    change(week);
    return working_calendar::make(week, shipped_notices()).has_error();
  };
  CHECK(refused([](office_week& w) { w.days[0] = {{540, 720}, {700, 800}}; }));
  CHECK(refused([](office_week& w) { w.days[0] = {{720, 540}}; }));
  CHECK(refused([](office_week& w) { w.days[3] = {{540, 1441}}; }));
  CHECK(refused([](office_week& w) { w.local[day("2026-03-02")] = {{{-1, 5}}, ""}; }));
  CHECK(refused([](office_week& w) { w.days = {}; }));
  CHECK(refused([](office_week& w) { w.utc_offset_min = 900; }));
  auto twice = shipped_notices();
  twice.push_back(twice.front());
  CHECK(working_calendar::make(usual_week("x"), twice).has_error());
}

TEST_CASE("a notice is read whole or not at all") {
  const std::string good = notice_text;
  REQUIRE(notice_from_json(good).has_value());
  CHECK(notice_from_json(good)->holidays.front().first == day("2030-12-31"));
  const std::pair<const char*, const char*> broken[] = {
      {"2031-01-04", "2031-01-06"},             // a worked Monday
      {"2031-01-04", "2031-02-30"},             // no such day
      {"2031-01-02", "2032-01-02"},             // another year
      {"\"2030-12-31\"", "\"2030-11-30\""},     // too early
      {"2031-01-02", "2030-12-30"},             // ends before it begins
      {"2031-01-02", "2031-01-04"},             // the worked day lies in it
      {"\"worked\"", "\"workdays\""},           // unknown form
      {"\"number\":\"n\"", "\"number\":\"\""},  // without a number
      {"\"year\":2031", "\"year\":\"2031\""},   // not a number
      {"\"元旦\"", "\"\""},                     // nameless
      {"],\"worked\"", "],,\"worked\""},        // not JSON
  };
  for (const auto& [what, with] : broken) {
    CAPTURE(what, with);
    CHECK(notice_from_json(replaced(good, what, with)).has_error());
  }
  for (const char* text : {"", "[]", "{", "null", "{\"year\":2031}"}) CHECK(notice_from_json(text).has_error());
}

TEST_CASE("instants beyond the calendar are taken as its ends") {
  const working_calendar& c = city_calendar();
  const unix_ms far{std::numeric_limits<std::int64_t>::max()};
  const unix_ms early{std::numeric_limits<std::int64_t>::min()};
  CHECK(c.add_minutes(far, 60).at >= unix_ms{0});
  CHECK(c.add_days(early, 1).at > unix_ms{0});
  CHECK_FALSE(c.next_opening(far).has_value());
  CHECK(c.work_between(far, early).ms == 0);
  CHECK(c.work_between(early, far).ms > 0);
  CHECK(c.add_minutes(at("2026-03-02 09:00"), std::numeric_limits<std::int64_t>::max()).at < at("2030-03-02 09:00"));
}

TEST_CASE("law: adding and measuring working time are inverse, additive and monotone") {
  const bool held = rc::check([] {
    const working_calendar& c = city_calendar();
    const unix_ms s = some_instant();
    const std::int64_t a = some_work();
    const std::int64_t b = some_work();
    const unix_ms due = c.add_work(s, a).at;
    RC_ASSERT(c.work_between(s, due).ms == a);
    RC_ASSERT(c.add_work(due, b).at == c.add_work(s, a + b).at);
    RC_ASSERT((a <= b) == (due <= c.add_work(s, b).at) || a == b);
    RC_ASSERT(c.add_work(s + hour_ms, a).at >= due);
    if (a > 0) RC_ASSERT(c.work_between(s, due + -1).ms == a - 1);  // the earliest such instant
  });
  REQUIRE(held);
}

TEST_CASE("law: adding and measuring working days are inverse, additive and monotone") {
  const bool held = rc::check([] {
    const working_calendar& c = city_calendar();
    const unix_ms s = some_instant();
    const int a = *rc::gen::inRange(1, 60);
    const int b = *rc::gen::inRange(1, 60);
    const unix_ms due = c.add_days(s, a).at;
    RC_ASSERT(c.days_between(s, due) == a);
    RC_ASSERT(c.add_days(due, b).at == c.add_days(s, a + b).at);
    RC_ASSERT(c.add_days(s, a + 1).at > due);
    RC_ASSERT(c.add_days(s + hour_ms, a).at >= due);
    RC_ASSERT(c.add_days(s, 0).at >= s);
  });
  REQUIRE(held);
}

TEST_CASE("law: measured working time is a sum, and offices are open exactly where it grows") {
  const bool held = rc::check([] {
    const working_calendar& c = city_calendar();
    unix_ms t[3] = {some_instant(), some_instant(), some_instant()};
    std::sort(t, t + 3);
    RC_ASSERT(c.work_between(t[0], t[1]).ms + c.work_between(t[1], t[2]).ms == c.work_between(t[0], t[2]).ms);
    RC_ASSERT(c.is_open(t[0]) == (c.work_between(t[0], t[0] + 1).ms == 1));
    const unix_ms next = c.next_opening(t[0])->at;
    RC_ASSERT(c.is_open(next));
    RC_ASSERT(c.work_between(t[0], next).ms == 0);
  });
  REQUIRE(held);
}
