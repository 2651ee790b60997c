#pragma once
// The AES envelope of the WeChat family (WXBizMsgCrypt): Official Account, WeCom, 微信客服 and DingTalk differ
// only in the receive id. The caller has checked msg_signature before it opens anything. Not thread-safe: the cipher
// contexts are kept and reused, so each loop thread has its own.

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::channel {

class envelope {
 public:
  /// Old ciphertexts keep arriving for a while after a key change; the answer goes out under the key that opened the question.
  enum class key_slot : std::uint8_t { current, previous };

  struct opened {
    std::string message;  ///< as sent; not checked for UTF-8 (the codec repairs it: the sender is authentic by now)
    key_slot key = key_slot::current;
  };

  /// Keys are EncodingAESKeys: 43 characters of [A-Za-z0-9], usually with non-zero trailing bits. `previous_key` may be empty.
  /// errc::malformed for a key of another form. `receive_id` is the app, corp or suite id; "" is legal (WeCom AI bots).
  static result<envelope> create(const secret& current_key, const secret& previous_key, std::string receive_id);

  envelope(envelope&&) noexcept;
  envelope& operator=(envelope&&) noexcept;
  ~envelope();

  /// Every failure is errc::undecryptable, whatever it was: padding, length, receive id or key.
  result<opened> open(std::string_view encrypt);

  /// base64(AES(random16 | length | message | receive id | padding)), random16 fresh from the operating system.
  std::string seal(std::string_view message, key_slot key);
  /// The same with a given random16 (exactly 16 bytes): for known-answer tests only, since random16 is the only freshness.
  std::string seal_with(std::string_view message, key_slot key, std::string_view random16);

 private:
  struct impl;
  explicit envelope(std::unique_ptr<impl> parts) noexcept;
  std::unique_ptr<impl> impl_;
};

/// Whether `text` has the form of an EncodingAESKey.
bool is_encoding_aes_key(std::string_view text) noexcept;

}  // namespace zhuqi::channel
