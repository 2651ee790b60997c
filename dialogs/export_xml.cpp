#include "dialogs/export_xml.hpp"

#include "bot/base/text.hpp"

namespace zhuqi::dialogs {

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text::strip_controls(text::to_valid_utf8(text))) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      case '\t': out += "&#9;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace zhuqi::dialogs
