#pragma once
// The few primitives we need, over OpenSSL 3. No policy here: who signs what stands in the channels.

#include "bot/base/result.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zhuqi::crypto {

using sha1_digest = std::array<std::uint8_t, 20>;
using sha256_digest = std::array<std::uint8_t, 32>;

sha1_digest sha1(std::string_view bytes);
sha256_digest sha256(std::string_view bytes);
/// RFC 2104 over SHA-256 (crypto_hmac.cpp). The key may have any length but none.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes);

/// Lower-case hexadecimal.
std::string hex(std::span<const std::uint8_t> bytes);

/// Compares in time that depends only on the lengths. Different lengths are unequal.
bool equal_constant_time(std::string_view a, std::string_view b) noexcept;

std::string base64_encode(std::string_view bytes);
/// RFC 4648 with padding and canonical trailing bits; anything else is errc::malformed.
result<std::string> base64_decode(std::string_view text);
/// Takes missing padding and non-zero trailing bits, as platforms' EncodingAESKeys have them.
result<std::string> base64_decode_lenient(std::string_view text);

/// AES-256-CBC without cipher padding. `key` is 32 bytes, `iv` 16, input a multiple of 16, else errc::malformed.
result<std::string> aes256_cbc_encrypt(std::string_view key, std::string_view iv, std::string_view plain);
result<std::string> aes256_cbc_decrypt(std::string_view key, std::string_view iv, std::string_view cipher);

/// `n` bytes of the operating system's CSPRNG.
std::string random_bytes(std::size_t n);
/// RFC 9562 version 4, lower case.
std::string random_uuid();

}  // namespace zhuqi::crypto
