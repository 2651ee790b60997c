#include "handlers/channel/callback_query.hpp"

#include <algorithm>

namespace zhuqi::channel {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::optional<std::string>* slot_of(callback_query& q, std::string_view name) {
  if (name == "signature") return &q.signature;
  if (name == "msg_signature") return &q.msg_signature;
  if (name == "timestamp") return &q.timestamp;
  if (name == "nonce") return &q.nonce;
  if (name == "echostr") return &q.echostr;
  if (name == "openid") return &q.openid;
  return nullptr;
}

}  // namespace

result<callback_query> callback_query::parse(std::string_view query) {
  callback_query out;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = percent_decoded(pair.substr(0, equals));
    if (!name) return errc::malformed;
    std::optional<std::string>* slot = slot_of(out, *name);
    if (slot == nullptr) continue;
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (slot->has_value() || !value) return errc::malformed;
    *slot = std::move(value);
  }
  return out;
}

}  // namespace zhuqi::channel
