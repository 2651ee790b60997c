// A1, A2, A3, A5 of the attack table: who may get past the door.

#include "tests/unit/wechat/rig.hpp"

#include "handlers/channel/signature.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::wechat;
using namespace zhuqi::wechat::test;

namespace {

std::string upper(std::string s) {
  std::transform(s.begin(), s.end(), s.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return s;
}

/// All refusals of one rig have to be the same bytes.
void check_refused(rig& r, const http::response& answer) {
  CHECK(answer.status == 403);
  CHECK(answer.body == "forbidden\n");
  CHECK(answer.headers.empty());
  CHECK(r.submitted.empty());
}

}  // namespace

TEST_CASE("GET check echoes exactly, for the plain signature in every mode") {
  const auto mode = GENERATE(security_mode::plaintext, security_mode::compatible, security_mode::secure);
  rig r{mode};
  params p = plain_params();
  p["echostr"] = "4375120948345356249";
  const auto answer = r.get(query_of(p));
  CHECK(answer.status == 200);
  CHECK(answer.body == "4375120948345356249");
  CHECK(answer.content_type == "text/plain");
}

TEST_CASE("GET check never echoes what it could not verify, nor anything that could be markup") {
  rig r{security_mode::secure};
  params p = plain_params();
  SECTION("wrong signature") {
    p["signature"].back() = p["signature"].back() == '0' ? '1' : '0';
    p["echostr"] = "42";
  }
  SECTION("markup") { p["echostr"] = "<script>"; }
  SECTION("empty") { p["echostr"] = ""; }
  SECTION("too long") { p["echostr"] = std::string(129, '1'); }
  SECTION("missing") {}
  SECTION("old") {
    p = plain_params(std::to_string(now_s - 601));
    p["echostr"] = "42";
  }
  check_refused(r, r.get(query_of(p)));
}

TEST_CASE(
    "A1: a callback without signature, or with a wrong, empty, truncated, uppercase or doubled one, is 403 without "
    "effect") {
  const bool plain = GENERATE(true, false);
  rig r{plain ? security_mode::plaintext : security_mode::secure};
  const std::string encrypt = sealed(text_xml("你好"));
  const std::string body = plain ? text_xml("你好") : xml_envelope(encrypt);
  const std::string name = plain ? "signature" : "msg_signature";
  params good = plain ? plain_params() : secure_params(encrypt);
  const std::string right = good[name];

  REQUIRE(rig{plain ? security_mode::plaintext : security_mode::secure}.post(good, body).status == 200);

  params bad = good;
  std::string query;
  SECTION("absent") { bad.erase(name); }
  SECTION("empty") { bad[name] = ""; }
  SECTION("wrong in its first digit") { bad[name].front() = right.front() == '0' ? '1' : '0'; }
  SECTION("wrong in its last digit") { bad[name].back() = right.back() == '0' ? '1' : '0'; }
  SECTION("a prefix of the right one") { bad[name] = right.substr(0, 39); }
  SECTION("the right one and more") { bad[name] = right + "0"; }
  SECTION("uppercase") { bad[name] = upper(right); }
  SECTION("of another token") { bad[name] = sha1_of_sorted({"otherToken", good["timestamp"], good["nonce"], encrypt}); }
  SECTION("doubled, both right") { query = query_of(good) + "&" + name + "=" + right; }
  SECTION("doubled, the second name percent-encoded") {
    query = query_of(good) + "&%" + (plain ? "73ignature=" : "6dsg_signature=x&%6dsg_signature=") + right;
  }
  SECTION("timestamp doubled") { query = query_of(good) + "&timestamp=" + good["timestamp"]; }
  SECTION("nonce doubled") { query = query_of(good) + "&nonce=" + good["nonce"]; }
  SECTION("openid doubled") { query = query_of(good) + "&openid=" + user + "&openid=" + user; }
  SECTION("timestamp absent") { bad.erase("timestamp"); }
  SECTION("nonce absent") { bad.erase("nonce"); }
  SECTION("bad percent encoding") { query = query_of(good) + "%2"; }
  SECTION("no query at all") { query = "?"; }
  check_refused(r, r.post(query.empty() ? query_of(bad) : query, body));
}

TEST_CASE("A1: the mode is the configuration's choice, a request cannot downgrade it") {
  const auto mode = GENERATE(security_mode::compatible, security_mode::secure);
  rig r{mode};
  SECTION("a plain body under a right plain signature") { check_refused(r, r.post(plain_params(), text_xml("x"))); }
  SECTION("encrypt_type=raw") {
    params p = plain_params();
    p["encrypt_type"] = "raw";
    check_refused(r, r.post(p, text_xml("x")));
  }
  SECTION("the plain signature passed off as msg_signature") {
    params p = plain_params();
    p["msg_signature"] = p["signature"];
    check_refused(r, r.post(p, text_xml("x")));
  }
}

TEST_CASE("In compatible mode only the encrypted copy counts, its plaintext siblings are nobody's word") {
  rig r{security_mode::compatible};
  const std::string encrypt = sealed(text_xml("真的"));
  std::string body = text_xml("假的");
  body.insert(body.rfind("</xml>"), "<Encrypt><![CDATA[" + encrypt + "]]></Encrypt>");
  CHECK(r.post(secure_params(encrypt), body).status == 200);
  REQUIRE(r.submitted.size() == 1);
  CHECK(std::get<dialogs::event::text>(r.submitted[0].event).text == "真的");
}

TEST_CASE("A2: a channel without its secrets does not start and says which key") {
  wechat_channel c = channel_in(security_mode::secure);
  std::string key;
  SECTION("no token") {
    c.token = secret{};
    key = "channels[city].token";
  }
  SECTION("short token") {
    c.token = secret{"ab"};
    key = "channels[city].token";
  }
  SECTION("long token") {
    c.token = secret{std::string(33, 'a')};
    key = "channels[city].token";
  }
  SECTION("token with a space") {
    c.token = secret{"abc def"};
    key = "channels[city].token";
  }
  SECTION("no aes key") {
    c.encoding_aes_key = secret{};
    key = "channels[city].encoding_aes_key";
  }
  SECTION("short aes key") {
    c.encoding_aes_key = secret{aes_key.substr(1)};
    key = "channels[city].encoding_aes_key";
  }
  SECTION("bad previous key") {
    c.previous_aes_key = secret{"x"};
    key = "channels[city].previous_aes_key";
  }
  SECTION("no app id") {
    c.app_id = "";
    key = "channels[city].app_id";
  }
  SECTION("plaintext without the flag") {
    c.mode = security_mode::plaintext;
    key = "channels[city].mode";
  }
  SECTION("window of a second") {
    c.replay_window = std::chrono::seconds{1};
    key = "channels[city].replay_window";
  }
  const auto findings = validate(c);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].starts_with(key + ": "));
  CHECK(findings[0].find(token) == std::string::npos);
  CHECK_THROWS_AS(rig{c}, std::invalid_argument);
}

