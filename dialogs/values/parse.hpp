#pragma once
// What people type → the canonical value of a variable, or why not. One parser per type; none knows a script's state.

#include "dialogs/lang.hpp"
#include "dialogs/variable_type.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::values {

enum class misfit : std::uint8_t {
  none,
  unrecognised,
  ambiguous,  ///< fits several options
  too_short,  ///< number: characters wanted
  too_long,   ///< number: characters given
  phone_invalid,
  uscc_length,      ///< number: characters given
  uscc_character,   ///< detail: the character that never occurs in a code
  uscc_check,       ///< well-formed, but the check character does not fit
  uscc_old_number,  ///< the 15-digit registration number of before 2015
};

struct parsed {
  misfit why = misfit::unrecognised;
  std::string value;  ///< canonical, where `why` is none
  std::string detail;
  std::size_t number = 0;
  bool guessed = false;  ///< understood from a mention; an exact command is the better reading

  bool good() const { return why == misfit::none; }
  static parsed of(std::string v) { return {misfit::none, std::move(v), {}, 0, false}; }
};

/// The same in the words of typed answers.
answer answer_of(parsed p);

parsed parse_text(const text_type& type, std::string_view raw);
/// A number as shown (1, 1., 第一个, ①), a label, an alias, or a sentence that holds exactly one of them and no
/// negation.
parsed parse_choice(const choice_type& type, std::string_view folded);
/// "true" or "false"; 1 and 2 are the shown numbers of yes and no.
parsed parse_yes_no(std::string_view folded);
/// Digits only, an international number with its '+', an extension after '-'.
parsed parse_phone(std::string_view folded);
/// 统一社会信用代码 by GB 32100-2015, upper case.
parsed parse_uscc(std::string_view folded);

/// The number that a short answer names: "3", "3.", "第三个", "選項3", "3번"; 0 if it names none.
std::size_t ordinal(std::string_view folded);

/// Characters (code points), for limits that people count.
std::size_t count_characters(std::string_view utf8);

}  // namespace zhuqi::dialogs::values
