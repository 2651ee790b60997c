// Finding the placeholders of a text. Names are as strict as variable ids, so that a stray brace is an error and not a blank.
#include "dialogs/text_template.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

bool is_name(std::string_view s) {
  const auto part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !s.empty() && s.size() <= 64 && !(s[0] >= '0' && s[0] <= '9') && std::all_of(s.begin(), s.end(), part);
}

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
    const std::size_t end = source.find('}', i);
    if (end == std::string_view::npos || !is_name(source.substr(i + 1, end - i - 1))) return std::nullopt;
    out.parts_.push_back({std::move(literal), std::string{source.substr(i + 1, end - i - 1)}});
    literal.clear();
    i = end;
  }
  if (!literal.empty()) out.parts_.push_back({std::move(literal), {}});
  return out;
}

std::vector<std::string> text_template::placeholders() const {
  std::vector<std::string> names;
  for (const text_part& p : parts_) {
    if (!p.placeholder.empty()) names.push_back(p.placeholder);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace zhuqi::dialogs
