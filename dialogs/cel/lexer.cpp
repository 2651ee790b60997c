#include "dialogs/cel/lexer.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace zhuqi::dialogs::cel {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Of a character beyond ASCII its length where it may stand in an identifier, else 0.
std::size_t wide_character(std::string_view text, std::size_t at, bool first) {
  std::int32_t i = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(text.data(), i, static_cast<std::int32_t>(text.size()), c);
  if (c < 0x80) return 0;
  const bool fits = u_hasBinaryProperty(c, first ? UCHAR_XID_START : UCHAR_XID_CONTINUE) != 0;
  return fits ? static_cast<std::size_t>(i) - at : 0;
}

// Length of r, b, br and the like in front of a quote; nullopt where no quote follows.
std::optional<std::size_t> string_prefix(std::string_view rest) {
  std::size_t n = 0;
  if (n < rest.size() && (rest[n] == 'b' || rest[n] == 'B')) ++n;
  if (n < rest.size() && (rest[n] == 'r' || rest[n] == 'R')) ++n;
  if (n < rest.size() && (rest[n] == '"' || rest[n] == '\'')) return n;
  return std::nullopt;
}

}  // namespace

bool is_keyword(std::string_view w) { return w == "in" || w == "true" || w == "false" || w == "null"; }

bool is_reserved(std::string_view w) {
  constexpr std::array<std::string_view, 17> words{"as",        "break",  "const",  "continue", "else", "for",
                                                   "function",  "if",     "import", "let",      "loop", "package",
                                                   "namespace", "return", "var",    "void",     "while"};
  return std::find(words.begin(), words.end(), w) != words.end();
}

bool is_word(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (is_letter(c) || (at > 0 && is_digit(c))) {
      ++at;
      continue;
    }
    const std::size_t n = wide_character(text, at, at == 0);
    if (n == 0) return false;
    at += n;
  }
  return !text.empty();
}

token lexer::make(token_kind k, std::size_t begin, std::size_t end) const {
  token out;
  out.kind = k;
  out.begin = static_cast<std::uint32_t>(begin);
  out.end = static_cast<std::uint32_t>(end);
  out.text = source_.substr(begin, end - begin);
  return out;
}

token lexer::broken(rule what, std::size_t begin, std::size_t end) {
  end = std::min(end, source_.size());
  wrong_ = problem{what,
                   static_cast<std::uint32_t>(begin),
                   static_cast<std::uint32_t>(end),
                   {std::string{source_.substr(begin, end - begin)}}};
  return make(token_kind::broken, begin, end);
}

void lexer::skip_space() {
  while (at_ < source_.size()) {
    const char c = source_[at_];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++at_;
    } else if (source_.substr(at_).starts_with("//")) {
      at_ = std::min(source_.find('\n', at_), source_.size());
    } else {
      return;
    }
  }
}

token lexer::next() {
  skip_space();
  const std::size_t begin = at_;
  if (begin >= source_.size()) return make(token_kind::end, source_.size(), source_.size());
  token out;
  const char c = source_[begin];
  if (const auto prefix = string_prefix(source_.substr(begin))) {
    out = read_string(begin, *prefix);
  } else if (is_digit(c) || (c == '.' && begin + 1 < source_.size() && is_digit(source_[begin + 1]))) {
    out = read_number(begin);
  } else if (c == '`') {
    out = read_quoted_word(begin);
  } else if (word_character(begin, begin) != 0) {
    out = read_word(begin);
  } else {
    out = read_sign(begin);
  }
  at_ = out.end;
  return out;
}

std::size_t lexer::word_character(std::size_t at, std::size_t begin) const {
  if (at >= source_.size()) return 0;
  const char c = source_[at];
  if (is_letter(c) || (at > begin && is_digit(c))) return 1;
  return wide_character(source_, at, at == begin);
}

token lexer::read_word(std::size_t begin) {
  std::size_t end = begin;
  while (const std::size_t n = word_character(end, begin)) end += n;
  token out = make(token_kind::word, begin, end);
  if (out.text == "true" || out.text == "false") {
    out.constant = value::boolean(out.text == "true");
    out.kind = token_kind::literal;
  } else if (out.text == "null") {
    out.constant = value::null();
    out.kind = token_kind::literal;
  }
  return out;
}

token lexer::read_quoted_word(std::size_t begin) {
  std::size_t end = begin + 1;
  constexpr std::string_view others = "_.-/ ";
  while (end < source_.size() &&
         (is_letter(source_[end]) || is_digit(source_[end]) || others.find(source_[end]) != std::string_view::npos)) {
    ++end;
  }
  if (end >= source_.size() || source_[end] != '`' || end == begin + 1)
    return broken(rule::bad_character, begin, begin + 1);
  token out = make(token_kind::quoted_word, begin, end + 1);
  out.text = source_.substr(begin + 1, end - begin - 1);
  return out;
}

