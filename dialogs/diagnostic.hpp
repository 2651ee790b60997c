#pragma once
// What is wrong with a script, as data: a rule, a place, and the names it is about. The sentence and the way to mend it are
// looked up by rule and language, so that the command line, the server and the editor say the same.

#include "dialogs/lang.hpp"
#include "dialogs/question_bound.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// Every rule that a script can break. The order is that of the table in diagnostic.cpp.
enum class rule : std::uint8_t {
  // reading
  yaml_syntax,
  file_too_large,
  nested_too_deep,
  yaml_anchor,
  yaml_tag,
  duplicate_key,
  unknown_key,
  wrong_type,
  missing_key,
  bad_id,
  bad_value,
  duplicate_id,
  not_utf8,
  unknown_language,
  // one state
  kind_unclear,
  expression,
  unknown_option,
  slot_type,
  unknown_variable,
  unknown_target,
  unknown_outcome,
  unknown_dialog,
  unknown_service,
  unknown_parameter,
  call_arguments,
  closed_state,
  missing_otherwise,
  branch_after_otherwise,
  missing_tries,
  missing_on_fail,
  missing_on_error,
  unknown_placeholder,
  bad_placeholder,
  text_too_long,
  option_limit,
  empty_range,
  // the whole
  parameter_gap,
  unused,
  read_before_asked,
  no_result_yet,
  guard_gap,
  impossible_branch,
  shadowed_branch,
  overlapping_branches,
  silent_end,
  uncapped_loop,
  not_proved,
  unreachable_state,
  no_path_to_end,
  endless_without_question,
  recursive_call,
  missing_expiry,
  duplicate_option,
  option_clash,
  word_clash,
  answers_too_long,
  missing_translation,
  unknown_translation,
  placeholder_mismatch,
  missing_text,
  missing_words,
  missing_main_menu,
};

enum class severity : std::uint8_t { warning, error };

struct diagnostic {
  std::string file;
  int line = 0;    ///< from 1; 0 = the file as a whole
  int column = 0;  ///< from 1, in characters
  rule what = rule::yaml_syntax;
  std::vector<std::string> args;  ///< the names that the sentence is about
  bool operator==(const diagnostic&) const = default;
};

/// Kebab case, stable: "unknown-target".
std::string_view rule_id(rule r);
severity severity_of(rule r);
/// What is wrong, in Chinese for lang::zh_cn and English for every other language.
std::string sentence(const diagnostic& d, lang l);
/// How to mend it.
std::string fix(const diagnostic& d, lang l);

/// "file:line:column: rule-id sentence fix", one line without its end.
std::string to_line(const diagnostic& d, lang l);
/// An array of {file, line, column, rule, severity, sentence, fix} (diagnostic_json.cpp).
std::string to_json_text(std::span<const diagnostic> all, lang l);
/// {"findings": that array, "questions": {dialog: {most, rounds}}}.
std::string to_json_text(std::span<const diagnostic> all, const question_bounds& questions, lang l);
/// "每轮最多 24 问（用户可自选再来一轮）", "at most 12 questions".
std::string sentence(const question_bound& bound, lang l);

bool has_errors(std::span<const diagnostic> all);

/// "a, b, c"; "–" for none. For the names that a finding offers instead.
std::string joined_names(const std::vector<std::string>& names);

template <class Items>
std::string ids_of(const Items& items) {
  std::vector<std::string> ids;
  ids.reserve(items.size());
  for (const auto& i : items) ids.push_back(i.id);
  return joined_names(ids);
}

}  // namespace zhuqi::dialogs