TEST_CASE("A complete channel has nothing to say in any mode") {
  CHECK(validate(channel_in(GENERATE(security_mode::plaintext, security_mode::compatible, security_mode::secure)))
            .empty());
}

TEST_CASE("A3: a right signature outside the replay window is 403; inside, on either side, it passes") {
  const auto mode = GENERATE(security_mode::plaintext, security_mode::secure);
  struct row {
    std::string timestamp;
    bool passes;
  };
  const auto [timestamp, passes] = GENERATE(values<row>({
      {std::to_string(now_s), true},
      {std::to_string(now_s - 600), true},
      {std::to_string(now_s + 600), true},
      {std::to_string(now_s - 601), false},
      {std::to_string(now_s + 601), false},
      {std::to_string(now_s - 24 * 3600), false},
      {"0", false},
      {"", false},
      {"-" + std::to_string(now_s), false},
      {"+" + std::to_string(now_s), false},
      {std::to_string(now_s) + " ", false},
      {std::to_string(now_s) + "x", false},
      {"99999999999999999999999", false},
      {"9223372036854775807", false},
      {"1.78e9", false},
  }));
  rig r{mode};
  const std::string encrypt = sealed(text_xml("你好"));
  const auto answer = mode == security_mode::plaintext
                          ? r.post(plain_params(timestamp), text_xml("你好"))
                          : r.post(secure_params(encrypt, timestamp), xml_envelope(encrypt));
  INFO(timestamp);
  if (passes) {
    CHECK(answer.status == 200);
  } else {
    check_refused(r, answer);
  }
}

