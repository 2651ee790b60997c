// The stored forms refuse everything that they did not write.
#include "dialogs/casework/case_json.hpp"
#include "tests/unit/casework/desk.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;
using namespace zhuqi::dialogs::casework::testing;

TEST_CASE("the stored form of an event is canonical, and leaves out what is empty") {
  life c;
  c.does(action::file, firm, "2026-03-02 09:00");
  CHECK(
      serialize(c.events.back()) ==
      R"({"at":1772413200000,"by":{"as":"enterprise","department":"firm-1","id":"wang"},"clocks":[)"
      R"({"clock":{"base":1772413200000,"calendar":"370600/usual+2025@2024-11-12+2026@2025-11-04","due":1773018000000,)"
      R"("ended":1772413200000,"kind":"draft","limits":[{"amount":604800000,"unit":"clock_ms"}],)"
      R"("started":1772413200000,"status":"stopped"},"op":"stopped"},)"
      R"({"clock":{"base":1772413200000,"calendar":"370600/usual+2025@2024-11-12+2026@2025-11-04","due":1772420400000,)"
      R"("kind":"acceptance","limits":[{"amount":7200000,"unit":"working_ms"}],"started":1772413200000,)"
      R"("status":"running"},"op":"started"}],)"
      R"("from":"draft","rules":"usual-1","seq":2,"to":"to_accept","what":"file"})");
}

TEST_CASE("bytes that were not written by us are refused") {
  life c;
  c.until_answered("2026-03-02 10:00");
  const std::string good = serialize(c.now);
  REQUIRE(case_from_json(good).has_value());
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string bytes = good;
    REQUIRE(bytes.find(what) != std::string::npos);
    return bytes.replace(bytes.find(what), what.size(), instead);
  };
  CHECK(case_from_json("").has_error());
  CHECK(case_from_json("[]").has_error());
  CHECK(case_from_json("null").has_error());
  CHECK(case_from_json(good + " ").has_error());
  CHECK(case_from_json(" " + good).has_error());
  CHECK(case_from_json(good.substr(0, good.size() - 1)).has_error());
  CHECK(case_from_json(with("\"to_call_back\"", "\"call_back\"")).has_error());
  CHECK(case_from_json(with("\"to_call_back\"", "10")).has_error());
  CHECK(case_from_json(with("\"seq\":7", "\"seq\":\"7\"")).has_error());
  CHECK(case_from_json(with("\"seq\":7", "\"seq\":7.0")).has_error());
  CHECK(case_from_json(with("\"seq\":7", "\"seq\":7,\"shadow\":1")).has_error());
  CHECK(case_from_json(with("\"seq\":7", "\"seq\":7,\"seq\":7")).has_error());
  CHECK(case_from_json(with("\"seq\":7", "\"redos\":0,\"seq\":7")).has_error());
  CHECK(event_from_json(good).has_error());
}

TEST_CASE("law: damaged bytes are refused, or are the stored form of something else") {
  life c;
  c.until_answered("2026-03-02 10:00");
  const std::string forms[] = {serialize(c.now), serialize(c.events.front()), serialize(c.events.back())};
  const bool held = rc::check([&] {
    std::string bytes = forms[*rc::gen::inRange(0, 3)];
    const auto at_byte = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(bytes.size())));
    switch (*rc::gen::inRange(0, 3)) {
      case 0: bytes[at_byte] = static_cast<char>(*rc::gen::inRange(0, 256)); break;
      case 1: bytes.erase(at_byte, static_cast<std::size_t>(*rc::gen::inRange(1, 40))); break;
      default:
        bytes.insert(at_byte, bytes.substr(bytes.size() / 2, static_cast<std::size_t>(*rc::gen::inRange(1, 40))));
    }
    const auto as_case = case_from_json(bytes);
    const auto as_event = event_from_json(bytes);
    if (as_case) RC_ASSERT(serialize(*as_case) == bytes);
    if (as_event) RC_ASSERT(serialize(*as_event) == bytes);
    if (as_event) (void)apply(c.now, *as_event);
  });
  REQUIRE(held);
}
