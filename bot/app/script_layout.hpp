#pragma once
// Layout of diagrams, kept beside the scripts (*.ui.json: {dialog: {state: {"x": number, "y": number}}}). It means
// nothing to the engine and is no part of a version; what is checked is only that it can be used.

#include "dialogs/diagnostic.hpp"
#include "dialogs/script.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::app {

/// Findings of one layout; `dialogs` are those that it may name.
std::vector<dialogs::diagnostic> check_layout(std::string_view file, std::string_view text,
                                              std::span<const dialogs::dialog> dialogs);

/// Appends the findings of every *.ui.json at the paths. False, after saying so on stderr, where one cannot be read.
bool check_layouts(const std::vector<std::string>& paths, std::vector<dialogs::diagnostic>& findings);

}  // namespace zhuqi::app
