#pragma once
// The query string of a signed callback. A parameter that counts and stands there twice makes the whole query void: which of the
// two another party reads is nobody's to guess.

#include "bot/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::channel {

struct callback_query {
  std::optional<std::string> signature;
  std::optional<std::string> msg_signature;
  std::optional<std::string> timestamp;
  std::optional<std::string> nonce;
  std::optional<std::string> echostr;
  std::optional<std::string> openid;

  /// Decodes '+' and %XX in names and values, each once. errc::malformed for a parameter of the list above given twice, or
  /// badly encoded, or encoded NUL anywhere. Other parameters are passed over (encrypt_type too: configuration decides).
  static result<callback_query> parse(std::string_view query);
};

}  // namespace zhuqi::channel
