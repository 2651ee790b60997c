#include "handlers/wechat/verify.hpp"

#include "handlers/channel/signature.hpp"
#include "handlers/wechat/reply.hpp"

#include <algorithm>
#include <stdexcept>

namespace zhuqi::wechat {

namespace {

constexpr std::size_t echo_bytes = 128;
constexpr std::size_t nonce_bytes = 128;

/// What we are willing to send back: an unrestricted echo would be a reflected script.
bool is_echo(std::string_view text) {
  return !text.empty() && text.size() <= echo_bytes && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

bool is_nonce(std::string_view text) {
  return !text.empty() && text.size() <= nonce_bytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

/// The parameters every callback must bring.
bool has_frame(const channel::callback_query& q) { return q.timestamp && q.nonce && is_nonce(*q.nonce); }

data_format format_of(std::string_view body) {
  const std::size_t first = body.find_first_of("<{");
  return first != std::string_view::npos && body[first] == '{' ? data_format::json : data_format::xml;
}

wechat_channel checked(wechat_channel c) {
  const auto findings = validate(c);
  if (!findings.empty()) throw std::invalid_argument{findings.front()};
  return c;
}

std::optional<channel::envelope> envelope_for(const wechat_channel& c) {
  if (c.mode == security_mode::plaintext) return std::nullopt;
  auto made = channel::envelope::create(c.encoding_aes_key, c.previous_aes_key, c.app_id);
  if (!made) throw std::invalid_argument{"channels[" + c.id + "].encoding_aes_key: does not decode to an AES key."};
  return std::move(*made);
}

}  // namespace

callback_verifier::callback_verifier(wechat_channel channel, const clock& clock)
    : channel_{checked(std::move(channel))},
      clock_{clock},
      window_{clock, channel_.replay_window},
      envelope_{envelope_for(channel_)} {}

result<std::string> callback_verifier::check_url(std::string_view query) const {
  const auto q = channel::callback_query::parse(query);
  // No msg_signature here, not even in secure mode.
  if (!q || !has_frame(*q) || !q->signature || !q->echostr || !is_echo(*q->echostr)) return errc::bad_signature;
  if (!window_.contains(*q->timestamp)) return errc::stale_timestamp;
  const std::string expected = channel::plain_signature(channel_.token.reveal(), *q->timestamp, *q->nonce);
  if (!channel::signature_equals(expected, *q->signature)) return errc::bad_signature;
  return *q->echostr;
}

result<authentic_body> callback_verifier::check_message(std::string_view query, std::string body) {
  const auto q = channel::callback_query::parse(query);
  if (!q || !has_frame(*q)) return errc::bad_signature;
  if (!window_.contains(*q->timestamp)) return errc::stale_timestamp;
  authentic_body checked_body;
  if (channel_.mode == security_mode::plaintext) {
    if (!q->signature) return errc::bad_signature;
    const std::string expected = channel::plain_signature(channel_.token.reveal(), *q->timestamp, *q->nonce);
    if (!channel::signature_equals(expected, *q->signature)) return errc::bad_signature;
    checked_body.reply_.format = format_of(body);
    checked_body.bytes_ = std::move(body);
    checked_body.nonce_repeated_ = !window_.first_sight(*q->nonce, *q->signature);
  } else {
    auto opened = open_envelope(*q, body);
    if (!opened) return opened.error();
    checked_body = std::move(*opened);
    checked_body.nonce_repeated_ = !window_.first_sight(*q->nonce, *q->msg_signature);
  }
  checked_body.reply_.nonce = *q->nonce;
  checked_body.openid_ = q->openid.value_or("");
  return checked_body;
}

result<authentic_body> callback_verifier::open_envelope(const channel::callback_query& query, std::string_view body) {
  if (!query.msg_signature) return errc::bad_signature;
  const auto outer = wire_fields::parse(body);
  // A doubled Encrypt makes the body damaged: no telling which one was signed.
  if (!outer || outer->state() != soundness::sound) return errc::bad_signature;
  // Of a compatible-mode body only Encrypt is read: its plaintext siblings are signed by nobody.
  const std::string_view encrypt = outer->get("Encrypt");
  const std::string expected =
      channel::message_signature(channel_.token.reveal(), *query.timestamp, *query.nonce, encrypt);
  if (encrypt.empty() || !channel::signature_equals(expected, *query.msg_signature)) return errc::bad_signature;
  auto opened = envelope_->open(encrypt);
  if (!opened) return opened.error();
  authentic_body checked_body;
  checked_body.bytes_ = std::move(opened->message);
  checked_body.reply_.format = outer->format();
  checked_body.reply_.key = opened->key;
  return checked_body;
}

result<pipeline::verified_message> callback_verifier::admit(const authentic_body& source, incoming message) const {
  if (!channel_.original_id.empty() && message.to != channel_.original_id) return errc::wrong_recipient;
  if (!source.openid().empty() && message.from != source.openid()) return errc::wrong_recipient;
  pipeline::message_fields fields;
  fields.channel = channel_.id;
  fields.account = std::move(message.to);
  fields.user = std::move(message.from);
  fields.origin_id = std::move(message.origin_id);
  fields.key = message.key;
  fields.body_digest = message.body_digest;
  fields.event = std::move(message.event);
  fields.received = clock_.now();
  return pipeline::verified_message{vouch(), std::move(fields)};
}

std::string callback_verifier::seal(const reply_context& to, const std::string& reply) {
  if (!to.key) return reply;
  const std::string encrypt = envelope_->seal(reply, *to.key);
  const std::string timestamp = std::to_string(clock_.now().value / 1000);
  const std::string signature = channel::message_signature(channel_.token.reveal(), timestamp, to.nonce, encrypt);
  return encrypted_body(to.format, encrypt, signature, timestamp, to.nonce);
}

}  // namespace zhuqi::wechat
