#pragma once
// Commands on expressions: eval.

#include <cstdint>
#include <string>

namespace zhuqi::app {

struct expr_options {
  std::string language = "zh-CN";
  bool tagged = false;   ///< every number in the output as {"int": "5"}, for readers whose numbers are doubles
  bool dynamic = false;  ///< mistakes of type are errors of evaluation, as in unchecked CEL
};

/// The text behind `zhuqi expr eval --help`.
extern const char* const expr_eval_help;

/// Reads JSON lines {"expr", "vars", "unknown"} from stdin and answers each with one line on stdout: {"value"},
/// {"unknown": [names]} or {"error"}. A line that cannot be read gets an error, and the next one is read. 0, or 2 for
/// an unknown language.
int eval_expressions(const expr_options& options);

}  // namespace zhuqi::app
