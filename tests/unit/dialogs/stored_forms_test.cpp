// The bytes that outlive a process: snapshots, events, messages, effects.
#include "bot/base/json.hpp"
#include "dialogs/event_json.hpp"
#include "tests/unit/dialogs/talk.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;

namespace {

const std::string nasty = "引号\" 反斜\\ 换行\n\t\b\f\r \x01\x1f\x7f 🙂 </script> ]]>";

snapshot full() {
  snapshot s;
  s.version = std::string(64, 'a');
  s.language = lang::ko;
  s.owner = talker::human;
  s.stack = {{"a", "b", {{"x", nasty}, {"y", ""}}, {"q1", "q2"}, 2, 1}, {"c", "d", {}, {}, 0, 0}};
  s.profile = {{"company_name", nasty}};
  s.timers = {{"remind:1", {-1}}, {"expire", {INT64_MAX}}};
  return s;
}

}  // namespace

TEST_CASE("a snapshot is written as canonical JSON and read back the same") {
  for (const snapshot& s : {snapshot{}, full()}) {
    const std::string bytes = serialize(s);
    CHECK(deserialize(bytes).value() == s);
    CHECK(dump_json(parse_json(bytes).value()) == bytes);
  }
  CHECK(serialize(snapshot{}) == R"({"language":"zh-CN","owner":"bot","version":""})");
}

TEST_CASE("bytes that are no snapshot are malformed") {
  for (const char* bytes : {"", "null", "[]", "{}", "{\"language\":\"fr\",\"owner\":\"bot\",\"version\":\"\"}",
                            "{\"language\":\"en\",\"owner\":\"nobody\",\"version\":\"\"}",
                            "{\"language\":\"en\",\"owner\":\"bot\",\"version\":1}",
                            "{\"language\":\"en\",\"owner\":\"bot\",\"stack\":{},\"version\":\"\"}",
                            "{\"language\":\"en\",\"owner\":\"bot\",\"stack\":[1],\"version\":\"\"}",
                            "{\"language\":\"en\",\"owner\":\"bot\",\"stack\":[{\"attempt\":-1}],\"version\":\"\"}",
                            "{\"language\":\"en\",\"owner\":\"bot\",\"timers\":[{\"name\":\"x\"}],\"version\":\"\"}"}) {
    INFO(bytes);
    CHECK(deserialize(bytes).error() == errc::malformed);
  }
}

TEST_CASE("every kind of event is logged and read back") {
  const std::pair<any_event, const char*> rows[] = {
      {event::text{nasty}, "user.text"},
      {event::media{"image", "id", nasty}, "user.media"},
      {event::entered{"qr"}, "user.entered"},
      {event::left{}, "user.left"},
      {event::menu{"main_menu"}, "user.menu"},
      {event::timer{"expire", {1234567890123}}, "timer"},
      {event::notice{"sent", nasty}, "notice"},
      {event::revisited{event::revisited::outcome::unreachable, 0, nasty}, "revisit"},
      {event::revisited{event::revisited::outcome::reached, 5, nasty}, "revisit"}};
  for (const auto& [e, kind] : rows) {
    CHECK(event_kind(e) == kind);
    for (const char* origin : {"", "5b2d…", "\"x"}) {
      const std::string body = event_body(e, origin);
      CHECK(event_from_body(kind, body) == e);
      CHECK(dump_json(parse_json(body).value()) == body);
      CHECK(string_or_empty(parse_json(body).value(), "id") == origin);
    }
  }
  CHECK(event_body(event::text{"你好"}, "") == R"({"text":"你好"})");
}

TEST_CASE("what the bot says and does is not an input of the engine") {
  for (const char* kind : {"bot.text", "handoff", "withdrawn", "dialog.ended", "staff.text", ""})
    CHECK_FALSE(event_from_body(kind, R"({"text":"x"})"));
  CHECK_FALSE(event_from_body("user.text", "{}"));
  CHECK_FALSE(event_from_body("user.text", R"({"text":1})"));
  CHECK_FALSE(event_from_body("user.text", "]"));
  CHECK_FALSE(event_from_body("timer", R"({"name":"x","due":"1"})"));
}

TEST_CASE("a message is stored with all its members and read back") {
  for (const message& m : {message{"", {}, ""}, message{nasty, {{"1", nasty}, {"2", "乙"}}, "请回复数字"}}) {
    CHECK(message_from_body(message_body(m)).value() == m);
    CHECK(dump_json(parse_json(message_body(m)).value()) == message_body(m));
  }
  CHECK(message_body({"选", {{"1", "甲"}}, "h"}) ==
        R"({"hint":"h","options":[{"label":"甲","value":"1"}],"text":"选"})");
  CHECK_FALSE(message_from_body("{}").has_value());
  CHECK_FALSE(message_from_body(R"({"hint":"","options":[1],"text":""})").has_value());
}

TEST_CASE("every kind of effect is logged and read back") {
  const any_effect rows[] = {effect::handoff{"企业诉求", nasty, {{"联系人", nasty}}},
                             effect::ended{"d", "done", {{"a", "b"}}}, effect::withdrawn{}};
  for (const any_effect& e : rows) {
    CHECK(effect_from_body(effect_kind(e), effect_body(e)) == e);
    CHECK(dump_json(parse_json(effect_body(e)).value()) == effect_body(e));
  }
  CHECK_FALSE(effect_from_body("user.text", "{}"));
}

TEST_CASE("bytes that are not UTF-8 are replaced, never written") {
  CHECK(event_body(event::text{"a\xff"}, "") == "{\"text\":\"a\xEF\xBF\xBD\"}");
}
