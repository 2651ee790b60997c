// Any bytes as Encrypt text, as a frame under the right key, and as a message to seal. The key is known here, so the fuzzer gets
// behind the signature, where only the platform could.

#include "handlers/channel/envelope.hpp"
#include "bot/base/crypto.hpp"

#include <cstdint>
#include <cstdlib>

using namespace zhuqi;
using channel::envelope;

namespace {

constexpr std::string_view encoding_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

void require(bool holds) {
  if (!holds) std::abort();
}

envelope& subject() {
  static envelope made = *envelope::create(secret{std::string{encoding_key}}, secret{}, "wx1");
  return made;
}

/// The input as the decrypted frame, cut to whole blocks.
std::string as_frame(std::string_view bytes) {
  static const std::string key = *crypto::base64_decode_lenient(encoding_key);
  const auto cipher = crypto::aes256_cbc_encrypt(key, key.substr(0, 16), bytes.substr(0, bytes.size() / 32 * 32));
  return crypto::base64_encode(*cipher);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (const auto opened = subject().open(bytes)) require(opened->message.size() < bytes.size());
  if (const auto opened = subject().open(as_frame(bytes))) require(opened->message.size() + 20 + 3 < bytes.size());
  if (size > 32 * 1024) return 0;
  const auto back = subject().open(subject().seal(bytes, envelope::key_slot::current));
  require(back.has_value() && back->message == bytes);
  return 0;
}
