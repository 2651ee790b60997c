#pragma once
// A guard as a compiled value: parsed once when a script is loaded, evaluated without allocation, side effect or error.
// The language is a small part of CEL: names, string and bool literals, ==, !=, !, &&, || and parentheses. Only the inside
// of this class knows that; the rest of the engine sees "does it hold" and "what does it read".

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

class expression {
 public:
  /// One thing an expression reads: a bool by itself (`literal` empty), or a comparison with a literal.
  struct reading {
    enum class kind : std::uint8_t { truth, equals_string, equals_bool };
    kind how = kind::truth;
    std::string name;
    std::string literal;
  };
  /// Why a source does not parse; `at` counts bytes from its beginning.
  struct parse_error {
    std::size_t at = 0;
    std::string what;
  };

  /// Fills `error` where it gives nothing. At most 1,000 bytes and 16 nested levels.
  static std::optional<expression> parse(std::string_view source, parse_error& error);

  const std::string& source() const { return source_; }
  const std::vector<reading>& readings() const { return readings_; }

  /// A variable without a value makes its reading false (the checker proves that it does not happen).
  bool holds(const std::map<std::string, std::string>& vars) const;

 private:
  friend class expression_parser;
  enum class op : std::uint8_t { read, negate, both, either };
  struct instruction {
    op what;
    std::uint16_t reading = 0;
  };

  std::string source_;
  std::vector<reading> readings_;
  std::vector<instruction> program_;  ///< postfix
};

}  // namespace zhuqi::dialogs
