#pragma once
// What people type → the canonical value of a script's variable: which reader serves which type, and the same questions asked of
// values that are already canonical.

#include "dialogs/values/types.hpp"
#include "dialogs/variable_type.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// `raw` is what was typed, `folded` the same by text::fold ("" where it is too long to be an answer from a list).
values::answer understand(const variable_type& type, std::string_view raw, std::string_view folded,
                          const values::context& about);

/// Whether a canonical value is one of this type, within its limits; for values of other versions and of services.
bool fits(const variable_type& type, const std::string& canonical);

/// A constant of a script file ("100万元", "5%", "2024-03"), canonical; nullopt for what is none.
std::optional<std::string> read_constant(const variable_type& type, const std::string& text);

/// Whether everything that people type is an answer to this type, so that commands must come first.
bool takes_anything(const variable_type& type);

/// The kind by which values are shown; nullopt for choices and files, which have words of their own.
std::optional<values::value_kind> kind_of(const variable_type& type);

}  // namespace zhuqi::dialogs
