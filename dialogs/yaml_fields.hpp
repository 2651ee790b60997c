#pragma once
// Typed reading of one YAML mapping: each accessor checks the type and reports what is wrong at its place. YAML's own idea of
// types (yes is true, 1e3 is a number) plays no part: a scalar is what the accessor asks for.

#include "dialogs/script.hpp"
#include "dialogs/tree_yaml.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// Where findings go, for one file.
struct yaml_findings {
  std::string file;
  std::vector<diagnostic>& all;

  void add(source_mark at, rule what, std::vector<std::string> args) const {
    all.push_back({file, at.line, at.column, what, std::move(args)});
  }
};

/// What YAML people call it, for wrong_type: {Chinese, English}.
struct type_name {
  std::string_view zh, en;
};
inline constexpr type_name a_text{"文字", "a text"};
inline constexpr type_name a_list{"列表", "a list"};
inline constexpr type_name a_mapping{"键值对", "a mapping"};
inline constexpr type_name a_number{"整数", "a whole number"};
inline constexpr type_name a_duration{"时长（如 30s、10m、2h、3d 或 never）", "a duration (30s, 10m, 2h, 3d or never)"};

void wrong_type(const yaml_findings& findings, source_mark at, std::string_view key, type_name wanted);

/// A usable id (see rule::bad_id); reports and gives "" otherwise.
std::string checked_id(const yaml_findings& findings, const yaml_node& scalar);

/// A text with placeholders, in one language.
std::optional<text_template> checked_text(const yaml_findings& findings, const yaml_node& scalar, std::string_view key);

class yaml_fields {
 public:
  /// `what` names the mapping in findings. Reports keys that are not in `known`.
  yaml_fields(const yaml_findings& findings, const yaml_node& node, std::string what,
              std::initializer_list<std::string_view> known);
  /// The keys are anybody's, or were checked already.
  yaml_fields(const yaml_findings& findings, const yaml_node& node, std::string what);

  bool usable() const { return node_.what == yaml_node::kind::mapping; }
  bool has(std::string_view key) const { return node_.find(key) != nullptr; }
  source_mark where() const { return node_.where; }
  const yaml_node* raw(std::string_view key) const { return node_.find(key); }

  void require(std::string_view key) const;
  std::string text(std::string_view key) const;
  /// An id that names something elsewhere; with its place.
  std::string id(std::string_view key) const;
  localized sentence(std::string_view key) const;
  std::vector<localized> sentences(std::string_view key) const;
  /// One text or a list of texts.
  std::vector<std::string> texts(std::string_view key) const;
  /// What was written; whether it is an expression is the checker's business: it knows the names.
  formula expression(std::string_view key) const;
  /// `true` or `false`; false where the key is missing.
  bool flag(std::string_view key) const;
  /// 0.8 → 80.
  std::optional<int> percent(std::string_view key) const;
  /// Reports a value that is none of `allowed`.
  void only(std::string_view key, std::initializer_list<std::string_view> allowed) const;
  std::optional<int> number(std::string_view key, int least, int most) const;
  /// Milliseconds, 0 for "never".
  std::optional<std::int64_t> duration(std::string_view key) const;
  /// One duration or a list of them, ascending.
  std::optional<std::vector<std::int64_t>> durations(std::string_view key) const;
  const yaml_node* list(std::string_view key) const;
  const yaml_node* mapping(std::string_view key) const;

 private:
  const yaml_node* of_kind(std::string_view key, yaml_node::kind wanted, type_name name) const;

  const yaml_findings& findings_;
  const yaml_node& node_;
  std::string what_;
};

}  // namespace zhuqi::dialogs
