// Finding the placeholders of a text. A stray brace is an error and not a blank.
#include "dialogs/text_template.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t longest_placeholder = 200;

}  // namespace

std::optional<text_template> text_template::parse(std::string_view source) {
  text_template out;
  out.source_ = source;
  std::string literal;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c != '{' && c != '}') {
      literal += c;
      continue;
    }
    if (i + 1 < source.size() && source[i + 1] == c) {
      literal += c;
      ++i;
      continue;
    }
    if (c == '}') return std::nullopt;
    const std::size_t end = source.find_first_of("{}", i + 1);
    if (end == std::string_view::npos || source[end] == '{' || end == i + 1 || end - i - 1 > longest_placeholder) {
      return std::nullopt;
    }
    out.parts_.push_back({std::move(literal), {std::string{source.substr(i + 1, end - i - 1)}, {}, nullptr}});
    literal.clear();
    i = end;
  }
  if (!literal.empty()) out.parts_.push_back({std::move(literal), {}});
  return out;
}

std::vector<std::string> text_template::placeholders() const {
  std::vector<std::string> names;
  for (const text_part& p : parts_) {
    if (!p.placeholder.source.empty()) names.push_back(p.placeholder.source);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace zhuqi::dialogs
