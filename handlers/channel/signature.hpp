#pragma once
// The two SHA-1 signatures of WeChat-family callbacks. They are different functions with different
// reach: the plain one does not cover the body, so a channel picks by its configuration, never by what the request brings.

#include <span>
#include <string>
#include <string_view>

namespace zhuqi::channel {

/// Lower-case hex SHA-1 of the parts, sorted as byte strings and joined.
std::string sorted_sha1(std::span<const std::string_view> parts);

/// `signature`: proves knowledge of the token for this timestamp and nonce, and nothing about the body.
std::string plain_signature(std::string_view token, std::string_view timestamp, std::string_view nonce);

/// `msg_signature`: covers the Encrypt text too (as received, after XML/JSON and URL decoding).
std::string message_signature(std::string_view token, std::string_view timestamp, std::string_view nonce,
                              std::string_view encrypt);

/// Whether `given` is exactly `expected` (40 lower-case hex digits). Time does not depend on where they differ;
/// anything of another length or alphabet is unequal.
bool signature_equals(std::string_view expected, std::string_view given) noexcept;

}  // namespace zhuqi::channel
