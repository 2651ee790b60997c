#pragma once
// One dialog out of its YAML document, and the variable types that other tables share with it.

#include "dialogs/dialog.hpp"
#include "dialogs/yaml_fields.hpp"

namespace zhuqi::dialogs {

/// Defaults of a dialog are written into its states here, so that everything behind sees complete states.
dialog read_dialog(const yaml_findings& findings, const yaml_node& root);

/// `{type: …}` with the keys of that type; other keys of the mapping are the caller's, named in `also`.
/// Reports what is wrong and gives yes_no_type then.
variable_type read_type(const yaml_findings& findings, const yaml_node& node, const std::string& id,
                        std::initializer_list<std::string_view> also);

}  // namespace zhuqi::dialogs
