#include "bot/staff/sealed.hpp"

#include "bot/base/crypto.hpp"
#include "bot/staff/sodium.hpp"

#include <sodium.h>

namespace zhuqi::staff {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* bytes(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

secret derive(const secret& server_key, std::string_view purpose) {
  const auto key = crypto::hmac_sha256(server_key.reveal(), purpose);
  return secret{std::string{reinterpret_cast<const char*>(key.data()), key.size()}};
}

}  // namespace

sealer::sealer(const secret& server_key, std::string_view purpose) : key_{derive(server_key, purpose)} {
  ZHUQI_ASSERT(server_key.reveal().size() >= 32);
  start_sodium();
}

std::string sealer::seal(const secret& plain, std::string_view belongs_to) const {
  auto out = crypto::random_bytes(nonce_bytes);
  const auto nonce = out;
  const auto in = plain.reveal();
  out.resize(nonce_bytes + in.size() + tag_bytes);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + nonce_bytes, &written, bytes(in), in.size(),
                                             bytes(belongs_to), belongs_to.size(), nullptr, bytes(nonce),
                                             bytes(key_.reveal()));
  return out;
}

result<secret> sealer::open(std::string_view sealed, std::string_view belongs_to) const {
  if (sealed.size() < nonce_bytes + tag_bytes) return make_error_code(errc::undecryptable);
  const auto box = sealed.substr(nonce_bytes);
  std::string plain(box.size() - tag_bytes, '\0');
  unsigned long long written = 0;
  const auto failed = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain), &written, nullptr, bytes(box),
                                                                 box.size(), bytes(belongs_to), belongs_to.size(),
                                                                 bytes(sealed), bytes(key_.reveal()));
  if (failed != 0) return make_error_code(errc::undecryptable);
  return secret{std::move(plain)};
}

}  // namespace zhuqi::staff
