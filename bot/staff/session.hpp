#pragma once
// Sessions of the console, as values: a random token that only the browser has, of which the server keeps the SHA-256;
// a CSRF token bound to it; the cookie that carries it. Pure but for the randomness of a new token.

#include "bot/base/crypto.hpp"
#include "bot/base/ids.hpp"
#include "bot/base/limits.hpp"
#include "bot/base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::staff {

using session_digest = crypto::sha256_digest;

/// 256 random bits, base64url without padding (43 characters).
secret new_session_token();
/// What the store knows a session by. nullopt for what cannot be a token; then there is nothing to look up.
std::optional<session_digest> session_digest_of(std::string_view token);

struct session_limits {
  std::chrono::seconds idle = limits::session_idle;
  std::chrono::seconds absolute = limits::session_absolute;
};

enum class session_verdict : std::uint8_t { live, idle_too_long, too_old };

/// `opened` and `seen` are the session's; a rotation keeps `opened`. A clock that jumped back ends nothing.
session_verdict judge(unix_ms opened, unix_ms seen, unix_ms now, const session_limits& limits = {});
/// "Last seen" is stale enough to be worth a write.
bool worth_touching(unix_ms seen, unix_ms now);

/// For the page to send back in a header; another session's does not fit. `key` is derived for this purpose alone.
std::string csrf_token(const secret& key, const session_digest& session);
/// In constant time.
bool csrf_fits(const secret& key, const session_digest& session, std::string_view token);

inline constexpr std::string_view session_cookie_name = "__Host-zhuqi-session";

/// The value of a Set-Cookie header. A session cookie: the browser forgets it when it closes, the server decides anyway.
std::string session_cookie(const secret& token);
/// The value of a Set-Cookie header that makes the browser forget it.
std::string cleared_session_cookie();
/// The token out of a Cookie header (RFC 6265 §4.2.1). nullopt where there is none, where it is none of ours, where the
/// name comes twice (somebody plants one) or the header is longer than limits::cookie_header_bytes.
std::optional<secret> session_token_in(std::string_view cookie_header);

}  // namespace zhuqi::staff
