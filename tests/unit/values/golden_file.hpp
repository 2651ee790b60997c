#pragma once
// Reading the golden files of tests/golden/values.

#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::golden {

/// The lines of a file of tests/golden/values; fails the test where it cannot be read.
std::vector<std::string> lines_of(const std::string& name);

/// The parts between " | ", without the spaces around.
std::vector<std::string> cells(std::string_view line);

}  // namespace zhuqi::golden
