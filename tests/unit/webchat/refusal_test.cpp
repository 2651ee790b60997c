#include "tests/unit/webchat/chat_rig.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::webchat;

TEST_CASE("the first frame must be a hello, and only the first") {
  chat_rig rig;
  tab hasty = rig.open();
  hasty.say({{"type", "ping"}});
  CHECK(hasty.last() == json{{"type", "error"}, {"code", "hello_expected"}});
  CHECK(hasty.close_code() == 1008);

  tab twice = rig.open();
  twice.hello();
  rig.settle();
  twice.hello(twice.token());
  CHECK(twice.last() == json{{"type", "error"}, {"code", "hello_twice"}});
  CHECK(twice.close_code() == 1008);
}

TEST_CASE("who does not say hello within ten seconds is sent away") {
  chat_rig rig;
  tab silent = rig.open();
  tab prompt = rig.open();
  prompt.hello();
  rig.chat->sweep(rig.steady + std::chrono::seconds{9});
  CHECK(silent.close_code() == 0);
  rig.chat->sweep(rig.steady + std::chrono::seconds{10});
  CHECK(silent.close_code() == 1008);
  CHECK(prompt.close_code() == 0);
}

TEST_CASE("a frame that is not exactly one of ours closes the socket") {
  const std::string frame =
      GENERATE(as<std::string>{}, "", "x", "[]", "1", R"({"type":"nothing"})", R"({"type":"ping","x":1})",
               R"({"type":"history"})", R"({"type":"history","before":-1})", R"({"type":"history","before":1.5})",
               R"({"type":"send","id":"1","at":1,"text":"x"})",
               R"({"type":"send","id":"00000000-0000-1000-8000-000000000000","at":1,"text":"x"})",
               R"({"type":"send","id":"00000000-0000-4000-8000-000000000000","at":-1,"text":"x"})",
               R"({"type":"send","id":"00000000-0000-4000-8000-000000000000","at":99999999999999,"text":"x"})",
               R"({"type":"send","id":"00000000-0000-4000-8000-000000000000","at":1,"text":7})",
               R"({"type":"send","id":"00000000-0000-4000-8000-000000000000","at":1,"text":"x","text":"y"})",
               "{\"type\":\"send\",\"id\":\"00000000-0000-4000-8000-000000000000\",\"at\":1,\"text\":\"\xff\"}");
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  t.say_raw(frame);
  INFO(frame);
  CHECK(t.last() == json{{"type", "error"}, {"code", "bad_frame"}});
  CHECK(t.close_code() == 1008);
  CHECK(rig.submitted.size() == 1);
}

TEST_CASE("a hello with a wrong type, language or position is a bad frame") {
  const std::string frame = GENERATE(as<std::string>{}, R"({"type":"hello","token":null,"after":0,"lang":"fr"})",
                                     R"({"type":"hello","token":7,"after":0,"lang":"en"})",
                                     R"({"type":"hello","token":null,"after":-1,"lang":"en"})",
                                     R"({"type":"hello","token":null,"after":18446744073709551615,"lang":"en"})",
                                     R"({"type":"hello","after":0,"lang":"en"})");
  chat_rig rig;
  tab t = rig.open();
  t.say_raw(frame);
  CHECK(t.close_code() == 1008);
  CHECK(rig.submitted.empty());
}

TEST_CASE("a token that we did not issue is refused by name") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  std::string forged = t.token();
  const std::size_t place = GENERATE(0u, 1u, 3u, 20u, 34u, 35u, 36u, 67u);
  forged[place] = forged[place] == '0' ? '1' : '0';
  tab other = rig.open();
  other.hello(forged);
  CHECK(other.last() == json{{"type", "error"}, {"code", "bad_token"}});
  CHECK(other.close_code() == 1008);
}

TEST_CASE("tokens outlive the process where the key does, and only there") {
  const visitor_tokens before{secret{"0123456789abcdef"}};
  const visitor_tokens after{secret{"0123456789abcdef"}};
  const visitor_tokens stranger{secret{"fedcba9876543210"}};
  const auto v = before.issue();
  REQUIRE(after.verify(v.token));
  CHECK(*after.verify(v.token) == v.id);
  CHECK(!stranger.verify(v.token));
  CHECK(!after.verify(""));
  CHECK(!after.verify(v.token + "0"));
}

