#pragma once
// Commands on dialog scripts: check and run.

#include "bot/app/data_commands.hpp"

#include <string>
#include <vector>

namespace zhuqi::app {

/// Prints every finding as "file:line:column rule sentence fix". 0 clean, 1 findings, 2 unreadable.
int check_scripts(const std::vector<std::string>& paths, output_form form);

/// Talks with the scripts on stdin and stdout until end of input.
int run_scripts(const std::vector<std::string>& paths, const std::string& language, output_form form);

}  // namespace zhuqi::app
