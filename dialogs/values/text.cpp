// Free text, and the choice of parser by type.
#include "bot/base/text.hpp"
#include "dialogs/values/parse.hpp"

#include <algorithm>

namespace zhuqi::dialogs::values {

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

parsed parse_text(const text_type& type, std::string_view raw) {
  std::string value = text::strip_controls(text::trim(raw));
  const std::size_t characters = count_characters(value);
  if (characters < static_cast<std::size_t>(type.min_chars)) {
    return {misfit::too_short, {}, {}, static_cast<std::size_t>(type.min_chars), false};
  }
  if (characters > static_cast<std::size_t>(type.max_chars)) return {misfit::too_long, {}, {}, characters, false};
  return parsed::of(std::move(value));
}

}  // namespace zhuqi::dialogs::values
