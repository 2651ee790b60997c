#pragma once
// A sentence of a script, in every language, with its {placeholders} found once at load time.

#include "dialogs/formula.hpp"
#include "dialogs/lang.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

struct text_part {
  std::string literal;  ///< comes first
  formula placeholder;  ///< then its value, unless its source is empty
};

class text_template {
 public:
  text_template() = default;
  /// `{expression}` is a placeholder, `{{` and `}}` are braces. Nothing for a brace that is not closed, an empty placeholder or
  /// one of over 200 bytes. Whether the expression makes sense is the checker's business: it knows the names.
  static std::optional<text_template> parse(std::string_view source);

  const std::string& source() const { return source_; }
  const std::vector<text_part>& parts() const { return parts_; }
  /// Sources of the placeholders, sorted, each once.
  std::vector<std::string> placeholders() const;
  std::vector<text_part>& parts() { return parts_; }
  bool empty() const { return source_.empty(); }

  /// Appends to `out`; `value(placeholder, out)` appends the value of a formula.
  template <class Value>
  void render(std::string& out, Value&& value) const {
    for (const text_part& p : parts_) {
      out += p.literal;
      if (!p.placeholder.source.empty()) value(p.placeholder, out);
    }
  }

 private:
  std::string source_;
  std::vector<text_part> parts_;
};

struct localized {
  std::array<text_template, all_langs.size()> by_lang;
  source_mark where;

  bool empty() const { return by_lang.front().empty(); }
  text_template& in(lang l) { return by_lang[static_cast<std::size_t>(l)]; }
  const text_template& in(lang l) const { return by_lang[static_cast<std::size_t>(l)]; }
  /// What to show: the main language where there is no translation (the checker refuses to publish that).
  const text_template& shown_in(lang l) const { return in(l).empty() ? by_lang.front() : in(l); }
};

}  // namespace zhuqi::dialogs
