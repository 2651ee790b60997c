#pragma once
// Unicode at the edges: validate once, normalise once, never cut a character in two.

#include <cstddef>
#include <string>
#include <string_view>

namespace zhuqi::text {

/// Well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(std::string_view bytes) noexcept;

/// `bytes` with every ill-formed sequence replaced by U+FFFD.
std::string to_valid_utf8(std::string_view bytes);

/// Longest prefix of at most `max_bytes` bytes that ends at a character boundary.
std::string_view truncate(std::string_view utf8, std::size_t max_bytes) noexcept;

/// Without leading and trailing white space, ASCII and U+3000.
std::string_view trim(std::string_view utf8) noexcept;

/// Without the characters XML 1.0 cannot carry (C0 controls but TAB, LF, CR; U+FFFE, U+FFFF) — and without NUL.
std::string strip_controls(std::string_view utf8);

/// What a keyword or option is compared by: NFKC, lower case, traditional → simplified, trimmed. Ill-formed input gives "".
std::string fold(std::string_view utf8);

}  // namespace zhuqi::text
