// The names of types and of kinds of states, in one place each.
#include "dialogs/variable_type.hpp"

#include "dialogs/script_members.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// In the order of the alternatives of variable_type; `files` is file_type with `several`.
constexpr std::array<std::string_view, 15> type_names{"text",  "choice",   "bool",      "phone", "uscc",
                                                      "int",   "decimal",  "percent",   "money", "date",
                                                      "month", "duration", "id_number", "file",  "files"};
constexpr std::array<std::string_view, 6> kind_names{"ask", "say", "do", "call", "handoff", "end"};
static_assert(type_names.size() == std::variant_size_v<variable_type> + 1);
static_assert(kind_names.size() == std::variant_size_v<node>);

template <class Variant, std::size_t... I>
void emplace(Variant& into, std::size_t index, std::index_sequence<I...>) {
  ((index == I ? static_cast<void>(into.template emplace<I>()) : void()), ...);
}

template <class Variant>
void emplace(Variant& into, std::size_t index) {
  emplace(into, index, std::make_index_sequence<std::variant_size_v<Variant>>{});
}

}  // namespace

std::string_view type_name_of(const variable_type& type) {
  const auto* files = std::get_if<file_type>(&type);
  return type_names[type.index() + (files != nullptr && files->several ? 1 : 0)];
}

std::string_view kind_name_of(const node& what) { return kind_names[what.index()]; }

bool set_type(variable_type& type, std::string_view name) {
  const auto found = std::find(type_names.begin(), type_names.end(), name);
  if (found == type_names.end()) return false;
  const auto index = static_cast<std::size_t>(found - type_names.begin());
  emplace(type, std::min(index, std::variant_size_v<variable_type> - 1));
  if (auto* files = std::get_if<file_type>(&type)) files->several = name == "files";
  return true;
}

bool set_kind(node& what, std::string_view name) {
  const auto found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return false;
  emplace(what, static_cast<std::size_t>(found - kind_names.begin()));
  return true;
}

}  // namespace zhuqi::dialogs
