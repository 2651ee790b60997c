#include "tests/unit/dialogs/talk.hpp"

using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

TEST_CASE("the shipped library has no finding at all") {
  const loaded_scripts loaded = load_library(library::files());
  std::string all;
  for (const diagnostic& d : loaded.diagnostics) all += to_line(d, lang::en) + "\n";
  CHECK(all == "");
  REQUIRE(loaded.scripts != nullptr);
}

TEST_CASE("a first message that names nothing is greeted and shown the menu") {
  talk t;
  t.say("你好");
  WARN(t.said);
  t.say("1");
  WARN(t.said);
}