TEST_CASE("a text over the limit, or of nothing but space, is refused and the socket stays") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  t.send(uuid(1), std::string(limits::user_text_bytes + 1, 'x'));
  CHECK(t.last().at("reason") == "too_large");
  t.send(uuid(2), " \xE3\x80\x80\x07 ");
  CHECK(t.last().at("reason") == "empty");
  CHECK(t.close_code() == 0);
  CHECK(rig.submitted.size() == 1);
}

TEST_CASE("a pipeline that is full gives a nack that asks for a retry with the same id") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  rig.pipeline_full = true;
  t.send(uuid(1), "你好");
  CHECK(t.last() == json{{"type", "nack"}, {"id", uuid(1)}, {"reason", "unavailable"}});
  rig.pipeline_full = false;
  t.send(uuid(1), "你好");
  rig.settle();
  CHECK(t.count("ack") == 1);
}

TEST_CASE("a visitor may write ten messages at once and two a second after, over all tabs") {
  chat_rig rig;
  tab one = rig.open();
  one.hello();
  rig.settle();
  tab two = rig.open();
  two.hello(one.token());
  for (int i = 0; i < 6; ++i) one.send(uuid(i), "x");
  for (int i = 6; i < 12; ++i) two.send(uuid(i), "x");
  rig.settle();
  CHECK(one.count("ack") == 6);
  CHECK(two.count("ack") == 4);
  CHECK(two.count("nack") == 2);
  rig.steady += std::chrono::milliseconds{500};
  two.send(uuid(10), "x");
  rig.settle();
  CHECK(two.count("ack") == 5);
}

TEST_CASE("one address makes sixty visitors at once, known visitors do not count") {
  chat_rig rig;
  std::vector<tab> tabs;
  for (int i = 0; i < 60; ++i) {
    tabs.push_back(rig.open("198.51.100.7"));
    tabs.back().hello();
  }
  CHECK(tabs.back().close_code() == 0);
  tab late = rig.open("198.51.100.7");
  late.hello();
  CHECK(late.close_code() == 1013);
  tab known = rig.open("198.51.100.7");
  known.hello(tabs.front().token());
  CHECK(known.close_code() == 0);
  tab elsewhere = rig.open("198.51.100.8");
  elsewhere.hello();
  CHECK(elsewhere.close_code() == 0);
}

TEST_CASE("a flood of pings is asked to come back later") {
  chat_rig rig;
  tab t = rig.open();
  t.hello();
  rig.settle();
  for (int i = 0; i < 30; ++i) t.say({{"type", "ping"}});
  CHECK(t.count("pong") == 30);
  t.say({{"type", "ping"}});
  CHECK(t.close_code() == 1013);
}

TEST_CASE("the page of another site cannot open a socket") {
  chat_rig rig;
  const auto [origin, allowed] =
      GENERATE(table<const char*, bool>({{"https://zhuqi.example.gov.cn", true},
                                         {"https://evil.example", false},
                                         {"https://zhuqi.example.gov.cn.evil.example", false},
                                         {"null", false},
                                         {"http://internal:8080", true}}));
  http::request request;
  request.host = "internal:8080";
  request.headers.emplace_back("origin", origin);
  const auto [session, refused] = rig.upgrade(std::move(request));
  CHECK((session != nullptr) == allowed);
  if (!allowed) CHECK(refused.status == 403);
}

TEST_CASE("behind a proxy on this machine the forwarded address is the visitor's, from elsewhere it is hearsay") {
  chat_rig rig;
  const auto flood = [&](std::string peer, bool vary) {
    int refused = 0;
    for (int i = 0; i < 61; ++i) {
      http::request request;
      request.peer = peer;
      request.headers.emplace_back("x-forwarded-for", "10.0.0.1, 203.0.113." + std::to_string(vary ? i : 1));
      tab t{rig.upgrade(std::move(request)).first};
      t.hello();
      refused += t.close_code() == 1013 ? 1 : 0;
    }
    return refused;
  };
  CHECK(flood("127.0.0.1", true) == 0);
  CHECK(flood("127.0.0.1", false) == 2);  // the first round used one of this address already
  CHECK(flood("198.51.100.1", true) == 1);
}
