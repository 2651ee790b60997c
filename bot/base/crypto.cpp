#include "bot/base/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace zhuqi::crypto {
namespace {

struct cipher_free {
  void operator()(EVP_CIPHER_CTX* p) const noexcept { EVP_CIPHER_CTX_free(p); }
};
struct digest_free {
  void operator()(EVP_MD_CTX* p) const noexcept { EVP_MD_CTX_free(p); }
};

// Fetching an algorithm by name costs more than hashing a callback with it; both live as long as the process.
const EVP_MD* sha1_algorithm() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  return md;
}
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return md;
}
const EVP_CIPHER* aes_algorithm() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr);
  return cipher;
}

template <std::size_t N>
std::array<std::uint8_t, N> digest(const EVP_MD* algorithm, std::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, digest_free> context{EVP_MD_CTX_new()};
  std::array<std::uint8_t, N> out{};
  unsigned int size = 0;
  if (algorithm == nullptr || context == nullptr || EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), out.data(), &size) != 1 || size != N) {
    throw std::runtime_error{"OpenSSL cannot compute a digest"};
  }
  return out;
}

enum class direction : int { decrypt = 0, encrypt = 1 };

result<std::string> aes256_cbc(std::string_view key, std::string_view iv, std::string_view in, direction way) {
  if (key.size() != 32 || iv.size() != 16 || in.size() % 16 != 0) return errc::malformed;
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, cipher_free> context{EVP_CIPHER_CTX_new()};
  std::string out(in.size() + 16, '\0');
  const auto* input = reinterpret_cast<const unsigned char*>(in.data());
  auto* output = reinterpret_cast<unsigned char*>(out.data());
  int written = 0;
  int tail = 0;
  if (EVP_CipherInit_ex2(context.get(), aes_algorithm(), reinterpret_cast<const unsigned char*>(key.data()),
                         reinterpret_cast<const unsigned char*>(iv.data()), static_cast<int>(way), nullptr) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_CipherUpdate(context.get(), output, &written, input, static_cast<int>(in.size())) != 1 ||
      EVP_CipherFinal_ex(context.get(), output + written, &tail) != 1) {
    return errc::malformed;
  }
  out.resize(static_cast<std::size_t>(written + tail));
  return out;
}

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> reverse_alphabet = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}();

// `text` without padding; `trailing_bits` receives what is left over below the last whole byte.
result<std::string> decode_unpadded(std::string_view text, unsigned& trailing_bits) {
  if (text.size() % 4 == 1) return errc::malformed;
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (char c : text) {
    const std::int8_t value = reverse_alphabet[static_cast<unsigned char>(c)];
    if (value < 0) return errc::malformed;
    buffer = (buffer << 6) | static_cast<std::uint8_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>((buffer >> bits) & 0xFF));
    }
  }
  trailing_bits = buffer & ((1U << bits) - 1);
  return out;
}

}  // namespace

sha1_digest sha1(std::string_view bytes) { return digest<20>(sha1_algorithm(), bytes); }
sha256_digest sha256(std::string_view bytes) { return digest<32>(sha256_algorithm(), bytes); }

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 0xF];
  }
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base64_encode(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  ZHUQI_ASSERT(static_cast<std::size_t>(written) == out.size());
  return out;
}

result<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return errc::malformed;
  std::string_view body = text;
  for (int i = 0; i < 2 && !body.empty() && body.back() == '='; ++i) body.remove_suffix(1);
  unsigned trailing = 0;
  auto out = decode_unpadded(body, trailing);
  if (out && trailing != 0) return errc::malformed;
  return out;
}

result<std::string> base64_decode_lenient(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  unsigned trailing = 0;
  return decode_unpadded(text, trailing);
}

result<std::string> aes256_cbc_encrypt(std::string_view key, std::string_view iv, std::string_view plain) {
  return aes256_cbc(key, iv, plain, direction::encrypt);
}
result<std::string> aes256_cbc_decrypt(std::string_view key, std::string_view iv, std::string_view cipher) {
  return aes256_cbc(key, iv, cipher, direction::decrypt);
}

std::string random_bytes(std::size_t n) {
  std::string out(n, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(n)) != 1) {
    throw std::runtime_error{"OpenSSL has no random bytes"};
  }
  return out;
}

std::string random_uuid() {
  std::string raw = random_bytes(16);
  raw[6] = static_cast<char>((static_cast<unsigned char>(raw[6]) & 0x0F) | 0x40);
  raw[8] = static_cast<char>((static_cast<unsigned char>(raw[8]) & 0x3F) | 0x80);
  std::string out = hex({reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size()});
  for (std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, 1, '-');
  return out;
}

}  // namespace zhuqi::crypto
