#pragma once
// Commands on dialog scripts that only read them: check, graph, diff. script_run, script_testing and script_replay
// have the others.

#include "bot/app/data_commands.hpp"

#include <string>
#include <vector>

namespace zhuqi::app {

extern const char* const script_check_help;
extern const char* const script_graph_help;
extern const char* const script_diff_help;

/// Prints every finding as "file:line:column rule sentence fix", those of layouts (*.ui.json) too. 0 clean, 1 findings,
/// 2 unreadable.
int check_scripts(const std::vector<std::string>& paths, output_form form);

/// Prints a diagram or an export: "mermaid", "scxml", "xstate". `dialog` restricts it to one, "" = all. 0, 1 where
/// the scripts have errors, 2 for an unknown dialog or an unreadable file.
int graph_scripts(const std::vector<std::string>& paths, const std::string& format, const std::string& dialog);

/// Prints what changed from one set to another: 0 also where something did, 1 where a set has errors, 2 unreadable.
int diff_scripts(const std::string& before, const std::string& after, output_form form);

}  // namespace zhuqi::app
