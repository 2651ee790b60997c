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

bool takes_anything(const variable_type& type) { return std::holds_alternative<text_type>(type); }

parsed parse(const variable_type& type, std::string_view raw, std::string_view folded) {
  struct by_type {
    std::string_view raw, folded;
    parsed operator()(const text_type& t) const { return parse_text(t, raw); }
    parsed operator()(const choice_type& t) const { return parse_choice(t, folded); }
    parsed operator()(const yes_no_type&) const { return parse_yes_no(folded); }
    parsed operator()(const phone_type&) const { return parse_phone(folded); }
    parsed operator()(const uscc_type&) const { return parse_uscc(folded); }
  };
  return std::visit(by_type{raw, folded}, type);
}

}  // namespace zhuqi::dialogs::values
