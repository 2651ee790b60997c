#include "tests/unit/webchat/chat_rig.hpp"

#include "handlers/webchat/message.hpp"

#include <catch2/catch.hpp>

#include <numeric>

using namespace zhuqi;
using namespace zhuqi::webchat;

namespace {
std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> out(static_cast<std::size_t>(last - first + 1));
  std::iota(out.begin(), out.end(), first);
  return out;
}
}  // namespace

TEST_CASE("a first visit gets a token and one greeting") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  CHECK(t.first("welcome").at("seq") == 0);
  CHECK(t.first("welcome").at("owner") == "bot");
  REQUIRE(t.events().size() == 2);
  CHECK(t.events()[0].at("kind") == "user.entered");
  CHECK(t.events()[1].at("body").at("text") == "您好");
}

TEST_CASE("two tabs that open at once with one token share one greeting, and both see it") {
  chat_rig rig;
  tab first = rig.open();
  first.hello();
  tab second = rig.open();
  second.hello(first.token());
  rig.settle();
  CHECK(first.seqs() == numbers(1, 2));
  CHECK(second.seqs() == numbers(1, 2));
}

TEST_CASE("greetings of one visitor have one key, whatever the language and the time, and nobody else has it") {
  using dialogs::lang;
  const auto here = entered_message("web", "a", lang::zh_cn, {1});
  const auto there = entered_message("web", "a", lang::en, {2});
  CHECK(here.key == there.key);
  CHECK(here.body_digest == there.body_digest);
  CHECK(here.key != entered_message("web", "b", lang::zh_cn, {1}).key);
  CHECK(here.key != entered_message("web2", "a", lang::zh_cn, {1}).key);
}

TEST_CASE("a new visitor's language goes to the greeting; Chinese is the default and is not named") {
  chat_rig rig;
  const auto [lang, scene] = GENERATE(
      table<const char*, const char*>({{"zh-CN", ""}, {"en", "lang:en"}, {"ja", "lang:ja"}, {"ko", "lang:ko"}}));
  tab t = rig.open();
  t.hello(nullptr, 0, lang);
  REQUIRE(rig.submitted.size() == 1);
  CHECK(std::get<dialogs::event::entered>(rig.submitted[0].event).scene == scene);
}

TEST_CASE("a message is acknowledged once it is committed, then its events arrive, with the client's id") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  t.send(uuid(1), " 房租补贴怎么领 ");
  CHECK(t.count("ack") == 0);
  rig.settle();
  REQUIRE(t.count("ack") == 1);
  CHECK(t.first("ack").at("id") == uuid(1));
  REQUIRE(t.seqs() == numbers(1, 4));
  CHECK(t.events()[2].at("body") == json{{"id", uuid(1)}, {"text", "房租补贴怎么领"}});
}

TEST_CASE("a resend is acknowledged and has no second effect") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  t.send(uuid(1), "你好");
  rig.settle();
  t.send(uuid(1), "你好");
  rig.settle();
  CHECK(t.count("ack") == 2);
  CHECK(t.seqs() == numbers(1, 4));
}

TEST_CASE("the same id with other words is refused and changes nothing") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  t.send(uuid(1), "你好");
  rig.settle();
  t.send(uuid(1), "再见");
  rig.settle();
  CHECK(t.last() == json{{"type", "nack"}, {"id", uuid(1)}, {"reason", "mismatch"}});
  CHECK(t.seqs() == numbers(1, 4));
}

TEST_CASE("two visitors may use the same message id") {
  chat_rig rig;
  tab one = rig.open();
  tab two = rig.open();
  one.hello();
  two.hello();
  rig.settle();
  one.send(uuid(1), "甲");
  two.send(uuid(1), "乙");
  rig.settle();
  CHECK(one.count("ack") == 1);
  CHECK(two.count("ack") == 1);
  CHECK(two.events()[2].at("body").at("text") == "乙");
}

