#include "bot/staff/password.hpp"

#include "bot/staff/sodium.hpp"

#include <sodium.h>

#include <new>

namespace zhuqi::staff {
namespace {

std::string argon2id(const password_cost& cost, std::string_view password) {
  start_sodium();
  char out[crypto_pwhash_STRBYTES] = {};
  if (crypto_pwhash_str(out, password.data(), password.size(), cost.passes, cost.memory_bytes) != 0) {
    throw std::bad_alloc{};
  }
  return out;
}

/// Nobody can type it: nothing verifies against the decoy.
std::string untypable() {
  start_sodium();
  std::string bytes(32, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace

password_hasher::password_hasher(password_cost cost) : cost_{cost}, decoy_{argon2id(cost, untypable())} {}

std::string password_hasher::hash(const secret& password) const { return argon2id(cost_, password.reveal()); }

bool password_hasher::verify(const std::string& stored, const secret& password) const {
  const auto typed = password.reveal();
  const bool somebody = !stored.empty();
  const auto& against = somebody ? stored : decoy_;
  const bool same = crypto_pwhash_str_verify(against.c_str(), typed.data(), typed.size()) == 0;
  return same && somebody;
}

bool password_hasher::outdated(const std::string& stored) const {
  return stored.size() >= crypto_pwhash_STRBYTES ||
         crypto_pwhash_str_needs_rehash(stored.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace zhuqi::staff
