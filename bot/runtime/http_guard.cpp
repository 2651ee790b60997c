// See http_guard.hpp. One pass over the bytes; the order of the checks is the order of the lines.

#include "bot/runtime/http_guard.hpp"

#include <array>
#include <cstring>
#include <limits>

namespace zhuqi::http {
namespace {

constexpr std::array<bool, 256> token_table() {
  std::array<bool, 256> t{};
  for (int c = '0'; c <= '9'; ++c) t[static_cast<std::size_t>(c)] = true;
  for (int c = 'a'; c <= 'z'; ++c) t[static_cast<std::size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) t[static_cast<std::size_t>(c)] = true;
  for (char c : std::string_view{"!#$%&'*+-.^_`|~"}) t[static_cast<unsigned char>(c)] = true;
  return t;
}
constexpr auto token_char = token_table();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Anything below space but TAB, and DEL. A lone CR lands here too: only the pair CR LF ends a line.
bool has_control(std::string_view text) {
  for (char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if ((u < 0x20 && u != '\t') || u == 0x7f) return true;
  }
  return false;
}

std::string_view trim_blank(std::string_view v) {
  while (!v.empty() && (v.front() == ' ' || v.front() == '\t')) v.remove_prefix(1);
  while (!v.empty() && (v.back() == ' ' || v.back() == '\t')) v.remove_suffix(1);
  return v;
}

struct verb_row {
  std::string_view name;
  method verb;
};
constexpr std::array<verb_row, 7> verbs{{{"GET", method::get},
                                         {"POST", method::post},
                                         {"HEAD", method::head},
                                         {"PUT", method::put},
                                         {"PATCH", method::patch},
                                         {"DELETE", method::del},
                                         {"OPTIONS", method::options}}};

}  // namespace

bool is_token(std::string_view text) noexcept {
  for (char c : text) {
    if (!token_char[static_cast<unsigned char>(c)]) return false;
  }
  return !text.empty();
}

bool equals_lower(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i]) return false;
  }
  return true;
}

bool is_host(std::string_view text) noexcept {
  std::string_view name = text;
  std::string_view port;
  if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    for (char c : text.substr(1, end - 1)) {
      const bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!hex && c != ':' && c != '.') return false;
    }
    port = text.substr(end + 1);
    if (port.empty()) return true;
    if (port.front() != ':') return false;
    port.remove_prefix(1);
  } else {
    const auto colon = text.find(':');
    name = text.substr(0, colon);
    if (name.empty() || name.size() > 253 || name.front() == '.' || name.front() == '-') return false;
    for (char c : name) {
      if (!is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-' && c != '.' && c != '_')
        return false;
    }
    if (name.find("..") != std::string_view::npos) return false;
    if (colon == std::string_view::npos) return true;
    port = text.substr(colon + 1);
  }
  if (port.empty() || port.size() > 5) return false;
  int number = 0;
  for (char c : port) {
    if (!is_digit(c)) return false;
    number = number * 10 + (c - '0');
  }
  return number > 0 && number <= 65535;
}

head_guard::verdict head_guard::refuse(refusal r) {
  why_ = r;
  return verdict::refused;
}

head_guard::verdict head_guard::feed(std::string_view bytes) {
  if (why_ != refusal::none) return verdict::refused;
  while (seen_ < bytes.size()) {
    const char* from = bytes.data() + seen_;
    const auto* lf = static_cast<const char*>(std::memchr(from, '\n', bytes.size() - seen_));
    if (lf == nullptr) {
      seen_ = static_cast<std::uint32_t>(std::min(bytes.size(), limits::http_head_bytes + 1));
      break;
    }
    const auto end = static_cast<std::size_t>(lf - bytes.data());
    if (end >= limits::http_head_bytes) break;
    if (end == line_at_ || bytes[end - 1] != '\r') return refuse(refusal::bare_lf);
    seen_ = static_cast<std::uint32_t>(end + 1);
    const verdict v = take_line(bytes, end - 1);
    if (v != verdict::need_more) return v;
  }
  if (bytes.size() >= limits::http_head_bytes) {
    return refuse(has_request_line_ ? refusal::head_too_large : refusal::target_too_long);
  }
  return verdict::need_more;
}

