#pragma once
// Secrets at rest (TOTP keys): XChaCha20-Poly1305 under a key that is derived from the server's, bound to whom they
// belong, so that a row copied to another person does not open.

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

#include <string>
#include <string_view>

namespace zhuqi::staff {

class sealer {
 public:
  /// `server_key` has at least 32 bytes. `purpose` separates keys: what one purpose sealed, another cannot open.
  sealer(const secret& server_key, std::string_view purpose);

  /// nonce | ciphertext | tag. `belongs_to` is authenticated, not stored.
  std::string seal(const secret& plain, std::string_view belongs_to) const;
  /// errc::undecryptable for other keys, other owners and other bytes alike.
  result<secret> open(std::string_view sealed, std::string_view belongs_to) const;

 private:
  secret key_;
};

}  // namespace zhuqi::staff
