#pragma once
// A sentence of a script, in every language, with its {placeholders} found once at load time.

#include "dialogs/lang.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// Where something stands in its file, from 1; 0 = unknown (read from canonical JSON).
struct source_mark {
  int line = 0;
  int column = 0;
};

struct text_part {
  std::string literal;      ///< comes first
  std::string placeholder;  ///< then the value of this name, unless it is empty
};

class text_template {
 public:
  text_template() = default;
  /// `{name}` is a placeholder, `{{` and `}}` are braces. Nothing for a brace that is not closed or an ill-formed name.
  static std::optional<text_template> parse(std::string_view source);

  const std::string& source() const { return source_; }
  const std::vector<text_part>& parts() const { return parts_; }
  /// Names in use, sorted, each once.
  std::vector<std::string> placeholders() const;
  bool empty() const { return source_.empty(); }

  /// Appends to `out`; `value(name, out)` appends the value of a placeholder.
  template <class Value>
  void render(std::string& out, Value&& value) const {
    for (const text_part& p : parts_) {
      out += p.literal;
      if (!p.placeholder.empty()) value(std::string_view{p.placeholder}, out);
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
