#include "bot/base/placeholders.hpp"

namespace zhuqi::text {

std::string filled(std::string_view pattern, std::span<const std::string> args) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' &&
                       pattern[i + 1] <= '9';
    if (!place) {
      out += pattern[i];
      continue;
    }
    const auto n = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (n < args.size()) out += args[n];
    i += 2;
  }
  return out;
}

}  // namespace zhuqi::text
