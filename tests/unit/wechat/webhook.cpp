// The HTTP manners of the callback URL: what is answered when.

#include "tests/unit/wechat/rig.hpp"

#include "handlers/channel/http_errors.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::wechat;
using namespace zhuqi::wechat::test;
using pipeline::turn_status;

namespace {

std::string json_text(const std::string& content) {
  return R"({"ToUserName":")" + account + R"(","FromUserName":")" + user +
         R"(","CreateTime":1780000000,"MsgType":"text","Content":")" + content + R"(","MsgId":1})";
}

wire_fields fields_of(const std::string& body) {
  auto parsed = wire_fields::parse(body);
  REQUIRE(parsed.has_value());
  return *parsed;
}

http::response call(const http::route& route, http::request request) {
  std::optional<http::response> got;
  route.run(std::move(request), http::responder{[&](http::response r) { got = std::move(r); }});
  return got.value();
}

}  // namespace

TEST_CASE("a message is answered in the data format it came in") {
  rig r{security_mode::plaintext};
  const auto xml = r.post_plain(text_xml("你好"));
  CHECK(xml.status == 200);
  CHECK(xml.content_type == "text/xml; charset=utf-8");
  CHECK(fields_of(xml.body).get("Content") == "好的");
  CHECK(fields_of(xml.body).get("ToUserName") == user);
  const auto json = r.post_plain(json_text("你好"));
  CHECK(json.content_type == "application/json; charset=utf-8");
  CHECK(fields_of(json.body).format() == data_format::json);
  CHECK(fields_of(json.body).get("Content") == "好的");
}

TEST_CASE("in compatible and secure mode the answer is encrypted and signed anew, whatever the format") {
  const auto mode = GENERATE(security_mode::compatible, security_mode::secure);
  const bool json = GENERATE(false, true);
  rig r{mode};
  const std::string encrypt = sealed(json ? json_text("你好") : text_xml("你好"));
  const auto answer = r.post(secure_params(encrypt),
                             json ? R"({"ToUserName":"x","Encrypt":")" + encrypt + "\"}" : xml_envelope(encrypt));
  REQUIRE(answer.status == 200);
  const wire_fields outer = fields_of(answer.body);
  CHECK(outer.format() == (json ? data_format::json : data_format::xml));
  CHECK(outer.get("TimeStamp") == std::to_string(now_s));
  CHECK(outer.get("Nonce") == "486452656");
  const std::string reply{outer.get("Encrypt")};
  CHECK(outer.get("MsgSignature") == sha1_of_sorted({token, std::to_string(now_s), "486452656", reply}));
  auto opener = channel::envelope::create(secret{aes_key}, secret{}, app_id);
  const auto inner = opener->open(reply);
  REQUIRE(inner.has_value());
  CHECK(fields_of(inner->message).get("Content") == "好的");
}

TEST_CASE("P2: a retry gets the stored reply bytes; encrypted ones open to the same bytes") {
  rig r{GENERATE(security_mode::plaintext, security_mode::secure)};
  const bool secure = r.hook->channel().mode == security_mode::secure;
  r.outcome = {turn_status::duplicate, "<xml>stored</xml>", {}, {}};
  const auto answer = secure ? r.post_secure(text_xml("你好")) : r.post_plain(text_xml("你好"));
  CHECK(answer.status == 200);
  if (!secure) {
    CHECK(answer.body == "<xml>stored</xml>");
    return;
  }
  auto opener = channel::envelope::create(secret{aes_key}, secret{}, app_id);
  CHECK(opener->open(fields_of(answer.body).get("Encrypt"))->message == "<xml>stored</xml>");
}

TEST_CASE("nothing to say is the word success, unencrypted in every mode") {
  rig r{GENERATE(security_mode::plaintext, security_mode::secure)};
  r.bot_says.clear();
  const bool secure = r.hook->channel().mode == security_mode::secure;
  const auto answer = secure ? r.post_secure(text_xml("你好")) : r.post_plain(text_xml("你好"));
  CHECK(answer.status == 200);
  CHECK(answer.body == "success");
  CHECK(answer.content_type == "text/plain; charset=utf-8");
}

TEST_CASE("P3: the same key with another body has no effect and raises one alarm") {
  rig r{security_mode::secure};
  r.outcome = {turn_status::mismatch, "", {}, {}};
  CHECK(r.post_secure(text_xml("你好")).body == "success");
  CHECK(r.alarms == std::vector<std::string>{"body_mismatch"});
}

