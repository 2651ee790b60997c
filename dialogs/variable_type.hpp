#pragma once
// What a variable of a script can hold: its type with the limits that the script sets, and how it is kept and shown.

#include "dialogs/formula.hpp"
#include "dialogs/lang.hpp"
#include "dialogs/text_template.hpp"
#include "dialogs/values/types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zhuqi::dialogs {

struct choice_option {
  std::string id;
  localized label;
  std::vector<std::string> aliases;  ///< other words for it, of any language
  std::vector<std::string> keys;     ///< linked: labels of all languages and aliases, folded
};

struct text_type {
  int min_chars = 1;
  int max_chars = 200;
  std::string pattern{};  ///< RE2, matches the whole text; "" = anything
};
struct choice_type {
  std::vector<choice_option> options;
};
struct yes_no_type {};
struct phone_type {};
struct uscc_type {};
/// One upload, or several of the same kind. Kinds are by content, not by name.
struct file_type {
  std::vector<std::string> accept;  ///< "pdf", "jpg", "png", "xlsx", …
  int max_mb = 10;
  int max_count = 1;
  bool several = false;  ///< the type `files`: a list, closed by a word of the question
};
using variable_type = std::variant<text_type, choice_type, yes_no_type, phone_type, uscc_type, values::integer_type,
                                   values::decimal_type, values::percent_type, values::money_type, values::date_type,
                                   values::month_type, values::duration_type, values::id_number_type, file_type>;

/// "text", "choice", "bool", …: as in the files and in canonical JSON.
std::string_view type_name_of(const variable_type& type);

struct variable {
  std::string id;
  variable_type type = yes_no_type{};
  localized label;            ///< what people call it; without one it steers the dialog and is shown to nobody
  std::string slot;           ///< key in the shared profile, "" = none; "language" is the conversation's language
  std::int64_t fresh_ms = 0;  ///< how long a known slot needs no question
  bool approximate = false;   ///< a range is an answer
  bool personal = false;      ///< masked in logs and exports (PII)
  std::int64_t keep_ms = 0;   ///< how long an uploaded file is kept; 0 = as the service keeps files
  std::vector<std::string> label_keys;  ///< linked: the label in all languages, folded, for 「改 …」
  source_mark where;
};

}  // namespace zhuqi::dialogs
