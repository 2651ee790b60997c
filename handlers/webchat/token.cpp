#include "handlers/webchat/token.hpp"

#include "bot/base/crypto.hpp"

#include <cstdint>
#include <span>
#include <utility>

namespace zhuqi::webchat {
namespace {

constexpr std::string_view prefix = "v1.";
constexpr std::size_t id_bytes = 16;
constexpr std::size_t mac_bytes = 16;
constexpr std::size_t token_size = prefix.size() + id_bytes * 2 + 1 + mac_bytes * 2;

}  // namespace

visitor_tokens::visitor_tokens(secret key) : key_{std::move(key)} { ZHUQI_ASSERT(key_.reveal().size() >= 16); }

visitor_tokens::visitor visitor_tokens::issue() const {
  const std::string bytes = crypto::random_bytes(id_bytes);
  std::string id = crypto::hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  std::string token = std::string{prefix} + id + "." + mac(id);
  return {std::move(id), std::move(token)};
}

result<std::string> visitor_tokens::verify(std::string_view token) const {
  if (token.size() != token_size || !token.starts_with(prefix) || token[prefix.size() + id_bytes * 2] != '.') {
    return make_error_code(errc::bad_signature);
  }
  const std::string_view id = token.substr(prefix.size(), id_bytes * 2);
  if (!crypto::equal_constant_time(mac(id), token.substr(token_size - mac_bytes * 2))) {
    return make_error_code(errc::bad_signature);
  }
  return std::string{id};
}

std::string visitor_tokens::mac(std::string_view id) const {
  // The words bind the signature to its use: the key may sign other things one day.
  const auto full = crypto::hmac_sha256(key_.reveal(), "zhuqi webchat visitor v1 " + std::string{id});
  return crypto::hex(std::span{full}.first(mac_bytes));
}

}  // namespace zhuqi::webchat
