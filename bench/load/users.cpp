#include "bench/load/users.hpp"

#include <fstream>
#include <stdexcept>

namespace zhuqi::bench {

user_name name_of(std::uint64_t index) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  user_name out;
  out[0] = 'o';
  std::uint64_t bits = mix64(index);
  unsigned left = 10;
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (left == 0) {
      bits = mix64(index + i);
      left = 10;
    }
    out[i] = alphabet[bits & 63U];
    bits >>= 6U;
    --left;
  }
  return out;
}

walk read_walk(const std::string& file) {
  std::ifstream in{file};
  if (!in) throw std::runtime_error{"cannot read " + file};
  std::vector<walk_step> lines;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || tab + 1 == line.size()) {
      throw std::runtime_error{file + ":" + std::to_string(number) + ": must be: message, tab, part of the answer"};
    }
    lines.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  if (lines.size() < 2 || lines.size() > user_state::lost) throw std::runtime_error{file + ": needs 2 to 255 lines"};
  return {lines.front(), {lines.begin() + 1, lines.end()}};
}

}  // namespace zhuqi::bench
