#include "dialogs/json_cursor.hpp"

namespace zhuqi::dialogs {

bool json_cursor::text(std::string& into) {
  into.clear();
  if (!take('"')) return false;
  for (const char* run = at_; at_ != end_; ++at_) {
    const auto c = static_cast<unsigned char>(*at_);
    if (c < 0x20) return false;
    if (c != '"' && c != '\\') continue;
    into.append(run, at_);
    if (c == '"') {
      ++at_;
      return true;
    }
    if (!escape(into)) return false;
    run = at_ + 1;
  }
  return false;
}

// Leaves at_ on the last character of the escape.
bool json_cursor::escape(std::string& into) {
  if (++at_ == end_) return false;
  switch (*at_) {
    case '"':
    case '\\': into += *at_; return true;
    case 'b': into += '\b'; return true;
    case 't': into += '\t'; return true;
    case 'n': into += '\n'; return true;
    case 'f': into += '\f'; return true;
    case 'r': into += '\r'; return true;
    case 'u': break;
    default: return false;
  }
  // The writer escapes controls only: \u0000 to \u001f.
  unsigned value = 0;
  if (end_ - at_ < 5) return false;
  const auto [rest, error] = std::from_chars(at_ + 1, at_ + 5, value, 16);
  if (error != std::errc{} || rest != at_ + 5 || value >= 0x20) return false;
  into += static_cast<char>(value);
  at_ += 4;
  return true;
}

}  // namespace zhuqi::dialogs
