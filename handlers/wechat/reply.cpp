#include "handlers/wechat/reply.hpp"

#include "bot/base/json.hpp"
#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"

namespace zhuqi::wechat {

namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::string_view gap = "\n\n";

/// Options and hint, as lines below the text; the user answers by typing a value.
std::string tail_of(const dialogs::message& message) {
  std::string tail;
  for (const auto& option : message.options) {
    tail += "\n" + (option.value == option.label ? option.value : option.value + ". " + option.label);
  }
  if (!message.hint.empty()) tail += "\n" + message.hint;
  return tail;
}

std::string sanitized(const std::string& utf8) {
  return text::strip_controls(text::is_utf8(utf8) ? utf8 : text::to_valid_utf8(utf8));
}

/// One message as the user reads it; without a leading newline where there is no text.
std::string rendered(const dialogs::message& message) {
  const std::string whole = sanitized(message.text + tail_of(message));
  return whole.starts_with('\n') ? whole.substr(1) : whole;
}

/// A message over the limit, cut so that its options stay: without them the user could not answer.
std::string cut_to_fit(const dialogs::message& message) {
  const std::string tail = sanitized(tail_of(message));
  if (tail.size() + ellipsis.size() > limits::wechat_text_bytes) {
    return std::string{text::truncate(rendered(message), limits::wechat_text_bytes)};
  }
  const std::string words = sanitized(message.text);
  const std::size_t room = limits::wechat_text_bytes - tail.size() - ellipsis.size();
  return std::string{text::truncate(words, room)} + std::string{ellipsis} + tail;
}

struct merged {
  std::string content;
  std::size_t messages = 0;
};

merged merge(std::span<const dialogs::message> messages) {
  merged out;
  for (const auto& message : messages) {
    const std::string next = rendered(message);
    const std::size_t joint = out.content.empty() || next.empty() ? 0 : gap.size();
    if (out.content.size() + joint + next.size() > limits::wechat_text_bytes) {
      if (!out.content.empty()) break;
      out.content = cut_to_fit(message);
      ++out.messages;
      break;
    }
    if (joint != 0) out.content += gap;
    out.content += next;
    ++out.messages;
  }
  return out;
}

std::string xml_text(const pipeline::message_fields& to, std::string_view content, std::int64_t created_s) {
  return "<xml><ToUserName>" + cdata(to.user) + "</ToUserName><FromUserName>" + cdata(to.account) +
         "</FromUserName><CreateTime>" + std::to_string(created_s) +
         "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>" + cdata(content) + "</Content></xml>";
}

std::string json_text(const pipeline::message_fields& to, const std::string& content, std::int64_t created_s) {
  return dump_json({{"ToUserName", to.user},
                    {"FromUserName", to.account},
                    {"CreateTime", created_s},
                    {"MsgType", "text"},
                    {"Content", content}});
}

}  // namespace

pipeline::passive_reply passive_reply_encoder::encode(const pipeline::message_fields& to,
                                                      std::span<const dialogs::message> messages, unix_ms now) const {
  merged m = merge(messages);
  // An empty Content makes the user see an error; no bytes make the webhook answer "success".
  if (m.content.empty()) return {std::string{}, m.messages};
  const std::int64_t created_s = now.value / 1000;
  return {format_ == data_format::xml ? xml_text(to, m.content, created_s) : json_text(to, m.content, created_s),
          m.messages};
}

std::string encrypted_body(data_format format, std::string_view encrypt, std::string_view msg_signature,
                           std::string_view timestamp, std::string_view nonce) {
  std::string out;
  out.reserve(encrypt.size() + 256);
  if (format == data_format::json) {
    // In the order of the platform's own example; encrypt, signature and timestamp hold nothing to escape.
    out.append(R"({"Encrypt":")").append(encrypt).append(R"(","MsgSignature":")").append(msg_signature);
    out.append(R"(","TimeStamp":)").append(timestamp).append(R"(,"Nonce":)").append(dump_json(json(nonce))).append("}");
    return out;
  }
  out.append("<xml>\n<Encrypt><![CDATA[").append(encrypt).append("]]></Encrypt>\n<MsgSignature><![CDATA[");
  out.append(msg_signature).append("]]></MsgSignature>\n<TimeStamp>").append(timestamp).append("</TimeStamp>\n<Nonce>");
  out.append(cdata(nonce)).append("</Nonce>\n</xml>");
  return out;
}

std::string cdata(std::string_view value) {
  static constexpr std::string_view end = "]]>";
  const std::string safe = text::strip_controls(value);
  std::string out = "<![CDATA[";
  std::size_t from = 0;
  for (std::size_t at = safe.find(end); at != std::string::npos; at = safe.find(end, from)) {
    out.append(safe, from, at + 2 - from).append("]]><![CDATA[");
    from = at + 2;
  }
  return out.append(safe, from, std::string::npos).append(end);
}

}  // namespace zhuqi::wechat
