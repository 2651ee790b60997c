#include "bot/staff/session.hpp"

#include <algorithm>

namespace zhuqi::staff {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_chars = 43;
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

std::string_view view(const crypto::sha256_digest& d) { return {reinterpret_cast<const char*>(d.data()), d.size()}; }

std::string base64url(std::string_view bytes) {
  auto text = crypto::base64_encode(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  while (text.ends_with('=')) text.pop_back();
  return text;
}

bool token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool looks_like_token(std::string_view s) { return s.size() == token_chars && std::ranges::all_of(s, token_char); }

std::string_view without_blanks(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

}  // namespace

secret new_session_token() { return secret{base64url(crypto::random_bytes(token_bytes))}; }

std::optional<session_digest> session_digest_of(std::string_view token) {
  if (!looks_like_token(token)) return std::nullopt;
  return crypto::sha256(token);
}

session_verdict judge(unix_ms opened, unix_ms seen, unix_ms now, const session_limits& limits) {
  using std::chrono::milliseconds;
  if (now - opened >= milliseconds{limits.absolute}.count()) return session_verdict::too_old;
  if (now - seen >= milliseconds{limits.idle}.count()) return session_verdict::idle_too_long;
  return session_verdict::live;
}

bool worth_touching(unix_ms seen, unix_ms now) {
  return now - seen >= std::chrono::milliseconds{limits::session_touch}.count();
}

std::string csrf_token(const secret& key, const session_digest& session) {
  return base64url(view(crypto::hmac_sha256(key.reveal(), view(session))));
}

bool csrf_fits(const secret& key, const session_digest& session, std::string_view token) {
  return crypto::equal_constant_time(csrf_token(key, session), token);
}

std::string session_cookie(const secret& token) {
  return std::string{session_cookie_name}.append("=").append(token.reveal()).append(attributes);
}

std::string cleared_session_cookie() {
  return std::string{session_cookie_name}.append("=; Max-Age=0").append(attributes);
}

std::optional<secret> session_token_in(std::string_view cookie_header) {
  if (cookie_header.size() > limits::cookie_header_bytes) return std::nullopt;
  std::optional<std::string_view> found;
  while (!cookie_header.empty()) {
    const auto end = std::min(cookie_header.find(';'), cookie_header.size());
    const auto pair = cookie_header.substr(0, end);
    cookie_header.remove_prefix(std::min(end + 1, cookie_header.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || without_blanks(pair.substr(0, equals)) != session_cookie_name) continue;
    if (found) return std::nullopt;
    found = without_blanks(pair.substr(equals + 1));
  }
  if (!found || !looks_like_token(*found)) return std::nullopt;
  return secret{std::string{*found}};
}

}  // namespace zhuqi::staff