head_guard::verdict head_guard::take_line(std::string_view bytes, std::size_t end) {
  const std::string_view line = bytes.substr(line_at_, end - line_at_);
  refusal r = refusal::none;
  const bool last = line.empty() && has_request_line_;
  if (last) {
    r = check_end();
  } else if (has_control(line)) {
    r = refusal::control_character;
  } else if (!has_request_line_) {
    r = check_request_line(line);
    has_request_line_ = true;
  } else {
    r = check_field(line);
  }
  if (r != refusal::none) return refuse(r);
  line_at_ = static_cast<std::uint32_t>(end + 2);
  if (!last) return verdict::need_more;
  facts_.keep_alive = !says_close_ && (!facts_.http_1_0 || says_keep_alive_);
  if (facts_.http_1_0) facts_.expects_continue = false;
  return verdict::complete;
}

refusal head_guard::check_request_line(std::string_view line) {
  const auto first = line.find(' ');
  if (first == std::string_view::npos) return refusal::bad_request_line;
  const std::string_view name = line.substr(0, first);
  if (!is_token(name)) return refusal::bad_method;

  const auto second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return refusal::http_0_9;
  const std::string_view target = line.substr(first + 1, second - first - 1);
  if (target.empty()) return refusal::bad_request_line;
  for (char c : target) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '#')
      return refusal::bad_target;
  }
  facts_.target_at = static_cast<std::uint32_t>(first + 1);
  facts_.target_size = static_cast<std::uint32_t>(target.size());

  const std::string_view version = line.substr(second + 1);
  if (version != "HTTP/1.1") {
    const bool shaped = version.size() == 8 && version.substr(0, 5) == "HTTP/" && is_digit(version[5]) &&
                        version[6] == '.' && is_digit(version[7]);
    if (!shaped) return refusal::bad_version;
    if (version != "HTTP/1.0") return refusal::unsupported_version;
    facts_.http_1_0 = true;
  }
  for (const verb_row& row : verbs) {
    if (row.name == name) {
      facts_.verb = row.verb;
      return refusal::none;
    }
  }
  return name == "TRACE" || name == "CONNECT" ? refusal::method_refused : refusal::method_not_implemented;
}

refusal head_guard::check_field(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') return refusal::line_starts_with_space;
  if (++fields_ > limits::http_header_count) return refusal::too_many_fields;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return refusal::bad_field_name;
  const std::string_view name = line.substr(0, colon);
  if (!is_token(name)) return refusal::bad_field_name;  // also a space before the colon
  const std::string_view value = trim_blank(line.substr(colon + 1));
  const auto at = line_at_ + static_cast<std::size_t>(value.data() - line.data());
  return check_known_field(name, value, at);
}

refusal head_guard::check_known_field(std::string_view name, std::string_view value, std::size_t value_at) {
  switch (name.size()) {  // most fields are none of ours: the length alone says so
    case 4:
      if (!equals_lower(name, "host")) break;
      if (has_host_) return refusal::duplicate_host;
      has_host_ = true;
      if (!is_host(value)) return refusal::bad_host;
      facts_.host_at = static_cast<std::uint32_t>(value_at);
      facts_.host_size = static_cast<std::uint32_t>(value.size());
      break;
    case 6:
      if (!equals_lower(name, "expect")) break;
      if (!equals_lower(value, "100-continue")) return refusal::bad_expectation;
      facts_.expects_continue = true;
      break;
    case 10:
      if (equals_lower(name, "connection")) return check_connection(value);
      break;
    case 14:
      if (equals_lower(name, "content-length")) return check_length(value);
      break;
    case 16:
      if (!equals_lower(name, "proxy-connection")) break;
      return refusal::bad_connection_field;  // was never a standard; Beast would let it decide over keep-alive
    case 17:
      if (!equals_lower(name, "transfer-encoding")) break;
      if (has_encoding_) return refusal::duplicate_transfer_encoding;
      has_encoding_ = true;
      if (!equals_lower(value, "chunked")) return refusal::bad_transfer_encoding;
      facts_.chunked = true;
      break;
    default: break;
  }
  return refusal::none;
}

