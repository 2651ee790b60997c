#pragma once
// What the bot says → bytes of a passive reply, and bytes → envelope. Passive replies are free where customer-service messages are
// rationed, so as many messages as fit travel in one.

#include "bot/pipeline/inbound.hpp"
#include "handlers/wechat/wire.hpp"

#include <string>
#include <string_view>

namespace zhuqi::wechat {

/// Writes one text message in the data format of the request. The result is what gets stored: plain, and with its CreateTime,
/// so that a retry is answered with the same bytes (encrypted anew where the mode asks for it).
///
/// Messages are joined with an empty line as long as they fit into limits::wechat_text_bytes; the rest is left to the outbox.
/// A first message that does not fit alone is cut in its text, at a character, and keeps its options.
class passive_reply_encoder final : public pipeline::reply_encoder {
 public:
  explicit passive_reply_encoder(data_format format) : format_{format} {}
  pipeline::passive_reply encode(const pipeline::message_fields& to, std::span<const dialogs::message> messages,
                                 unix_ms now) const override;

 private:
  data_format format_;
};

/// The body around an encrypted reply. `timestamp` is a number of seconds in decimal digits.
std::string encrypted_body(data_format format, std::string_view encrypt, std::string_view msg_signature,
                           std::string_view timestamp, std::string_view nonce);

/// `value` as a CDATA section: "]]>" is split over two, characters XML cannot carry are dropped.
std::string cdata(std::string_view value);

}  // namespace zhuqi::wechat
