// The parts of http.hpp that are more than a declaration.

#include "bot/runtime/http.hpp"

namespace zhuqi::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> form_decode(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+') {
      out.push_back(' ');
    } else if (raw[i] != '%') {
      out.push_back(raw[i]);
    } else {
      if (i + 2 >= raw.size()) return std::nullopt;
      const int high = hex_digit(raw[i + 1]);
      const int low = hex_digit(raw[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return out;
}

std::string_view authority_of(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string_view{} : origin.substr(scheme + 3);
}

}  // namespace

std::string_view request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string> query_param(std::string_view query, std::string_view name) {
  std::optional<std::string> found;
  std::size_t at = 0;
  while (at <= query.size()) {
    const auto end = std::min(query.find('&', at), query.size());
    const std::string_view pair = query.substr(at, end - at);
    at = end + 1;
    const auto equals = pair.find('=');
    const std::string_view key = pair.substr(0, equals);
    const bool plain = key.find_first_of("%+") == std::string_view::npos;
    if (plain ? key != name : form_decode(key) != name) continue;
    if (found) return std::nullopt;
    found = form_decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
    if (!found) return std::nullopt;
  }
  return found;
}

std::string client_address(const request& r) {
  if (r.peer != "127.0.0.1" && r.peer != "::1") return r.peer;
  const std::string_view chain = r.header("x-forwarded-for");
  const auto comma = chain.rfind(',');
  std::string_view last = comma == std::string_view::npos ? chain : chain.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  return last.empty() || last.size() > 45 ? r.peer : std::string{last};  // 45: the longest written IPv6 address
}

bool from_own_page(const request& r, std::string_view public_host) {
  const std::string_view origin = r.header("origin");
  const std::string_view authority = authority_of(origin);
  return origin.empty() || (!authority.empty() && (authority == r.host || authority == public_host));
}

}  // namespace zhuqi::http
