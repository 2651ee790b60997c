#pragma once
// The conformance cases of cel-spec as data, and how one of them is run.

#include "bot/base/json.hpp"
#include "dialogs/cel/check.hpp"
#include "dialogs/cel/evaluate.hpp"

#include <string>
#include <vector>

namespace zhuqi::dialogs::cel::conformance {

struct test_case {
  std::string file;
  std::string name;  ///< file/section/name
  std::string expression;
  json whole;
  bool has_flag(const char* flag) const;
};

std::vector<test_case> all_cases();
/// "" where the case passes, else what went wrong.
std::string run(const test_case& t);

}  // namespace zhuqi::dialogs::cel::conformance
