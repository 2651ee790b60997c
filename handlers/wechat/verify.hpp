#pragma once
// Who sent this? The one place where bytes of WeChat become trusted, and the only one that can make a verified_message here.
// Which checks apply is the configuration's choice alone. One instance per channel, loop thread only.

#include "bot/base/clock.hpp"
#include "bot/pipeline/inbound.hpp"
#include "handlers/channel/callback_query.hpp"
#include "handlers/channel/envelope.hpp"
#include "handlers/channel/replay_window.hpp"
#include "handlers/wechat/codec.hpp"
#include "handlers/wechat/config.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::wechat {

/// How the answer to a callback has to look.
struct reply_context {
  data_format format = data_format::xml;           ///< of the outer body
  std::optional<channel::envelope::key_slot> key;  ///< the key that opened it; none in plaintext mode
  std::string nonce;                               ///< of the request, echoed in an encrypted answer
};

/// A body whose sender proved to know the token (and, but for plaintext mode, to have written exactly this).
class authentic_body {
 public:
  const std::string& bytes() const { return bytes_; }
  const std::string& openid() const { return openid_; }  ///< of the query, unsigned; "" where it is absent
  const reply_context& reply() const { return reply_; }
  bool nonce_repeated() const { return nonce_repeated_; }

 private:
  friend class callback_verifier;
  authentic_body() = default;
  std::string bytes_;
  std::string openid_;
  reply_context reply_;
  bool nonce_repeated_ = false;
};

class callback_verifier : private pipeline::verifier {
 public:
  /// Throws std::invalid_argument with the first sentence of validate() for a channel that must not start. `clock` outlives it.
  callback_verifier(wechat_channel channel, const clock& clock);

  /// The GET check of the URL: the text to echo, exactly. errc::bad_signature or errc::stale_timestamp otherwise.
  result<std::string> check_url(std::string_view query) const;

  /// A POST: checks its age and signature and opens the envelope.
  /// errc::stale_timestamp, errc::bad_signature (also for anything missing or doubled), errc::undecryptable.
  result<authentic_body> check_message(std::string_view query, std::string body);

  /// Vouches for a decoded body: the addressee is our account and the sender is the one of the query, where these are known.
  /// errc::wrong_recipient otherwise.
  result<pipeline::verified_message> admit(const authentic_body& source, incoming message) const;

  /// The bytes to send for a stored reply: itself in plaintext mode, else encrypted with fresh randomness.
  std::string seal(const reply_context& to, const std::string& reply);

  const wechat_channel& channel() const { return channel_; }

 private:
  result<authentic_body> open_envelope(const channel::callback_query& query, std::string_view body);

  wechat_channel channel_;
  const clock& clock_;
  channel::replay_window window_;
  std::optional<channel::envelope> envelope_;
};

}  // namespace zhuqi::wechat
