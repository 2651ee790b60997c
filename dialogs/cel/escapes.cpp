// The escapes of string and bytes literals.

#include "dialogs/cel/lexer.hpp"

#include <unicode/utf8.h>

#include <string>

namespace zhuqi::dialogs::cel {
namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  char buffer[4];
  std::int32_t n = 0;
  UBool failed = 0;
  U8_APPEND(buffer, n, 4, static_cast<UChar32>(c), failed);
  if (failed == 0) out.append(buffer, static_cast<std::size_t>(n));
}

// The value of exactly `count` digits, or nullopt.
std::optional<std::uint32_t> digits(std::string_view text, std::size_t at, std::size_t count, std::uint32_t base) {
  if (at + count > text.size()) return std::nullopt;
  std::uint32_t out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    const char c = text[i];
    std::uint32_t d = 99;
    if (c >= '0' && c <= '9') d = static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') d = static_cast<std::uint32_t>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') d = static_cast<std::uint32_t>(c - 'A') + 10;
    if (d >= base) return std::nullopt;
    out = out * base + d;
  }
  return out;
}

std::optional<char> simple_escape(char c) {
  switch (c) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    case '\\':
    case '?':
    case '"':
    case '\'':
    case '`': return c;
    default: return std::nullopt;
  }
}

struct numeric {
  std::uint32_t code = 0;
  std::size_t length = 0;  ///< with the backslash
};

std::optional<numeric> numeric_escape(std::string_view body, std::size_t at, literal_kind as) {
  const char c = body[at + 1];
  std::optional<std::uint32_t> code;
  std::size_t length = 0;
  if (c == 'x' || c == 'X') {
    code = digits(body, at + 2, 2, 16);
    length = 4;
  } else if (c == 'u' && as == literal_kind::text) {
    code = digits(body, at + 2, 4, 16);
    length = 6;
  } else if (c == 'U' && as == literal_kind::text) {
    code = digits(body, at + 2, 8, 16);
    length = 10;
  } else if (c >= '0' && c <= '3') {
    code = digits(body, at + 1, 3, 8);
    length = 4;
  }
  if (!code || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF)) return std::nullopt;
  return numeric{*code, length};
}

}  // namespace

std::optional<std::string> unescape(std::string_view body, literal_kind as, escape_error& wrong) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    if (body[at] != '\\') {
      out += body[at++];
      continue;
    }
    wrong = {at, std::min(at + 2, body.size())};
    if (at + 1 >= body.size()) return std::nullopt;
    if (const auto plain = simple_escape(body[at + 1])) {
      out += *plain;
      at += 2;
      continue;
    }
    const auto code = numeric_escape(body, at, as);
    if (!code) return std::nullopt;
    if (as == literal_kind::octets) {
      out += static_cast<char>(code->code);
    } else {
      append_utf8(out, code->code);
    }
    at += code->length;
  }
  return out;
}

}  // namespace zhuqi::dialogs::cel
