#include "handlers/channel/envelope.hpp"

#include "bot/base/crypto.hpp"
#include "bot/base/limits.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace zhuqi::channel {

namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t iv_bytes = 16;
constexpr std::size_t pad_block = 32;  // not AES's 16: the platform pads to its own block
constexpr std::size_t random_length = 16;
constexpr std::size_t head_bytes = random_length + 4;
constexpr std::size_t encoding_key_length = 43;

struct context_delete {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using context = std::unique_ptr<EVP_CIPHER_CTX, context_delete>;

enum class direction : int { decrypt = 0, encrypt = 1 };

unsigned char* bytes(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* bytes(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

void require(int ok, const char* what) {
  if (ok != 1) throw std::runtime_error{what};
}

/// One key with its expanded schedules. A message costs re-setting the IV, not a key expansion or an allocation.
class cipher {
 public:
  explicit cipher(std::string_view key) : iv_{key.substr(0, iv_bytes)} {
    prepare(encrypt_, key, direction::encrypt);
    prepare(decrypt_, key, direction::decrypt);
  }
  cipher(cipher&&) noexcept = default;
  cipher& operator=(cipher&&) noexcept = default;
  ~cipher() { OPENSSL_cleanse(iv_.data(), iv_.size()); }

  /// `in` and `out` may be the same; sizes are equal multiples of 16.
  void run(direction d, std::string_view in, std::string& out) {
    EVP_CIPHER_CTX* c = (d == direction::encrypt ? encrypt_ : decrypt_).get();
    require(EVP_CipherInit_ex(c, nullptr, nullptr, nullptr, bytes(std::string_view{iv_}), -1), "AES: setting the IV");
    int written = 0;
    ZHUQI_ASSERT(in.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    out.resize(in.size());
    require(EVP_CipherUpdate(c, bytes(out), &written, bytes(in), static_cast<int>(in.size())), "AES: running");
    ZHUQI_ASSERT(static_cast<std::size_t>(written) == in.size());
  }

 private:
  static void prepare(context& c, std::string_view key, direction d) {
    c.reset(EVP_CIPHER_CTX_new());
    if (!c) throw std::bad_alloc{};
    require(EVP_CipherInit_ex(c.get(), EVP_aes_256_cbc(), nullptr, bytes(key), bytes(key.substr(0, iv_bytes)),
                              static_cast<int>(d)),
            "AES: setting the key");
    require(EVP_CIPHER_CTX_set_padding(c.get(), 0), "AES: turning padding off");
  }

  context encrypt_;
  context decrypt_;
  std::string iv_;
};

/// The frame without its padding, or nullopt. Looks at all 32 places whatever they hold.
std::optional<std::string_view> without_padding(std::string_view frame) {
  const auto pad = static_cast<unsigned char>(frame.back());
  unsigned wrong = static_cast<unsigned>(pad < 1) | static_cast<unsigned>(pad > pad_block);
  for (std::size_t i = 1; i <= pad_block; ++i) {
    const auto here = static_cast<unsigned char>(frame[frame.size() - i]);
    wrong |= static_cast<unsigned>(i <= pad) & static_cast<unsigned>(here != pad);
  }
  if (wrong != 0) return std::nullopt;
  return frame.substr(0, frame.size() - pad);
}

std::size_t read_length(std::string_view four) {
  std::size_t n = 0;
  for (char c : four) n = (n << 8) | static_cast<unsigned char>(c);
  return n;
}

/// The message of a decrypted frame; a view into it.
std::optional<std::string_view> message_of(std::string_view frame, std::string_view receive_id) {
  const auto content = without_padding(frame);
  if (!content || content->size() < head_bytes) return std::nullopt;
  const std::size_t length = read_length(content->substr(random_length, 4));
  if (length > content->size() - head_bytes) return std::nullopt;
  if (!crypto::equal_constant_time(content->substr(head_bytes + length), receive_id)) return std::nullopt;
  return content->substr(head_bytes, length);
}

std::optional<cipher> cipher_of(const secret& encoding_key) {
  if (!is_encoding_aes_key(encoding_key.reveal())) return std::nullopt;
  auto key = crypto::base64_decode_lenient(encoding_key.reveal());
  if (!key || key->size() != key_bytes) return std::nullopt;
  std::optional<cipher> made{std::in_place, *key};
  OPENSSL_cleanse(key->data(), key->size());
  return made;
}

}  // namespace

bool is_encoding_aes_key(std::string_view text) noexcept {
  return text.size() == encoding_key_length && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

struct envelope::impl {
  cipher current;
  std::optional<cipher> previous;
  std::string receive_id;
  std::string scratch;  // the decrypted frame; kept for its capacity

  std::optional<std::string> open_with(cipher& c, std::string_view encrypted) {
    c.run(direction::decrypt, encrypted, scratch);
    const auto message = message_of(scratch, receive_id);
    if (!message) return std::nullopt;
    return std::string{*message};
  }
};

envelope::envelope(std::unique_ptr<impl> parts) noexcept : impl_{std::move(parts)} {}
envelope::envelope(envelope&&) noexcept = default;
envelope& envelope::operator=(envelope&&) noexcept = default;
envelope::~envelope() = default;

result<envelope> envelope::create(const secret& current_key, const secret& previous_key, std::string receive_id) {
  auto current = cipher_of(current_key);
  if (!current) return errc::malformed;
  std::optional<cipher> previous;
  if (!previous_key.empty()) {
    previous = cipher_of(previous_key);
    if (!previous) return errc::malformed;
  }
  return envelope{
      std::unique_ptr<impl>{new impl{std::move(*current), std::move(previous), std::move(receive_id), std::string{}}}};
}

result<envelope::opened> envelope::open(std::string_view encrypt) {
  if (encrypt.size() > limits::callback_body_bytes) return errc::undecryptable;
  const auto encrypted = crypto::base64_decode(encrypt);
  if (!encrypted || encrypted->empty() || encrypted->size() % pad_block != 0) return errc::undecryptable;
  if (auto message = impl_->open_with(impl_->current, *encrypted)) {
    return opened{std::move(*message), key_slot::current};
  }
  if (impl_->previous) {
    if (auto message = impl_->open_with(*impl_->previous, *encrypted)) {
      return opened{std::move(*message), key_slot::previous};
    }
  }
  return errc::undecryptable;
}

std::string envelope::seal(std::string_view message, key_slot key) {
  return seal_with(message, key, crypto::random_bytes(random_length));
}

std::string envelope::seal_with(std::string_view message, key_slot key, std::string_view random16) {
  ZHUQI_ASSERT(random16.size() == random_length);
  ZHUQI_ASSERT(message.size() <= limits::http_body_bytes);
  ZHUQI_ASSERT(key == key_slot::current || impl_->previous);
  const std::size_t unpadded = head_bytes + message.size() + impl_->receive_id.size();
  const std::size_t pad = pad_block - unpadded % pad_block;
  std::string frame;
  frame.reserve(unpadded + pad);
  frame += random16;
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>((message.size() >> shift) & 0xFF);
  frame += message;
  frame += impl_->receive_id;
  frame.append(pad, static_cast<char>(pad));
  cipher& c = key == key_slot::current ? impl_->current : *impl_->previous;
  c.run(direction::encrypt, frame, frame);
  return crypto::base64_encode(frame);
}

}  // namespace zhuqi::channel