TEST_CASE("all tabs of a visitor see what any of them says") {
  chat_rig rig;
  tab one = rig.open();
  one.hello();
  rig.settle();
  tab two = rig.open();
  two.hello(one.token());
  rig.settle();
  one.send(uuid(1), "你好");
  rig.settle();
  CHECK(two.seqs() == numbers(1, 4));
  CHECK(two.count("ack") == 0);
}

TEST_CASE("after a reconnect only what the client lacks is sent") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  const std::string token = t.token();
  t.leave();
  rig.append_silently(chat_rig::visitor_of(token), 3);
  rig.settle();
  tab back = rig.open();
  back.hello(token, 2);
  CHECK(back.first("welcome").at("seq") == 5);
  CHECK(back.seqs() == numbers(3, 5));
  CHECK(back.first("events").at("more") == false);
}

TEST_CASE("after a long absence the newest part is sent, marked, and the rest comes in pages") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  rig.append_silently(chat_rig::visitor_of(t.token()), 298);
  rig.settle();
  tab back = rig.open();
  back.hello(t.token(), 0);
  CHECK(back.seqs() == numbers(101, 300));
  CHECK(back.first("events").at("more") == true);

  back.say({{"type", "history"}, {"before", 101}});
  CHECK(back.last().at("events").size() == 50);
  CHECK(back.last().at("events")[0].at("seq") == 51);
  CHECK(back.last().at("more") == true);
  back.say({{"type", "history"}, {"before", 51}});
  CHECK(back.last().at("events")[0].at("seq") == 1);
  CHECK(back.last().at("more") == false);
  back.say({{"type", "history"}, {"before", 1}});
  CHECK(back.last().at("events").empty());
}

TEST_CASE("a gap in the feed is filled from the log, in order, without repetition") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  const std::string visitor = chat_rig::visitor_of(t.token());
  rig.append_silently(visitor, 2);
  rig.settle();
  rig.append(visitor, {"bot.text", "bot", R"({"text":"late"})"});
  rig.settle();
  CHECK(t.seqs() == numbers(1, 5));
}

TEST_CASE("a client that holds more than the log has is told so and can start over") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  tab back = rig.open();
  back.hello(t.token(), 77);
  CHECK(back.first("welcome").at("seq") == 2);
  CHECK(back.events().empty());
}

TEST_CASE("a change of owner is told after the events that caused it") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  rig.append(chat_rig::visitor_of(t.token()), {"handoff", "bot", R"({"queue":"资金"})"}, storage::owner_kind::queue);
  rig.settle();
  CHECK(t.last() == json{{"type", "owner"}, {"owner", "queue"}});
  CHECK(t.frames()[t.frames().size() - 2].at("type") == "events");
}

TEST_CASE("what is the house's business does not leave it") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  const std::string visitor = chat_rig::visitor_of(t.token());
  rig.append(visitor, {"handoff", "bot", R"({"queue":"资金","note":"三次答非所问","slots":{"电话":"139"}})"});
  rig.append(visitor, {"ended", "bot", R"({"slots":{"phone":"139"}})"});
  rig.append(visitor, {"staff.text", "staff-17", R"({"text":"您好","name":"王工","draft":"x"})"});
  rig.settle();
  const auto events = t.events();
  REQUIRE(events.size() == 5);
  CHECK(events[2].at("body") == json{{"queue", "资金"}});
  CHECK(events[3].at("kind") == "internal");
  CHECK(events[3].at("body") == json::object());
  CHECK(events[4].at("actor") == "staff");
  CHECK(events[4].at("body") == json{{"text", "您好"}, {"name", "王工"}});
}

TEST_CASE("a socket that is gone is not missed: its answers and events go nowhere") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  t.send(uuid(1), "你好");
  t.leave();
  rig.settle();
  CHECK(t.count("ack") == 0);
  CHECK(rig.chat->stats().sockets == 0);
}
