#pragma once
// `zhuqi script run`: a conversation with scripts on stdin and stdout.

#include "bot/app/data_commands.hpp"

#include <string>
#include <vector>

namespace zhuqi::app {

struct script_run_options {
  std::vector<std::string> paths;
  std::string language = "zh-CN";
  std::string at;    ///< RFC 3339: the clock begins there and stands still; "" = the machine's clock
  std::string mock;  ///< YAML file of answers of services, as `mock:` in a test
  output_form form = output_form::text;
};

extern const char* const script_run_help;

/// Talks until end of input. 0, 1 where the scripts have errors, 2 where something cannot be read.
int run_scripts(const script_run_options& options);

}  // namespace zhuqi::app
