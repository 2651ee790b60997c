#include "bot/base/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace zhuqi::crypto {

sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) {
  ZHUQI_ASSERT(!key.empty());
  sha256_digest out{};
  unsigned size = 0;
  const unsigned char* done =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
           bytes.size(), out.data(), &size);
  ZHUQI_ASSERT(done != nullptr && size == out.size());
  return out;
}

}  // namespace zhuqi::crypto
