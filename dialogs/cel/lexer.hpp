#pragma once
// Source text to tokens, one at a time. Knows spelling only: numbers, strings with their escapes, words, signs.

#include "dialogs/cel/problem.hpp"
#include "dialogs/cel/value.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace zhuqi::dialogs::cel {

enum class token_kind : std::uint8_t { end, word, quoted_word, literal, sign, broken };

struct token {
  token_kind kind = token_kind::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;  ///< as written; of a quoted word what stands between the quotes
  value constant;         ///< of a literal
  bool is_sign(std::string_view s) const { return kind == token_kind::sign && text == s; }
  bool is_word(std::string_view s) const { return kind == token_kind::word && text == s; }
};

class lexer {
 public:
  /// `source` must be UTF-8 and outlive the tokens.
  explicit lexer(std::string_view source) : source_(source) {}

  token next();
  /// Set when a token is broken.
  const std::optional<problem>& wrong() const { return wrong_; }

 private:
  token broken(rule what, std::size_t begin, std::size_t end);
  void skip_space();
  token read_word(std::size_t begin);
  token read_quoted_word(std::size_t begin);
  token read_number(std::size_t begin);
  token integer_token(std::size_t begin, std::size_t end, std::string_view digits, int base);
  token read_string(std::size_t begin, std::size_t prefix);
  token read_sign(std::size_t begin);
  token make(token_kind k, std::size_t begin, std::size_t end) const;
  /// Bytes of an identifier's character at `at`; 0 for none.
  std::size_t word_character(std::size_t at, std::size_t begin) const;

  std::string_view source_;
  std::size_t at_ = 0;
  std::optional<problem> wrong_;
};

/// What stands between the quotes of a string, its escapes resolved. On failure nullopt and `wrong` covers the escape's
/// bytes within `body`.
struct escape_error {
  std::size_t begin = 0;
  std::size_t end = 0;
};
enum class literal_kind : std::uint8_t { text, octets };
std::optional<std::string> unescape(std::string_view body, literal_kind as, escape_error& wrong);

/// The words that are no names: "in", "true", "false", "null".
bool is_keyword(std::string_view word);
/// Words that CEL keeps for other languages: "if", "for", …; no names, but fields may be called so.
bool is_reserved(std::string_view word);
/// Letters, digits and _, not beginning with a digit; besides ASCII every letter that Unicode allows in identifiers.
bool is_word(std::string_view text);

}  // namespace zhuqi::dialogs::cel
