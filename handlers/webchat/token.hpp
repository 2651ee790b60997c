#pragma once
// What makes a browser a visitor: a token that the server issued and the browser keeps. It names nobody; whoever holds it is
// that visitor, so it is 128 bits of chance and a signature, which spares us a table of issued tokens.

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

#include <string>
#include <string_view>

namespace zhuqi::webchat {

class visitor_tokens {
 public:
  /// `key` signs; at least 16 bytes, and the same over restarts, or every visitor becomes a stranger.
  explicit visitor_tokens(secret key);

  struct visitor {
    std::string id;     ///< 32 hexadecimal digits; the conversation's user
    std::string token;  ///< "v1.<id>.<mac>"
  };
  visitor issue() const;
  /// The visitor's id. errc::bad_signature for anything we did not issue; takes the same time wherever it differs.
  result<std::string> verify(std::string_view token) const;

 private:
  std::string mac(std::string_view id) const;

  secret key_;
};

}  // namespace zhuqi::webchat
