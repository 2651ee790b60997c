// The city of the tests.
#include "tests/unit/casework/desk.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <stdexcept>

namespace zhuqi::dialogs::casework::testing {

const working_calendar& city_calendar() {
  static const working_calendar calendar = working_calendar::make(usual_week("370600"), shipped_notices()).value();
  return calendar;
}

const case_rules& city_rules() {
  static const case_rules rules = usual_rules();
  return rules;
}

desk_book city_book() { return {city_rules(), city_calendar()}; }

unix_ms at(std::string_view local) {
  const auto day = day_from_text(local.substr(0, 10)).value();
  int hour = 0, minute = 0;
  if (std::sscanf(std::string{local.substr(10)}.c_str(), " %d:%d", &hour, &minute) != 2)
    throw std::invalid_argument{"time"};
  return {day.time_since_epoch().count() * 86'400'000LL + (hour * 60 + minute - 480) * 60'000LL};
}

std::string shown(unix_ms t) {
  const std::int64_t minutes = t.value / 60'000 + 480;
  char clock[32];
  std::snprintf(clock, sizeof clock, " %02d:%02d", static_cast<int>(minutes % 1440 / 60),
                static_cast<int>(minutes % 60));
  return day_text(civil_day{std::chrono::days{minutes / 1440}}) + clock;
}

actor of(const unit& u, role as, std::string id) { return {std::move(id), as, u.department, u.region}; }

opening a_case() {
  return {"ZQ370600-260302-00017-42", "firm-1", "370600", "supply", "零部件被扣在外市仓库", lang::zh_cn, intake, false};
}

act_fields saying(std::string text) {
  act_fields f;
  f.text = std::move(text);
  return f;
}

act_fields because(std::string reason) {
  act_fields f;
  f.reason = std::move(reason);
  f.basis = "三定方案";
  return f;
}

act_fields giving(const unit& to) {
  act_fields f = because("属其职责");
  f.to = to;
  f.text = "请协助";
  return f;
}

life::life(std::string_view opened, const opening& what) {
  auto made = open_case(what, firm, at(opened), city_book());
  REQUIRE(made.has_value());
  now = made->after;
  events = made->events;
}

void life::does(action what, const actor& by, std::string_view when, const act_fields& fields) {
  auto done = act(now, what, fields, by, at(when), city_book());
  if (!done) FAIL(std::string{id_of(what)} + ": " + sentence(done.error(), lang::en));
  now = done->after;
  events.insert(events.end(), done->events.begin(), done->events.end());
}

refusal_rule life::refused(action what, const actor& by, std::string_view when, const act_fields& fields) const {
  const auto done = act(now, what, fields, by, at(when), city_book());
  if (done) FAIL(std::string{id_of(what)} + " was not refused");
  return done.error().rule;
}

void life::until_signed(std::string_view when, const act_fields& acceptance) {
  does(action::file, firm, when);
  does(action::accept, dispatcher, when, acceptance);
  does(action::dispatch, dispatcher, when, giving(industry));
  does(action::sign, liaison(industry), when);
}

void life::until_answered(std::string_view when) {
  until_signed(when);
  does(action::submit_reply, handler(industry), when, saying("已协调放行"));
  does(action::approve_reply, leader(industry), when);
}

std::string life::due(clock_kind kind) const {
  const case_clock* clock = find_clock(now, kind);
  return clock == nullptr ? "none" : shown(clock->due);
}

clock_status life::status(clock_kind kind) const {
  const case_clock* clock = find_clock(now, kind);
  REQUIRE(clock != nullptr);
  return clock->status;
}

}  // namespace zhuqi::dialogs::casework::testing
