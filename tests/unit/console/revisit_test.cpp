// 回访: which ended conversations somebody still has to ask about, who may, and what the answer leads to.

#include "tests/unit/console/rig.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::console_tests {
namespace {

using http::method;
using enum staff_role;

constexpr std::int64_t day_ms = 24LL * 3'600'000;

struct desk : rig {
  /// A conversation that the agent took and ended.
  conversation_id ended(const std::string& outcome = "solved") {
    const auto id = thread({}, own, city);
    REQUIRE(act(agent, id, "take").status == 200);
    REQUIRE(act(agent, id, "close", {{"outcome", outcome}}).status == 200);
    return id;
  }
  std::vector<std::string> list() {
    std::vector<std::string> out;
    const auto page = call(caller, method::get, "/threads?view=revisit");
    REQUIRE(page.status == 200);
    for (const auto& t : page.body["threads"]) out.push_back(t["id"]);
    return out;
  }
  answer revisit(conversation_id id, json fields, staff_role by = caller) {
    fields["id"] = act_id();
    if (!fields.contains("text")) fields["text"] = "电话回访";
    return call(by, method::post, "/threads/" + std::to_string(id.value) + "/revisit", fields);
  }
  json timeline(conversation_id id) {
    return call(caller, method::get, "/threads/" + std::to_string(id.value) + "/events?limit=100").body["events"];
  }
  static std::string n(conversation_id id) { return std::to_string(id.value); }
};

}  // namespace

TEST_CASE("revisit: what an official ended is on the list of who calls back, oldest first, for thirty days") {
  desk d;
  const auto first = d.ended();
  d.later(day_ms);
  const auto second = d.ended("unsolved");
  d.ended("spam");
  d.thread({}, d.own, d.city);
  CHECK(d.list() == std::vector{d.n(first), d.n(second)});
  CHECK(d.now(first)["revisit"]["tries"] == 0);
  for (const auto role : {agent, supervisor, handler}) {
    CHECK(d.call(role, method::get, "/threads?view=revisit").code() == "forbidden");
  }
  d.later(30 * day_ms);
  CHECK(d.list().size() == 1);
  CHECK(d.revisit(first, {{"result", "reached"}}).code() == "not_allowed");
}

TEST_CASE("revisit: an answer is part of the conversation, for people only, and ends it") {
  desk d;
  const auto id = d.ended();
  const auto done = d.revisit(id, {{"result", "reached"}, {"grade", 5}, {"text", "很满意"}});
  REQUIRE(done.status == 200);
  CHECK(done.body["thread"]["grade"] == 5);
  CHECK(done.body["thread"]["revisit"].is_null());
  CHECK(done.body["thread"]["owner"]["kind"] == "closed");
  CHECK(d.list().empty());
  const auto events = d.timeline(id);
  const auto told = std::find_if(events.begin(), events.end(), [](const json& e) { return e["kind"] == "revisit"; });
  REQUIRE(told != events.end());
  CHECK((*told)["body"] == json{{"result", "reached"}, {"grade", 5}, {"text", "很满意"}});
  CHECK((*told)["who"] == "staff");
  CHECK(!(*told)["name"].get<std::string>().empty());
  CHECK(d.revisit(id, {{"result", "reached"}}).code() == "not_allowed");
}

TEST_CASE(
    "revisit: a bad grade brings the conversation back to the queue, and the same people are not asked about it "
    "again") {
  desk d;
  for (const int grade : {1, 2}) {
    const auto id = d.ended();
    const auto back = d.revisit(id, {{"result", "reached"}, {"grade", grade}, {"text", "问题没有解决"}});
    REQUIRE(back.status == 200);
    CHECK(back.body["thread"]["owner"]["kind"] == "queue");
    CHECK(back.body["thread"]["grade"] == grade);
    CHECK(back.body["thread"]["waiting_since"] != 0);
    CHECK(d.list().empty());
    CHECK(d.revisit(id, {{"result", "reached"}}).code() == "not_allowed");
    // Served again, it is owed again, with the bad grade standing until there is a better one.
    REQUIRE(d.act(supervisor, id, "take").status == 200);
    REQUIRE(d.act(supervisor, id, "close", {{"outcome", "solved"}}).status == 200);
    CHECK(d.list() == std::vector{d.n(id)});
    REQUIRE(d.revisit(id, {{"result", "reached"}, {"grade", 4}}).status == 200);
  }
}

TEST_CASE("revisit: the third call that reaches nobody ends it, a refusal at once") {
  desk d;
  const auto id = d.ended();
  for (int i = 1; i <= 2; ++i) {
    REQUIRE(d.revisit(id, {{"result", "unreachable"}}).status == 200);
    CHECK(d.now(id)["revisit"]["tries"] == i);
    CHECK(d.list().size() == 1);
  }
  REQUIRE(d.revisit(id, {{"result", "unreachable"}}).status == 200);
  CHECK(d.list().empty());
  CHECK(d.revisit(id, {{"result", "unreachable"}}).code() == "not_allowed");
  const auto other = d.ended();
  REQUIRE(d.revisit(other, {{"result", "declined"}}).status == 200);
  CHECK(d.list().empty());
}

TEST_CASE("revisit: whoever served does not call back, nor who has no right to it") {
  desk d;
  const auto both = d.colleague("两用", {agent, caller}, d.own);
  const auto id = d.thread(both, d.own, d.city);
  REQUIRE(d.act(supervisor, id, "take", {{"force", true}, {"reason", "督办"}}).status == 200);
  REQUIRE(d.act(supervisor, id, "close", {{"outcome", "solved"}}).status == 200);
  // Who had it before it was taken from them served too.
  pipeline::official_act act;
  act.conversation = id;
  act.staff = std::to_string(both.value);
  act.what = dialogs::event::revisited{dialogs::event::revisited::outcome::reached, 5, "x"};
  std::optional<pipeline::act_status> status;
  d.office().intake.act(act, [&](const pipeline::act_outcome& o) { status = o.status; });
  d.settle([&] { return status.has_value(); });
  CHECK(*status == pipeline::act_status::not_allowed);
  for (const auto role : {agent, supervisor, handler, dispatcher}) {
    CHECK(d.revisit(id, {{"result", "reached"}}, role).code() == "forbidden");
  }
  CHECK(d.list() == std::vector{d.n(id)});
  REQUIRE(d.revisit(id, {{"result", "reached"}, {"grade", 3}}).status == 200);
}

TEST_CASE("revisit: the form is checked") {
  desk d;
  const auto id = d.ended();
  for (const auto& [fields, name] :
       std::vector<std::pair<json, std::string>>{{{{"result", "busy"}}, "result"},
                                                 {{{"result", "reached"}, {"grade", 0}}, "grade"},
                                                 {{{"result", "reached"}, {"grade", 6}}, "grade"},
                                                 {{{"result", "declined"}, {"grade", 3}}, "grade"},
                                                 {{{"result", "reached"}, {"text", " "}}, "text"},
                                                 {{{"grade", 3}}, "result"}}) {
    INFO(fields.dump());
    const auto a = d.revisit(id, fields);
    CHECK(a.status == 400);
    CHECK(a.body["error"]["field"] == name);
  }
  CHECK(d.list().size() == 1);
}

}  // namespace zhuqi::console_tests
