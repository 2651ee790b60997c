// Every public test vector against our code; those with a callback go through the webhook's own handlers.

#include "tests/unit/wechat/rig.hpp"

#include "bot/base/json.hpp"
#include "handlers/channel/signature.hpp"
#include "handlers/wechat/reply.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace zhuqi;
using namespace zhuqi::wechat;

namespace {

json load_vectors() {
  std::ifstream file{ZHUQI_SOURCE_DIR "/tests/golden/wechat/vectors.json"};
  std::stringstream text;
  text << file.rdbuf();
  auto parsed = parse_json(text.str());
  REQUIRE(parsed.has_value());
  json all = (*parsed)["vectors"];
  for (const auto& v : (*parsed)["derived"]) all.push_back(v);
  return all;
}

bool is_valid(const json& v) { return !v.contains("valid") || v["valid"].get<bool>(); }
std::string get(const json& v, const char* key) { return string_or_empty(v, key); }

wechat_channel channel_of(const json& v, security_mode mode) {
  wechat_channel c;
  c.id = "vector";
  c.mode = mode;
  c.allow_plaintext = mode == security_mode::plaintext;
  c.token = secret{get(v, "token")};
  c.encoding_aes_key = secret{get(v, "encoding_aes_key")};
  c.app_id = get(v, "receive_id");
  return c;
}

/// A rig whose clock shows the vector's timestamp.
test::rig rig_at(const json& v, security_mode mode) { return test::rig{channel_of(v, mode)}; }

void set_clock(test::rig& r, const json& v) { r.clock.set(unix_ms{std::stoll(get(v, "timestamp")) * 1000}); }

void check_oa_signature(const json& v) {
  auto r = rig_at(v, security_mode::plaintext);
  set_clock(r, v);
  test::params query{
      {"signature", get(v, "signature")}, {"timestamp", get(v, "timestamp")}, {"nonce", get(v, "nonce")}};
  if (v.contains("body")) {
    CHECK(r.post(query, get(v, "body")).status == 200);
    REQUIRE(r.submitted.size() == 1);
    return;
  }
  query["echostr"] = v.contains("echostr") ? get(v, "echostr") : "4375120948345356249";
  const auto answer = r.get(test::query_of(query));
  if (!is_valid(v)) {
    CHECK(answer.status == 403);
    CHECK(answer.body.find(query["echostr"]) == std::string::npos);
    return;
  }
  CHECK(answer.status == 200);
  CHECK(answer.body == query["echostr"]);
}

void check_post(const json& v) {
  auto r = rig_at(v, security_mode::secure);
  set_clock(r, v);
  const std::string encrypt = get(v, "encrypt");
  test::params query{
      {"msg_signature", get(v, "msg_signature")}, {"timestamp", get(v, "timestamp")}, {"nonce", get(v, "nonce")}};
  if (v.contains("openid")) query["openid"] = get(v, "openid");
  const std::string made = get(v, "format") == "json" ? json{{"Encrypt", encrypt}}.dump() : test::xml_envelope(encrypt);
  const auto answer = r.post(query, v.contains("body") ? get(v, "body") : made);
  if (!is_valid(v)) {
    CHECK(answer.status == 403);
    CHECK(r.submitted.empty());
    return;
  }
  CHECK(answer.status == 200);
  const bool is_message = get(v, "plaintext").find("FromUserName") != std::string::npos;
  CHECK(r.submitted.size() == (is_message ? 1 : 0));
  // An authentic body that is no message of ours (an echo string, another product's event) is taken without a retry.
  CHECK(r.alarms.size() == (is_message ? 0 : 1));
  if (is_message) CHECK(decode(get(v, "plaintext"), {"vector", get(v, "receive_id")})->event == r.submitted[0].event);
}

void check_msg_decrypt(const json& v) {
  const std::string signature =
      channel::message_signature(get(v, "token"), get(v, "timestamp"), get(v, "nonce"), get(v, "encrypt"));
  CHECK(channel::signature_equals(signature, get(v, "msg_signature")) == (get(v, "expect_error") != "signature"));
  auto envelope = channel::envelope::create(secret{get(v, "encoding_aes_key")}, secret{}, get(v, "receive_id"));
  REQUIRE(envelope.has_value());
  const auto opened = envelope->open(get(v, "encrypt"));
  if (is_valid(v)) {
    REQUIRE(opened.has_value());
    CHECK(opened->message == get(v, "plaintext"));
  } else if (get(v, "expect_error") != "signature") {
    CHECK(opened.error() == errc::undecryptable);
  }
  check_post(v);
}

void check_msg_encrypt(const json& v) {
  auto envelope = channel::envelope::create(secret{get(v, "encoding_aes_key")}, secret{}, get(v, "receive_id"));
  REQUIRE(envelope.has_value());
  const std::string encrypt =
      envelope->seal_with(get(v, "plaintext"), channel::envelope::key_slot::current, get(v, "random"));
  CHECK(encrypt == get(v, "encrypt"));
  const std::string signature =
      channel::message_signature(get(v, "token"), get(v, "timestamp"), get(v, "nonce"), encrypt);
  CHECK(signature == get(v, "msg_signature"));
  const auto format = get(v, "format") == "json" ? data_format::json : data_format::xml;
  CHECK(encrypted_body(format, encrypt, signature, get(v, "timestamp"), get(v, "nonce")) ==
        get(v, "expected_response_body"));
}

void check_sorted(const json& v) {
  const auto parts = v["parts"].get<std::vector<std::string>>();
  const std::vector<std::string_view> views{parts.begin(), parts.end()};
  CHECK(channel::sorted_sha1(views) == get(v, "signature"));
}

void check_xml_input(const json& v) {
  auto c = test::channel_in(security_mode::plaintext);
  c.original_id.clear();
  test::rig r{c};
  const auto answer = r.post_plain(get(v, "body"));
  if (get(v["expected"], "must").starts_with("reject")) {
    CHECK(answer.status == 400);
    CHECK(r.submitted.empty());
  } else {
    CHECK(answer.status == 200);
    CHECK(r.alarms == std::vector<std::string>{"unparsable"});
    REQUIRE(r.submitted.size() == 1);
    CHECK(r.submitted[0].user == "oA");
    CHECK(std::holds_alternative<dialogs::event::notice>(r.submitted[0].event));
  }
}

// Not this channel's, kept because the primitives under it are ours.
void check_primitives(const json& v) {
  if (get(v, "kind") == "jsapi_signature") {
    const std::string text = "jsapi_ticket=" + get(v, "jsapi_ticket") + "&noncestr=" + get(v, "noncestr") +
                             "&timestamp=" + get(v, "timestamp") + "&url=" + get(v, "url");
    CHECK(crypto::hex(crypto::sha1(text)) == get(v, "signature"));
  } else {
    const std::string text = get(v, "timestamp") + get(v, "nonce") + get(v, "encrypt_key") + get(v, "body");
    CHECK(crypto::hex(crypto::sha256(text)) == get(v, "signature"));
  }
}

}  // namespace

TEST_CASE("every public vector gives its documented answer") {
  for (const json& v : load_vectors()) {
    DYNAMIC_SECTION(get(v, "id")) {
      const std::string kind = get(v, "kind");
      if (kind == "oa_signature") {
        check_oa_signature(v);
      } else if (kind == "msg_decrypt") {
        check_msg_decrypt(v);
      } else if (kind == "msg_encrypt") {
        check_msg_encrypt(v);
      } else if (kind == "sha1_sorted") {
        check_sorted(v);
      } else if (kind == "xml_input") {
        check_xml_input(v);
      } else if (kind == "jsapi_signature" || kind == "feishu_signature") {
        check_primitives(v);
      } else {
        FAIL("no test for vectors of kind " << kind);
      }
    }
  }
}
