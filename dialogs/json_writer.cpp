// Escaping as nlohmann does it: the short forms, \u00xx for other controls, everything else as it is.
#include "dialogs/json_writer.hpp"

#include "bot/base/text.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace zhuqi::dialogs {
namespace {

void append_escaped(std::string& out, unsigned char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\t': out += "\\t"; break;
    case '\n': out += "\\n"; break;
    case '\f': out += "\\f"; break;
    case '\r': out += "\\r"; break;
    default: out.append("\\u00").append(1, digits[c >> 4]).append(1, digits[c & 15]); break;
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  std::string repaired;
  if (!text::is_utf8(text)) {
    repaired = text::to_valid_utf8(text);
    text = repaired;
  }
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, begin, i - begin);
    append_escaped(out, c);
    begin = i + 1;
  }
  out.append(text, begin);
  out += '"';
}

void append_json(std::string& out, std::int64_t number) {
  std::array<char, 24> buffer{};
  const auto [end, failure] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out.append(buffer.data(), end);
}

void append_json(std::string& out, const std::vector<std::string>& list) {
  out += '[';
  bool first = true;
  for (const std::string& text : list) {
    if (!std::exchange(first, false)) out += ',';
    append_json(out, std::string_view{text});
  }
  out += ']';
}

void append_json(std::string& out, const std::map<std::string, std::string>& object) {
  char before = '{';
  if (object.empty()) out += before;
  for (const auto& [name, value] : object) {
    out += before;
    append_json(out, std::string_view{name});
    out += ':';
    append_json(out, std::string_view{value});
    before = ',';
  }
  out += '}';
}

}  // namespace zhuqi::dialogs