token lexer::integer_token(std::size_t begin, std::size_t end, std::string_view digits, int base) {
  std::uint64_t n = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n, base);
  const bool is_unsigned = end < source_.size() && (source_[end] == 'u' || source_[end] == 'U');
  if (is_unsigned) ++end;
  if (word_character(end, begin) != 0 || digits.empty()) return broken(rule::bad_number, begin, end + 1);
  // 2^63 passes: the parser accepts it behind a minus.
  constexpr std::uint64_t most = std::uint64_t{1} << 63U;
  if (error != std::errc{} || (!is_unsigned && n > most)) return broken(rule::number_too_large, begin, end);
  token out = make(token_kind::literal, begin, end);
  out.constant = is_unsigned ? value::unsigned_integer(n) : value::integer(static_cast<std::int64_t>(n));
  return out;
}

token lexer::read_number(std::size_t begin) {
  const std::string_view rest = source_.substr(begin);
  std::size_t n = 0;
  if (rest.starts_with("0x") || rest.starts_with("0X")) {
    for (n = 2; n < rest.size() && is_hex(rest[n]);) ++n;
    return integer_token(begin, begin + n, rest.substr(2, n - 2), 16);
  }
  const auto digits = [&] {
    while (n < rest.size() && is_digit(rest[n])) ++n;
  };
  digits();
  bool whole = true;
  if (n + 1 < rest.size() && rest[n] == '.' && is_digit(rest[n + 1])) {
    whole = false;
    ++n;
    digits();
  }
  if (n < rest.size() && (rest[n] == 'e' || rest[n] == 'E')) {
    const bool sign = n + 1 < rest.size() && (rest[n + 1] == '+' || rest[n + 1] == '-');
    const std::size_t first = n + (sign ? 2 : 1);
    if (first < rest.size() && is_digit(rest[first])) {
      whole = false;
      n = first;
      digits();
    }
  }
  if (whole) return integer_token(begin, begin + n, rest.substr(0, n), 10);
  if (word_character(begin + n, begin) != 0) return broken(rule::bad_number, begin, begin + n + 1);
  double d = 0;
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + n, d);
  if (error == std::errc::result_out_of_range) {
    // Too small is 0, too large infinity; from_chars does not say which.
    d = std::strtod(std::string{rest.substr(0, n)}.c_str(), nullptr);
  }
  token out = make(token_kind::literal, begin, begin + n);
  out.constant = value::floating(d);
  return out;
}

token lexer::read_string(std::size_t begin, std::size_t prefix) {
  const std::string_view kinds = source_.substr(begin, prefix);
  const bool raw = kinds.find_first_of("rR") != std::string_view::npos;
  const bool octets = kinds.find_first_of("bB") != std::string_view::npos;
  const std::size_t quote_at = begin + prefix;
  const char quote = source_[quote_at];
  const std::string three(3, quote);
  const bool triple = source_.substr(quote_at).starts_with(three);
  const std::size_t first = quote_at + (triple ? 3 : 1);
  std::size_t end = first;
  for (;; ++end) {
    if (end >= source_.size()) return broken(rule::open_text, begin, begin + prefix + 1);
    const char c = source_[end];
    if (triple ? source_.substr(end).starts_with(three) : c == quote) break;
    if (!triple && (c == '\n' || c == '\r')) return broken(rule::open_text, begin, end);
    if (c == '\\' && !raw) ++end;
  }
  const std::string_view body = source_.substr(first, end - first);
  token out = make(token_kind::literal, begin, end + (triple ? 3 : 1));
  std::string content{body};
  if (!raw) {
    escape_error wrong;
    auto plain = unescape(body, octets ? literal_kind::octets : literal_kind::text, wrong);
    if (!plain) return broken(rule::bad_escape, first + wrong.begin, first + wrong.end);
    content = std::move(*plain);
  }
  out.constant = octets ? value::bytes(std::move(content)) : value::string(std::move(content));
  return out;
}

token lexer::read_sign(std::size_t begin) {
  constexpr std::array<std::string_view, 6> two{"==", "!=", "<=", ">=", "&&", "||"};
  constexpr std::string_view one = "<>+-*/%!?:.,()[]{}";
  const std::string_view rest = source_.substr(begin);
  for (const std::string_view s : two) {
    if (rest.starts_with(s)) return make(token_kind::sign, begin, begin + 2);
  }
  if (one.find(rest.front()) != std::string_view::npos) return make(token_kind::sign, begin, begin + 1);
  std::int32_t i = 0;
  U8_FWD_1(rest.data(), i, static_cast<std::int32_t>(rest.size()));
  return broken(rule::bad_character, begin, begin + static_cast<std::size_t>(i));
}

}  // namespace zhuqi::dialogs::cel
