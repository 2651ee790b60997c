#include "tests/unit/values/golden_file.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace zhuqi::golden {

std::vector<std::string> lines_of(const std::string& name) {
  std::ifstream in{std::string{ZHUQI_SOURCE_DIR} + "/tests/golden/values/" + name};
  REQUIRE(in.good());
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::vector<std::string> cells(std::string_view line) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t bar = line.find('|');
    std::string_view cell = line.substr(0, bar);
    while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
    out.emplace_back(cell);
    if (bar == std::string_view::npos) return out;
    line.remove_prefix(bar + 1);
  }
}

}  // namespace zhuqi::golden
