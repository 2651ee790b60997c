#pragma once
// Writes response heads. One string per response, built in a buffer that the loop owns.

#include "bot/runtime/http.hpp"

namespace zhuqi::http {

enum class connection_header : std::uint8_t { none, close, keep_alive };

std::string_view reason_phrase(int status) noexcept;

/// Appends the status line, Date, Content-Type, Content-Length, Connection and the response's own headers to `out`.
/// Control characters in header values become spaces: a value can never begin a line of its own.
void append_head(std::string& out, const response& r, std::string_view date, connection_header connection);

/// RFC 9110 section 6.4.1: these never have a body.
inline bool is_bodiless(int status) noexcept { return status == 204 || status == 304 || status / 100 == 1; }

/// An IMF-fixdate such as "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::int64_t unix_seconds);

}  // namespace zhuqi::http
