// Passive replies: what the user sees in her bubble, byte by byte.

#include "tests/unit/wechat/rig.hpp"

#include "bot/base/json.hpp"
#include "bot/base/text.hpp"
#include "handlers/wechat/reply.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::wechat;
using namespace zhuqi::wechat::test;
using dialogs::message;

namespace {

pipeline::message_fields addressed() {
  pipeline::message_fields to;
  to.account = account;
  to.user = user;
  return to;
}

pipeline::passive_reply encode(const std::vector<message>& messages, data_format format = data_format::xml) {
  return passive_reply_encoder{format}.encode(addressed(), messages, unix_ms{now_s * 1000 + 999});
}

std::string content_of(const pipeline::passive_reply& reply) {
  const auto fields = wire_fields::parse(reply.bytes);
  REQUIRE(fields.has_value());
  REQUIRE(fields->state() == soundness::sound);
  return std::string{fields->get("Content")};
}

std::string repeat(std::string_view what, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += what;
  return out;
}

}  // namespace

TEST_CASE("a reply swaps sender and addressee and tells the time in seconds") {
  CHECK(encode({{"你好", {}, ""}}).bytes ==
        "<xml><ToUserName><![CDATA[" + user + "]]></ToUserName><FromUserName><![CDATA[" + account +
            "]]></FromUserName><CreateTime>1780000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
            "<Content><![CDATA[你好]]></Content></xml>");
  CHECK(encode({{"你好\"", {}, ""}}, data_format::json).bytes ==
        R"({"Content":"你好\"","CreateTime":1780000000,"FromUserName":")" + account +
            R"(","MsgType":"text","ToUserName":")" + user + "\"}");
}

TEST_CASE("options become lines to answer by number, the hint comes last") {
  const auto reply = encode({{"请选择", {{"1", "查政策"}, {"2", "办补贴"}, {"是", "是"}}, "请回复数字"}});
  CHECK(content_of(reply) == "请选择\n1. 查政策\n2. 办补贴\n是\n请回复数字");
  CHECK(content_of(encode({{"", {{"1", "是"}}, ""}})) == "1. 是");
}

TEST_CASE("messages share one bubble as long as they fit, the rest is left to the outbox") {
  const message half{repeat("补", 330), {}, ""};  // 990 bytes
  CHECK(encode({half, half}).messages == 2);
  CHECK(content_of(encode({half, half})).size() == 990 + 2 + 990);
  CHECK(encode({half, half, half}).messages == 2);
  CHECK(encode({half, half, {"好", {}, ""}}).messages == 3);
  CHECK(content_of(encode({{"一", {}, ""}, {"二", {}, ""}})) == "一\n\n二");
}

TEST_CASE("a message of exactly the limit goes out whole") {
  const std::string exact = repeat("a", limits::wechat_text_bytes);
  CHECK(content_of(encode({{exact, {}, ""}})) == exact);
}

TEST_CASE("a message over the limit is cut at a character and keeps its options") {
  const message long_one{repeat("补", 2'000), {{"1", "是"}, {"2", "否"}}, "请回复数字"};
  const auto reply = encode({long_one, {"下一条", {}, ""}});
  const std::string content = content_of(reply);
  CHECK(content.size() <= limits::wechat_text_bytes);
  CHECK(content.size() > limits::wechat_text_bytes - 4);
  CHECK(text::is_utf8(content));
  CHECK(content.ends_with("…\n1. 是\n2. 否\n请回复数字"));
  CHECK(reply.messages == 1);

  const message endless{"x", {{"1", repeat("长", 2'000)}}, ""};
  CHECK(content_of(encode({endless})).size() <= limits::wechat_text_bytes);
  CHECK(text::is_utf8(content_of(encode({endless}))));
}

TEST_CASE("the limit holds at every offset of a multi-byte text") {
  for (std::size_t shift = 0; shift < 8; ++shift) {
    const std::string content = content_of(encode({{repeat("a", shift) + repeat("😀", 1'000), {}, ""}}));
    CHECK(content.size() <= limits::wechat_text_bytes);
    CHECK(text::is_utf8(content));
  }
}

TEST_CASE("nothing to say gives no bytes, never an empty Content") {
  CHECK(encode({}).bytes.empty());
  CHECK(encode({{"", {}, ""}}).bytes.empty());
  CHECK(encode({{"", {}, ""}}).messages == 1);
  CHECK(encode({{"\x01", {}, ""}}).bytes.empty());
}

TEST_CASE("']]>' in an echoed text cannot leave its CDATA section") {
  const std::string hostile = GENERATE("]]>", "a]]>b", "]]>]]>", "]]]]>>", "]]", "]", ">",
                                       "x]]></Content><FromUserName>evil</FromUserName><Content>");
  CHECK(content_of(encode({{hostile, {}, ""}})) == hostile);
  CHECK(content_of(encode({{hostile, {}, ""}}, data_format::json)) == hostile);
}

TEST_CASE("control characters and ill-formed UTF-8 never reach the platform") {
  CHECK(content_of(encode({{std::string("a\0b\x1F", 4), {}, ""}})) == "ab");
  CHECK(content_of(encode({{"a\xFF", {}, ""}})) == "a\xEF\xBF\xBD");
}

TEST_CASE("JSON replies are raw UTF-8: the phone would show \\u escapes") {
  CHECK(encode({{"补贴😀", {}, ""}}, data_format::json).bytes.find("补贴😀") != std::string::npos);
}

TEST_CASE("an encrypted body escapes a nonce that was never a number") {
  CHECK(encrypted_body(data_format::json, "E", "S", "1", "a\"b") ==
        R"({"Encrypt":"E","MsgSignature":"S","TimeStamp":1,"Nonce":"a\"b"})");
  CHECK(wire_fields::parse(encrypted_body(data_format::xml, "E", "S", "1", "]]></Nonce><Encrypt>x</Encrypt>"))
            ->get("Encrypt") == "E");
}
