// The shipped content: it passes its own gate, and a stored version of it comes back as it was.
#include "bot/base/crypto.hpp"
#include "bot/base/limits.hpp"
#include "dialogs/script_json.hpp"
#include "tests/unit/dialogs/talk.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

TEST_CASE("the shipped library has no finding at all, not even a warning") {
  const loaded_scripts loaded = load_library(library::files());
  std::string all;
  for (const diagnostic& d : loaded.diagnostics) all += to_line(d, lang::en) + "\n";
  CHECK(all == "");
  REQUIRE(loaded.scripts != nullptr);
  CHECK(loaded.scripts->languages().size() == 4);
}

TEST_CASE("a version is the SHA-256 of its canonical bytes and does not depend on the order of files") {
  const script_set& set = shipped();
  CHECK(set.version() == crypto::hex(crypto::sha256(set.canonical())));
  std::vector<base::embedded_file> reversed{library::files().rbegin(), library::files().rend()};
  const loaded_scripts again = load_library(reversed);
  REQUIRE(again.scripts != nullptr);
  CHECK(again.scripts->version() == set.version());
}

TEST_CASE("a stored version is read back without loss and answers in the same way") {
  const auto again = load_published(shipped().canonical());
  REQUIRE(again.has_value());
  CHECK((*again)->canonical() == shipped().canonical());
  CHECK((*again)->version() == shipped().version());
  talk a;
  talk b{*again};
  for (const char* line : {"你好", "1", "融资", "二月起银行收贷，希望协调展期", "2", "李敏", "13800138000", "确认"}) {
    a.say(line);
    b.say(line);
    CHECK(a.said == b.said);
    CHECK(a.now == b.now);
    CHECK(a.effects == b.effects);
  }
}

TEST_CASE("bytes that are no stored version are malformed, whatever is wrong with them") {
  const std::string good = shipped().canonical();
  CHECK(load_published("").error() == errc::malformed);
  CHECK(load_published("[]").error() == errc::malformed);
  CHECK(load_published("{\"format\":\"dz/2\"}").error() == errc::malformed);
  for (const char* part : {"\"start\":\"category\"", "\"kind\":\"ask\"", "\"tries\":3", "\"to\":\"matter\"",
                           "\"zh-CN\":", "\"type\":\"choice\""}) {
    std::string bad = good;
    const std::size_t at = bad.find(part);
    REQUIRE(at != std::string::npos);
    bad.insert(bad.find(':', at) + 1, "[7],\"x\":");
    CHECK_FALSE(load_published(bad).has_value());
  }
}

TEST_CASE("every message that can be written on WeChat fits into one message, in every language") {
  for (lang l : all_langs) {
    talk t;
    t.say("你好");
    t.now.language = l;
    for (const char* line :
         {"帮助", "1", "1", "工厂自周一起拿不到通行证", "1", "李敏", "13800138000", "返回", "返回", "主菜单", "2"}) {
      t.say(line);
      for (const message& m : t.messages) CHECK(plain(m).size() <= limits::wechat_text_bytes);
      CHECK(t.messages.size() == 1);
    }
  }
}
