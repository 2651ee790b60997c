// What the house does by itself: whoever may not talk any more keeps nobody waiting.

#include "handlers/console/house.hpp"

#include "tests/unit/console/rig.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::console_tests {
namespace {

using http::method;
using enum staff_role;

struct town : rig {
  console::house house{office()};
  town() {
    office().person_changed = [this](staff_id who) { house.look_at(who); };
  }
  answer disable(staff_role by, staff_id who, bool gone = true) {
    return call(by, method::put, "/staff/" + std::to_string(who.value) + "/disabled", {{"disabled", gone}});
  }
  answer roles(staff_id who, const json& expected, const json& wanted) {
    return call(security_admin, method::put, "/staff/" + std::to_string(who.value) + "/roles",
                {{"roles", wanted}, {"expected", expected}});
  }
  std::size_t held_by(staff_id who) { return office().desk.threads_of(who, 1000).value().size(); }
  /// Seconds until nobody is leaving any more; at most `most`.
  int tick_until_done(int most) {
    int n = 0;
    for (; n < most && house.leaving() != 0; ++n) {
      house.tick();
      // A call that goes through the writer comes back after everything that the tick asked for.
      for (int i = 0; i < 3; ++i) call(system_admin, method::get, "/staff");
      put_through();
    }
    return n;
  }
  void put_through() {
    bool done = false;
    staff().apply({}, {{0, time().now(), {}, "test", "x", "", ""}}, [&](const auto&) { done = true; });
    settle([&] { return done; });
  }
};

}  // namespace

TEST_CASE(
    "house: the conversations of an official who was disabled go back to the queue, pending transfers with them") {
  town c;
  const auto gone = c.id_of(agent), stays = c.id_of(handler);
  const auto first = c.thread(gone, c.own, c.city), second = c.thread(gone, c.other, c.city);
  const auto other = c.thread(stays, c.own, c.city);
  REQUIRE(c.act(handler, other, "transfer", {{"to", std::to_string(gone.value)}, {"reason", "请接"}}).status == 200);
  REQUIRE(c.now(other)["accept_by"] != 0);
  CHECK(c.held_by(gone) == 3);
  REQUIRE(c.disable(system_admin, gone).status == 200);
  CHECK(c.house.leaving() == 1);
  CHECK(c.tick_until_done(10) < 10);
  CHECK(c.held_by(gone) == 0);
  for (const auto id : {first, second, other}) {
    const auto row = c.now(id);
    CHECK(row["owner"]["kind"] == "queue");
    CHECK(row["accept_by"] == 0);
    CHECK(row["waiting_since"] != 0);
  }
  const auto records = c.audit("thread.release");
  REQUIRE(records.size() == 3);
  for (const auto& r : records) {
    CHECK(!r.actor);
    CHECK(r.detail.find("staff:" + std::to_string(gone.value)) != std::string::npos);
  }
}

TEST_CASE("house: so do those of somebody who lost the role; who still talks keeps theirs") {
  town c;
  const auto id = c.colleague("两用", {agent, dispatcher}, c.own);
  const auto thread = c.thread(id, c.own, c.city);
  REQUIRE(c.roles(id, {"agent", "dispatcher"}, {"agent"}).status == 200);
  c.house.tick();
  CHECK(c.house.leaving() == 0);
  CHECK(c.held_by(id) == 1);
  REQUIRE(c.roles(id, {"agent"}, {"dispatcher"}).status == 200);
  c.tick_until_done(10);
  CHECK(c.now(thread)["owner"]["kind"] == "queue");
}

TEST_CASE("house: many go back a page at a time, and a start finds who went before it") {
  town c;
  const auto gone = c.id_of(agent);
  for (int i = 0; i < 120; ++i) c.thread(gone, c.own, c.city);
  c.office().person_changed = {};
  REQUIRE(c.disable(security_admin, gone).status == 200);
  CHECK(c.house.leaving() == 0);
  c.house.look_at_everybody();
  CHECK(c.house.leaving() > 0);
  c.house.tick();
  c.put_through();
  CHECK(c.held_by(gone) >= 70);
  CHECK(c.tick_until_done(20) >= 2);
  CHECK(c.held_by(gone) == 0);
}

TEST_CASE("house: who is allowed to talk again before it happened keeps the conversation") {
  town c;
  const auto gone = c.id_of(agent);
  c.thread(gone, c.own, c.city);
  c.disable(system_admin, gone);
  c.disable(system_admin, gone, false);
  CHECK(c.house.leaving() == 0);
  c.house.tick();
  CHECK(c.held_by(gone) == 1);
}

TEST_CASE("staff: the last security administrator who can sign in is neither disabled nor loses the role") {
  town c;
  const auto last = c.colleague("最后", {security_admin}, c.own);  // the one of the rig has no password
  const auto refused = c.disable(system_admin, last);
  CHECK((refused.status == 409 && refused.code() == "not_allowed"));
  CHECK(refused.body["error"]["message"].get<std::string>().find("最后一位") != std::string::npos);
  CHECK(c.roles(last, {"security_admin"}, json::array()).code() == "not_allowed");
  CHECK(c.roles(last, {"security_admin"}, {"agent"}).code() == "not_allowed");
  CHECK(c.audit("staff.disable").empty());
  const auto second = c.colleague("第二", {security_admin}, c.own);
  CHECK(c.disable(system_admin, last).status == 200);
  CHECK(c.disable(system_admin, second).code() == "not_allowed");
}

}  // namespace zhuqi::console_tests
