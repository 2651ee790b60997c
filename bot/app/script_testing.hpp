#pragma once
// `zhuqi script test`: conversations next to scripts, run and reported.

#include "bot/app/data_commands.hpp"

#include <string>
#include <vector>

namespace zhuqi::app {

struct script_test_options {
  std::vector<std::string> paths;
  std::string junit;      ///< file to write, "" = none
  bool coverage = false;  ///< list what no test goes through
  output_form form = output_form::text;
};

extern const char* const script_test_help;

/// 0 where every test passes, 1 where one fails or a file is wrong, 2 where something cannot be read.
int test_scripts(const script_test_options& options);

}  // namespace zhuqi::app
