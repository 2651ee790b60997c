#pragma once
// One thing of a script (a state, a variable, …) as a list of named fields in words, so that two of them can be
// compared without knowing what they are.

#include "dialogs/script.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::diff {

/// The same in Chinese and English.
struct words {
  std::string zh, en;
  bool empty() const { return zh.empty(); }
  bool operator==(const words&) const = default;
};
inline words same(std::string text) { return {text, text}; }
words in_quotes(std::string_view text);
words duration_words(std::int64_t ms);
/// Of a member, by its key in canonical JSON.
words name_of(std::string_view key);

struct list_item {
  std::string identity;  ///< what makes it the same item in the other version
  words whole;           ///< "若 staff > 100，则转 human"
  words name;            ///< "若 staff > 100"
  words value;           ///< "human"; what may change
};

struct field {
  std::string key;
  words name;
  words value;  ///< empty = it has none
  bool is_list = false;
  bool ordered = false;  ///< of a list: the order has meaning
  std::vector<list_item> items{};
};

std::vector<field> fields_of(const state& s);
std::vector<field> fields_of(const variable& v);
std::vector<field> fields_of(const own_interrupt& i);
/// Without its variables, states and interrupts.
std::vector<field> fields_of(const dialog& d);
/// Without its values, which are compared by date.
std::vector<field> fields_of(const parameter& p);
std::vector<field> fields_of(const service& s);
std::vector<field> fields_of(const faq_entry& e);
std::vector<field> fields_of(const office_hours& h);
std::vector<field> fields_of(const system_script& s);

/// "int", "choice", … with its limits, in one line.
std::string type_words(const variable_type& type);

}  // namespace zhuqi::dialogs::diff
