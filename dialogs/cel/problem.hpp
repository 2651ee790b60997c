#pragma once
// What is wrong with an expression, as data: a rule, a place in the source, and the words it is about. The sentence and
// the way to mend it are looked up by rule and language.

#include "dialogs/cel/value.hpp"
#include "dialogs/lang.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::cel {

/// Every rule an expression can break. The order is that of the table in problem.cpp.
enum class rule : std::uint8_t {
  // reading
  not_utf8,
  too_long,
  too_deep,
  too_many_parts,
  bad_character,     ///< {character}
  open_text,         ///< a string that does not end
  bad_escape,        ///< {escape}
  bad_number,        ///< {digits}
  number_too_large,  ///< {digits}
  unexpected,        ///< {found}
  unfinished,
  reserved_word,   ///< {word}
  macro_variable,  ///< {macro}: its first argument must be a plain name
  has_argument,
  // checking
  unknown_name,        ///< {name, nearest or ""}
  unknown_function,    ///< {name, nearest or ""}
  not_a_value,         ///< {name}: a namespace or a function used as a value
  operator_mismatch,   ///< {operator, left type, right type}; right is "" for one operand
  compared_mismatch,   ///< {operator, left type, right type}
  money_needs_unit,    ///< {operator, the number as written}
  number_not_exact,    ///< {type, the number as written}: too many decimal places
  arguments_mismatch,  ///< {function, types given, types wanted}
  no_fields,           ///< {type, field}
  not_a_collection,    ///< {macro, type}
  condition_not_bool,  ///< {what, type}
  branches_differ,     ///< {type, type}
  bad_key_type,        ///< {type}
  bad_pattern,         ///< {pattern}
  bad_constant,        ///< {function, text}
  brackets_form,
  wrong_result,  ///< {type wanted, type found}
};

struct problem {
  rule what = rule::unexpected;
  std::uint32_t begin = 0;  ///< bytes of the source
  std::uint32_t end = 0;
  std::vector<std::string> args{};
  bool operator==(const problem&) const = default;
};

/// Kebab case, stable: "money-needs-unit".
std::string_view rule_id(rule r);
/// What is wrong, in Chinese for lang::zh_cn and English for every other language.
std::string sentence(const problem& p, lang l);
/// How to mend it.
std::string fix(const problem& p, lang l);

/// Kebab case, stable: "division-by-zero".
std::string_view fault_id(fault f);
/// Why an evaluation failed, with its detail.
std::string sentence(const error_data& e, lang l);

}  // namespace zhuqi::dialogs::cel