TEST_CASE("A3: the window is configurable and measured by the injected clock") {
  wechat_channel c = channel_in(security_mode::plaintext);
  c.replay_window = std::chrono::seconds{60};
  rig r{c};
  CHECK(r.post_plain(text_xml("a")).status == 200);
  r.clock.advance(61'000);
  CHECK(r.post_plain(text_xml("a")).status == 403);
}

TEST_CASE("A3: a repeated nonce is no refusal, it goes on to the dedupe key and is counted") {
  rig r{security_mode::secure};
  const std::string encrypt = sealed(text_xml("你好"));
  const auto first = r.post(secure_params(encrypt), xml_envelope(encrypt));
  const auto second = r.post(secure_params(encrypt), xml_envelope(encrypt));
  CHECK(first.status == 200);
  CHECK(second.status == 200);
  REQUIRE(r.submitted.size() == 2);
  CHECK(r.submitted[0].key == r.submitted[1].key);
  CHECK(r.submitted[0].body_digest == r.submitted[1].body_digest);
  CHECK(r.repeated_nonces == 1);
}

TEST_CASE("Nonces of refused requests are not remembered") {
  rig r{security_mode::plaintext};
  params p = plain_params();
  p["signature"] = std::string(40, '0');
  r.post(p, text_xml("x"));
  r.post_plain(text_xml("x"));
  CHECK(r.repeated_nonces == 0);
}

TEST_CASE("The replay memory is bounded and forgets after the window") {
  manual_clock clock{unix_ms{now_s * 1000}};
  channel::replay_window window{clock, std::chrono::seconds{600}};
  for (std::size_t i = 0; i < limits::replay_entries * 3; ++i) CHECK(window.first_sight(std::to_string(i), "s"));
  CHECK_FALSE(window.first_sight(std::to_string(limits::replay_entries * 3 - 1), "s"));
  clock.advance(600'000);
  CHECK_FALSE(window.first_sight(std::to_string(limits::replay_entries * 3 - 1), "s"));
  clock.advance(3 * 600'000);
  CHECK(window.first_sight(std::to_string(limits::replay_entries * 3 - 1), "s"));
}

TEST_CASE("A5: in secure mode a broken envelope under a right signature is the same 403 as a wrong signature") {
  rig r{security_mode::secure};
  std::string encrypt;
  SECTION("empty") { encrypt = ""; }
  SECTION("not base64") { encrypt = "***not base64***"; }
  SECTION("half a block") { encrypt = crypto::base64_encode(std::string(48, 'x')); }
  SECTION("noise") { encrypt = crypto::base64_encode(std::string(64, 'x')); }
  SECTION("another app id") { encrypt = sealed(text_xml("x"), aes_key, "wx0000000000000000"); }
  SECTION("a longer app id") { encrypt = sealed(text_xml("x"), aes_key, app_id + "x"); }
  SECTION("no app id") { encrypt = sealed(text_xml("x"), aes_key, ""); }
  SECTION("another key") { encrypt = sealed(text_xml("x"), other_key); }
  SECTION("cut by a block") {
    const auto whole = crypto::base64_decode(sealed(text_xml("x")));
    encrypt = crypto::base64_encode(whole->substr(0, whole->size() - 32));
  }
  check_refused(r, r.post(secure_params(encrypt), xml_envelope(encrypt)));
}

TEST_CASE("A5: the signature is checked before the envelope is opened") {
  rig r{security_mode::secure};
  const std::string garbage = crypto::base64_encode(std::string(64, 'x'));
  params p = secure_params(garbage);
  p["msg_signature"].front() = p["msg_signature"].front() == '0' ? '1' : '0';
  check_refused(r, r.post(p, xml_envelope(garbage)));
  CHECK(r.rejected == std::vector<std::string>{"bad_signature"});
}

TEST_CASE("Key rollover: a message under the previous key is read, and answered under that key") {
  wechat_channel c = channel_in(security_mode::secure);
  c.encoding_aes_key = secret{other_key};
  c.previous_aes_key = secret{aes_key};
  rig r{c};
  const std::string used = GENERATE(as<std::string>{}, aes_key, other_key);
  const std::string encrypt = sealed(text_xml("你好"), used);
  const auto answer = r.post(secure_params(encrypt), xml_envelope(encrypt));
  REQUIRE(answer.status == 200);
  const auto outer = wire_fields::parse(answer.body);
  REQUIRE(outer.has_value());
  auto opener = channel::envelope::create(secret{used}, secret{}, app_id);
  const auto inner = opener->open(outer->get("Encrypt"));
  REQUIRE(inner.has_value());
  CHECK(wire_fields::parse(inner->message)->get("Content") == "好的");
}

TEST_CASE("A message to another account, or from another sender than the query says, is 403") {
  rig r{security_mode::plaintext};
  params p = plain_params();
  SECTION("openid of somebody else") { p["openid"] = "oSomebodyElse"; }
  SECTION("another original id") {
    wechat_channel c = channel_in(security_mode::plaintext);
    c.original_id = "gh_other";
    rig other{c};
    check_refused(other, other.post(p, text_xml("x")));
    return;
  }
  check_refused(r, r.post(p, text_xml("x")));
  CHECK(r.rejected == std::vector<std::string>{"wrong_recipient"});
}

TEST_CASE("Signatures compare over a fixed length and alphabet") {
  const std::string right = channel::plain_signature(token, "1", "2");
  CHECK(channel::signature_equals(right, right));
  CHECK_FALSE(channel::signature_equals(right, upper(right)));
  CHECK_FALSE(channel::signature_equals("", ""));
  CHECK_FALSE(channel::signature_equals(right, ""));
  CHECK_FALSE(channel::signature_equals(right, right.substr(0, 20)));
}
