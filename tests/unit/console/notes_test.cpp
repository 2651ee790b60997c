// Notes: whom they may name, what a whisper is, who sees it, and how somebody who is named learns of it.

#include "tests/unit/console/rig.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::console_tests {
namespace {

using http::method;
using enum staff_role;

struct desk : rig {
  conversation_id served = thread(id_of(agent), own, city);
  std::string path = "/threads/" + std::to_string(served.value);

  answer note(staff_role by, json more) {
    more["id"] = act_id();
    if (!more.contains("text")) more["text"] = "请核对";
    return call(by, method::post, path + "/notes", more);
  }
  json one(staff_role who) { return call(who, method::get, path).body; }
  std::size_t notes_seen_by(staff_role who) { return one(who)["notes"].size(); }
  json mentioned(staff_role who) { return call(who, method::get, "/threads?view=mentioned").body; }
  std::string id(staff_role role) { return std::to_string(id_of(role).value); }
};

}  // namespace

TEST_CASE("note: names colleagues, each once, and says who they are") {
  desk d;
  const auto a = d.note(agent, {{"to", {d.id(handler), d.id(supervisor), d.id(handler)}}});
  REQUIRE(a.status == 200);
  REQUIRE(a.body["note"]["to"].size() == 2);
  CHECK(a.body["note"]["whisper"] == false);
  CHECK(d.one(agent)["notes"][0]["to"] == a.body["note"]["to"]);
  CHECK(d.note(agent, json::object()).body["note"]["to"].empty());
}

TEST_CASE(
    "note: who may not see the thread cannot be named, nor who is gone, nor oneself; and nothing is written then") {
  desk d;
  const auto far = d.colleague("far", {agent}, d.far);
  const auto elsewhere = d.colleague("other", {handler}, d.other);
  for (const auto& who : {std::to_string(far.value), std::to_string(elsewhere.value), d.id(leader), d.id(system_admin),
                          d.id(agent), std::string{"99999"}, std::string{"x"}, std::string{"-1"}}) {
    INFO(who);
    const auto a = d.note(agent, {{"to", {d.id(handler), who}}});
    CHECK(a.status == 400);
    CHECK(a.body["error"]["field"] == "to");
  }
  CHECK(d.note(agent, {{"to", std::vector<std::string>(21, d.id(handler))}}).status == 400);
  CHECK(d.notes_seen_by(agent) == 0);
  CHECK(d.mentioned(handler)["threads"].empty());
}

TEST_CASE("note: who is named has the thread among the mentions until they say that they saw it") {
  desk d;
  const auto first = d.note(agent, {{"to", {d.id(handler)}}}).body["note"]["id"];
  const auto second = d.note(agent, {{"to", {d.id(handler)}}}).body["note"]["id"];
  auto page = d.mentioned(handler);
  REQUIRE(page["threads"].size() == 1);
  CHECK(page["threads"][0]["id"] == std::to_string(d.served.value));
  CHECK(page["counts"]["mentioned"] == 1);
  CHECK(d.mentioned(agent)["counts"]["mentioned"] == 0);
  CHECK(d.call(handler, method::put, d.path + "/mentions", {{"note", first}}).status == 200);
  CHECK(d.mentioned(handler)["counts"]["mentioned"] == 1);
  CHECK(d.call(handler, method::put, d.path + "/mentions", {{"note", second}}).status == 200);
  page = d.mentioned(handler);
  CHECK(page["threads"].empty());
  CHECK(page["counts"]["mentioned"] == 0);
  CHECK(d.call(handler, method::put, d.path + "/mentions", {{"note", "0"}}).status == 400);
}

TEST_CASE("note: the same one again is one, other words under its id are a mistake") {
  desk d;
  const json sent{{"id", d.act_id()}, {"text", "一"}, {"to", {d.id(handler)}}};
  const auto first = d.call(agent, method::post, d.path + "/notes", sent);
  const auto again = d.call(agent, method::post, d.path + "/notes", sent);
  CHECK(first.body["note"]["id"] == again.body["note"]["id"]);
  auto other = sent;
  other["text"] = "二";
  CHECK(d.call(agent, method::post, d.path + "/notes", other).code() == "mismatch");
  CHECK(d.notes_seen_by(agent) == 1);
}

TEST_CASE("whisper: goes from a supervisor to whoever serves, and nobody else reads it") {
  desk d;
  CHECK(d.one(supervisor)["may"]["whisper"] == true);
  const auto a = d.note(supervisor, {{"whisper", true}});
  REQUIRE(a.status == 200);
  CHECK(a.body["note"]["whisper"] == true);
  REQUIRE(a.body["note"]["to"].size() == 1);
  CHECK(a.body["note"]["to"][0]["id"] == d.id(agent));
  CHECK(d.notes_seen_by(agent) == 1);
  CHECK(d.notes_seen_by(supervisor) == 1);
  CHECK(d.notes_seen_by(handler) == 0);
  CHECK(d.notes_seen_by(dispatcher) == 0);
  CHECK(d.mentioned(agent)["counts"]["mentioned"] == 1);
}

TEST_CASE("whisper: needs the right, a colleague who serves, and chooses its receiver itself") {
  desk d;
  CHECK(d.one(handler)["may"]["whisper"] == false);
  CHECK(d.note(handler, {{"whisper", true}}).code() == "forbidden");
  const auto chosen = d.note(supervisor, {{"whisper", true}, {"to", {d.id(handler)}}});
  CHECK((chosen.code() == "bad_field" && chosen.body["error"]["field"] == "to"));
  d.act(agent, d.served, "release");
  const auto nobody = d.note(supervisor, {{"whisper", true}});
  CHECK(nobody.code() == "not_allowed");
  CHECK(nobody.body["error"]["now"]["owner"]["kind"] == "queue");
  d.act(supervisor, d.served, "take");
  CHECK(d.note(supervisor, {{"whisper", true}}).code() == "not_allowed");
  CHECK(d.notes_seen_by(supervisor) == 0);
}

TEST_CASE("note: who can be named is who may see the thread, by a part of the name, without oneself") {
  desk d;
  d.colleague("远方的人", {agent}, d.far);
  const auto near = d.colleague("近处的人", {agent}, d.other);
  const auto all = d.call(agent, method::get, d.path + "/colleagues").body["colleagues"];
  CHECK(all.size() == 7);  // the other six roles that see it here, and the colleague
  const auto some = d.call(agent, method::get, d.path + "/colleagues?q=%E7%9A%84%E4%BA%BA").body["colleagues"];
  REQUIRE(some.size() == 1);
  CHECK(some[0]["id"] == std::to_string(near.value));
}

}  // namespace zhuqi::console_tests