refusal head_guard::check_connection(std::string_view value) {
  while (true) {
    const auto comma = value.find(',');
    const std::string_view option = trim_blank(value.substr(0, comma));
    if (!is_token(option)) return refusal::bad_connection_field;
    if (equals_lower(option, "close")) says_close_ = true;
    if (equals_lower(option, "keep-alive")) says_keep_alive_ = true;
    if (equals_lower(option, "upgrade")) facts_.wants_upgrade = true;
    if (comma == std::string_view::npos) return refusal::none;
    value.remove_prefix(comma + 1);
  }
}

refusal head_guard::check_length(std::string_view value) {
  if (facts_.has_length) return refusal::duplicate_content_length;
  if (value.empty() || value.size() > 19) return refusal::bad_content_length;
  std::uint64_t number = 0;
  for (char c : value) {
    if (!is_digit(c)) return refusal::bad_content_length;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');  // 19 digits cannot wrap 64 bits
  }
  if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return refusal::bad_content_length;
  facts_.has_length = true;
  facts_.content_length = number;
  return refusal::none;
}

refusal head_guard::check_end() const {
  if (!has_host_ && !facts_.http_1_0) return refusal::missing_host;
  if (has_encoding_ && facts_.has_length) return refusal::length_and_encoding;
  if (has_encoding_ && facts_.http_1_0) return refusal::encoding_in_http_1_0;
  return refusal::none;
}

refusal_text explain(refusal why) noexcept {
  switch (why) {
    case refusal::none: return {200, ""};
    case refusal::bare_lf: return {400, "Lines must end with CR LF."};
    case refusal::control_character: return {400, "The head holds a control character."};
    case refusal::bad_request_line: return {400, "The request line is malformed."};
    case refusal::bad_method: return {400, "The method is not a token."};
    case refusal::method_not_implemented: return {501, "This method is not known here."};
    case refusal::method_refused: return {405, "This method is not allowed here."};
    case refusal::bad_target: return {400, "The request target is malformed."};
    case refusal::target_too_long: return {414, "The request target is too long."};
    case refusal::http_0_9: return {400, "HTTP/0.9 is not spoken here."};
    case refusal::bad_version: return {400, "The HTTP version is malformed."};
    case refusal::unsupported_version: return {505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
    case refusal::line_starts_with_space: return {400, "A header line starts with white space."};
    case refusal::bad_field_name: return {400, "A header field has a malformed name."};
    case refusal::too_many_fields: return {431, "Too many header fields."};
    case refusal::head_too_large: return {431, "The request head is too large."};
    case refusal::missing_host: return {400, "The Host field is missing."};
    case refusal::duplicate_host: return {400, "The Host field is given twice."};
    case refusal::bad_host: return {400, "The Host field is malformed."};
    case refusal::bad_content_length: return {400, "Content-Length is not a number of bytes."};
    case refusal::duplicate_content_length: return {400, "Content-Length is given twice."};
    case refusal::bad_transfer_encoding: return {400, "The only transfer coding taken is chunked."};
    case refusal::duplicate_transfer_encoding: return {400, "Transfer-Encoding is given twice."};
    case refusal::length_and_encoding: return {400, "Content-Length and Transfer-Encoding exclude each other."};
    case refusal::encoding_in_http_1_0: return {400, "HTTP/1.0 has no Transfer-Encoding."};
    case refusal::bad_connection_field: return {400, "The Connection field is malformed."};
    case refusal::bad_expectation: return {417, "The only expectation met is 100-continue."};
    case refusal::parser: return {400, "The request is malformed."};
    case refusal::bad_chunk: return {400, "The chunked body is malformed."};
    case refusal::body_too_large: return {413, "The body is too large."};
    case refusal::misdirected: return {421, "This host is not served here."};
  }
  return {400, "The request is malformed."};
}

}  // namespace zhuqi::http