TEST_CASE("P4: what is not durable is never acknowledged: 503 and close, so that the platform retries") {
  rig r{GENERATE(security_mode::plaintext, security_mode::secure)};
  r.outcome = {turn_status::unavailable, "", {}, {}};
  const bool secure = r.hook->channel().mode == security_mode::secure;
  const auto answer = secure ? r.post_secure(text_xml("你好")) : r.post_plain(text_xml("你好"));
  CHECK(answer.status == 503);
  CHECK(answer.close);
  CHECK(answer.body.find("success") == std::string::npos);
}

TEST_CASE("the pipeline has until 4.5 s after the request's first byte") {
  rig r{security_mode::plaintext};
  r.post_plain(text_xml("你好"));
  REQUIRE(r.deadlines.size() == 1);
  CHECK(r.deadlines[0] - r.accepted == limits::callback_deadline);
}

TEST_CASE("what is handed to the pipeline names channel, account, user, id and time") {
  rig r{security_mode::secure};
  r.post_secure(text_xml("你好", "42"));
  REQUIRE(r.submitted.size() == 1);
  const auto& m = r.submitted[0];
  CHECK(m.channel == "city");
  CHECK(m.account == account);
  CHECK(m.user == user);
  CHECK(m.origin_id == "42");
  CHECK(m.received == unix_ms{now_s * 1000});
  CHECK(m.key.created_s == 1409735668);
  CHECK(m.event == dialogs::any_event{dialogs::event::text{"你好"}});
}

TEST_CASE("a retry under another nonce and time has the same key and digest") {
  rig r{security_mode::secure};
  const std::string message = text_xml("你好", "42");
  for (const char* nonce : {"111", "222"}) {
    const std::string encrypt = sealed(message);
    r.post(secure_params(encrypt, std::to_string(now_s + (nonce[0] - '0')), nonce), xml_envelope(encrypt));
  }
  REQUIRE(r.submitted.size() == 2);
  CHECK(r.submitted[0].key == r.submitted[1].key);
  CHECK(r.submitted[0].body_digest == r.submitted[1].body_digest);
  CHECK(r.repeated_nonces == 0);
}

TEST_CASE("an answer that comes after the webhook's owner let go of it is still sent") {
  pipeline::reply_fn late;
  manual_clock clock{unix_ms{now_s * 1000}};
  auto hook = std::make_shared<webhook>(
      channel_in(security_mode::plaintext), clock,
      [&](pipeline::verified_message, std::shared_ptr<const pipeline::reply_encoder>,
          std::chrono::steady_clock::time_point, pipeline::reply_fn done) { late = std::move(done); },
      webhook_observer{});
  http::request q;
  q.query = query_of(plain_params());
  q.body = text_xml("x");
  std::optional<http::response> got;
  hook->receive(q, http::responder{[&](http::response r) { got = std::move(r); }});
  hook.reset();
  CHECK_FALSE(got.has_value());
  late({turn_status::answered, "<xml/>", {}, {}});
  REQUIRE(got.has_value());
  CHECK(got->body == "<xml/>");
}

TEST_CASE("every configured channel has its path, every other one below /wechat/ is 404") {
  rig r{security_mode::plaintext};
  http::router router;
  for (auto& route : wechat_routes({r.hook})) router.add(std::move(route));
  http::request q;
  q.query = query_of(plain_params());
  q.body = text_xml("x");
  const auto known = router.find(http::method::post, "/wechat/city");
  REQUIRE(known.found != nullptr);
  CHECK(known.found->rule.who == http::access::platform_signature);
  CHECK(known.found->rule.max_body == limits::callback_body_bytes);
  CHECK(call(*known.found, q).status == 200);
  for (const auto verb : {http::method::get, http::method::post}) {
    const auto unknown = router.find(verb, "/wechat/nowhere");
    REQUIRE(unknown.found != nullptr);
    CHECK(call(*unknown.found, q).status == 404);
  }
  CHECK(r.submitted.size() == 1);
}

TEST_CASE("each kind of failure has one status, and matters of trust share theirs") {
  CHECK(channel::http_status(errc::bad_signature) == 403);
  CHECK(channel::http_status(errc::stale_timestamp) == 403);
  CHECK(channel::http_status(errc::wrong_recipient) == 403);
  CHECK(channel::http_status(errc::undecryptable) == 403);
  CHECK(channel::http_status(errc::malformed) == 400);
  CHECK(channel::http_status(errc::too_large) == 413);
  CHECK(channel::http_status(errc::not_found) == 404);
  CHECK(channel::http_status(errc::conflict) == 409);
  CHECK(channel::http_status(errc::unsupported) == 422);
  for (const errc e : {errc::unavailable, errc::timed_out, errc::overloaded}) {
    CHECK(channel::http_status(e) == 503);
    CHECK(channel::refusal(e).close);
  }
  CHECK(channel::http_status(make_error_code(boost::system::errc::io_error)) == 500);
}
