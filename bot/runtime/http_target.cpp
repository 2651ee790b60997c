// The request target, read once and for all: what comes out is what routes and handlers compare, byte by byte.

#include "bot/base/text.hpp"
#include "bot/runtime/http_guard.hpp"

namespace zhuqi::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// RFC 3986 pchar and '/'. '%' is handled by the caller.
bool is_path_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view{"/-._~!$&'()*+,;=:@"}.find(c) != std::string_view::npos;
}

bool decode_path(std::string_view raw, std::string& out) {
  bool ascii = true;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      if (!is_path_char(raw[i])) return false;
      out.push_back(raw[i]);
      continue;
    }
    if (i + 2 >= raw.size()) return false;
    const int high = hex_digit(raw[i + 1]);
    const int low = hex_digit(raw[i + 2]);
    if (high < 0 || low < 0) return false;
    const int byte = high * 16 + low;
    // An encoded separator or control means something else before decoding than after it.
    if (byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\' || byte == '%') return false;
    ascii = ascii && byte < 0x80;
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return ascii || text::is_utf8(out);
}

/// No empty segment but the last, no "." and no "..": there is nothing to resolve, so nothing to resolve differently.
bool is_canonical(std::string_view path) {
  std::size_t at = 1;
  while (at < path.size()) {
    const auto end = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    if (segment.empty() || segment == "." || segment == "..") return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

refusal read_target(std::string_view target, target_parts& out) {
  if (target.empty()) return refusal::bad_target;
  if (target.front() != '/') {
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return refusal::bad_target;  // "*", authority form, nonsense
    const std::string_view scheme = target.substr(0, scheme_end);
    if (!equals_lower(scheme, "http") && !equals_lower(scheme, "https")) return refusal::bad_target;
    target.remove_prefix(scheme_end + 3);
    const auto end = std::min(target.find_first_of("/?"), target.size());
    if (!is_host(target.substr(0, end))) return refusal::bad_target;
    out.authority.assign(target.substr(0, end));
    target.remove_prefix(end);
  }
  const auto question = target.find('?');
  const std::string_view path = target.substr(0, question);
  if (question != std::string_view::npos) {
    const std::string_view query = target.substr(question + 1);
    for (char c : query) {
      if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '#')
        return refusal::bad_target;
    }
    out.query.assign(query);
  }
  if (path.empty() && !out.authority.empty()) {
    out.path = "/";
    return refusal::none;
  }
  if (!decode_path(path, out.path) || !is_canonical(out.path)) return refusal::bad_target;
  return refusal::none;
}

}  // namespace zhuqi::http
