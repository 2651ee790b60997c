#include "bench/load/callback.hpp"

#include "bench/load/users.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace zhuqi::bench {
namespace {

const unsigned char* bytes_of(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* bytes_of(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

std::string_view decimal(std::array<char, 24>& buffer, std::uint64_t value) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

/// The text between `open` and `close`, npos-safe: data() is null where it is not there.
std::string_view between(std::string_view s, std::string_view open, std::string_view close) {
  const std::size_t from = s.find(open);
  if (from == std::string_view::npos) return {};
  const std::size_t begin = from + open.size();
  const std::size_t end = s.find(close, begin);
  return end == std::string_view::npos ? std::string_view{} : s.substr(begin, end - begin);
}

void require(int ok, const char* what) {
  if (ok != 1) throw std::runtime_error{std::string{"OpenSSL: "} + what};
}

}  // namespace

std::string_view name_of(verdict v) {
  static constexpr std::string_view names[] = {"good", "bad envelope", "wrong parties", "wrong content",
                                               "unexpected success"};
  return names[static_cast<std::size_t>(v)];
}

std::uint32_t digest_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(bytes)) | 1U;
}

platform::platform(account who)
    : who_{std::move(who)},
      sha1_{EVP_MD_fetch(nullptr, "SHA1", nullptr)},
      hash_{EVP_MD_CTX_new()},
      aes_{EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr)},
      cipher_{EVP_CIPHER_CTX_new()} {
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&nonce_), sizeof nonce_), "RAND_bytes");
  if (!who_.aes_key.empty()) {
    if (who_.aes_key.size() != 43) throw std::runtime_error{"the AES key must have 43 characters"};
    key_.resize(33);  // EVP_DecodeBlock writes the byte that the padding stands for, too
    const std::string padded = who_.aes_key + '=';
    if (EVP_DecodeBlock(bytes_of(key_), bytes_of(padded), 44) != 33)
      throw std::runtime_error{"the AES key is not base64"};
    key_.resize(32);
  }
  head_ = " HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nHost: " + who_.host +
          "\r\nPragma: no-cache\r\nConnection: Keep-Alive\r\nContent-Type: text/xml\r\nContent-Length: ";
}

void platform::append_signature(std::string& out, std::string_view timestamp, std::string_view nonce,
                                std::string_view encrypt) {
  std::array<std::string_view, 4> parts{who_.token, timestamp, nonce, encrypt};
  const auto end = parts.begin() + (encrypt.empty() ? 3 : 4);
  std::sort(parts.begin(), end);
  require(EVP_DigestInit_ex2(hash_.get(), sha1_.get(), nullptr), "digest");
  for (auto p = parts.begin(); p != end; ++p) require(EVP_DigestUpdate(hash_.get(), p->data(), p->size()), "digest");
  unsigned char digest[20];
  require(EVP_DigestFinal_ex(hash_.get(), digest, nullptr), "digest");
  static constexpr char hex[] = "0123456789abcdef";
  char text[40];
  for (std::size_t i = 0; i < 20; ++i) {
    text[2 * i] = hex[digest[i] >> 4U];
    text[2 * i + 1] = hex[digest[i] & 15U];
  }
  out.append(text, 40);
}

void platform::write_body(const outgoing& m) {
  std::array<char, 24> number;
  body_.assign("<xml><ToUserName><![CDATA[").append(who_.original_id);
  body_.append("]]></ToUserName>\n<FromUserName><![CDATA[").append(m.user);
  body_.append("]]></FromUserName>\n<CreateTime>").append(decimal(number, static_cast<std::uint64_t>(m.created_s)));
  switch (m.kind) {
    case message_kind::text:
      body_.append("</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[").append(m.content);
      body_.append("]]></Content>\n<MsgId>").append(decimal(number, m.message_id)).append("</MsgId>\n</xml>");
      break;
    case message_kind::image:
      body_.append(
          "</CreateTime>\n<MsgType><![CDATA[image]]></MsgType>\n<PicUrl><![CDATA[http://mmbiz.qpic.cn/bench/0]]>"
          "</PicUrl>\n<MediaId><![CDATA[media_bench]]></MediaId>\n<MsgId>");
      body_.append(decimal(number, m.message_id)).append("</MsgId>\n</xml>");
      break;
    case message_kind::view:
      body_.append(
          "</CreateTime>\n<MsgType><![CDATA[event]]></MsgType>\n<Event><![CDATA[VIEW]]></Event>\n"
          "<EventKey><![CDATA[https://www.example.gov.cn/");
      body_.append(decimal(number, m.message_id)).append("]]></EventKey>\n</xml>");
      break;
  }
}

void platform::encrypt_body() {
  frame_.resize(16);
  require(RAND_bytes(bytes_of(frame_), 16), "RAND_bytes");
  for (int shift = 24; shift >= 0; shift -= 8)
    frame_ += static_cast<char>((body_.size() >> static_cast<unsigned>(shift)) & 0xffU);
  frame_.append(body_).append(who_.app_id);
  const std::size_t pad = 32 - frame_.size() % 32;
  frame_.append(pad, static_cast<char>(pad));
  require(EVP_EncryptInit_ex2(cipher_.get(), aes_.get(), bytes_of(key_), bytes_of(key_), nullptr), "cipher");
  require(EVP_CIPHER_CTX_set_padding(cipher_.get(), 0), "cipher");
  int n = 0;
  require(EVP_EncryptUpdate(cipher_.get(), bytes_of(frame_), &n, bytes_of(frame_), static_cast<int>(frame_.size())),
          "cipher");
  encrypted_.resize((frame_.size() + 2) / 3 * 4 + 1);
  encrypted_.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(bytes_of(encrypted_), bytes_of(frame_), static_cast<int>(frame_.size()))));
  body_.assign("<xml><ToUserName><![CDATA[").append(who_.original_id).append("]]></ToUserName><Encrypt><![CDATA[");
  body_.append(encrypted_).append("]]></Encrypt></xml>");
}

void platform::write(std::string& out, const outgoing& message, std::int64_t now_s) {
  std::array<char, 24> time_text;
  std::array<char, 24> nonce_text;
  std::array<char, 24> length;
  const std::string_view timestamp = decimal(time_text, static_cast<std::uint64_t>(now_s));
  const std::string_view nonce = decimal(nonce_text, mix64(++nonce_) >> 20U);
  write_body(message);
  out.append("POST ").append(who_.path).append("?signature=");
  append_signature(out, timestamp, nonce, {});
  out.append("&timestamp=").append(timestamp).append("&nonce=").append(nonce).append("&openid=").append(message.user);
  if (!key_.empty()) {
    encrypt_body();
    out.append("&encrypt_type=aes&msg_signature=");
    append_signature(out, timestamp, nonce, encrypted_);
  }
  out.append(head_).append(decimal(length, body_.size())).append("\r\n\r\n").append(body_);
}

bool platform::decrypt(std::string_view encrypted) {
  if (encrypted.empty() || encrypted.size() % 4 != 0) return false;
  plain_store_.resize(encrypted.size() / 4 * 3);
  const int n = EVP_DecodeBlock(bytes_of(plain_store_), bytes_of(encrypted), static_cast<int>(encrypted.size()));
  if (n < 0) return false;
  std::size_t size = static_cast<std::size_t>(n);
  for (std::size_t i = encrypted.size(); i > 0 && encrypted[i - 1] == '=' && size > 0; --i) --size;
  if (size < 32 || size % 32 != 0) return false;
  require(EVP_DecryptInit_ex2(cipher_.get(), aes_.get(), bytes_of(key_), bytes_of(key_), nullptr), "cipher");
  require(EVP_CIPHER_CTX_set_padding(cipher_.get(), 0), "cipher");
  int written = 0;
  require(EVP_DecryptUpdate(cipher_.get(), bytes_of(plain_store_), &written, bytes_of(plain_store_),
                            static_cast<int>(size)),
          "cipher");
  std::size_t message = 0;
  for (std::size_t i = 16; i < 20; ++i) message = message << 8U | static_cast<unsigned char>(plain_store_[i]);
  const auto pad = static_cast<unsigned char>(plain_store_[size - 1]);
  if (pad < 1 || pad > 32 || message > size || 20 + message + pad > size) return false;
  const std::string_view all{plain_store_.data(), size - pad};
  plain_ = all.substr(20, message);
  return all.substr(20 + message) == who_.app_id;
}

bool platform::unwrap(std::string_view body) {
  plain_ = body;
  if (key_.empty() || body == "success" || body.empty()) return true;
  const std::string_view encrypted = between(body, "<Encrypt><![CDATA[", "]]></Encrypt>");
  const std::string_view signature = between(body, "<MsgSignature><![CDATA[", "]]></MsgSignature>");
  std::string_view timestamp = between(body, "<TimeStamp>", "</TimeStamp>");
  const std::string_view nonce = between(body, "<Nonce><![CDATA[", "]]></Nonce>");
  std::string expected;
  append_signature(expected, timestamp, nonce, encrypted);
  return signature == expected && decrypt(encrypted);
}

verdict platform::check(std::string_view body, std::string_view user, std::string_view expect, strictness level) {
  if (level == strictness::status) {
    plain_ = body;
    return verdict::good;
  }
  if (!unwrap(body)) return verdict::bad_envelope;
  if (plain_ == "success") {
    return expect == "success" || level == strictness::parties ? verdict::good : verdict::empty;
  }
  if (!plain_.starts_with("<xml>") || !plain_.ends_with("</xml>")) return verdict::bad_envelope;
  if (between(plain_, "<ToUserName><![CDATA[", "]]></ToUserName>") != user ||
      between(plain_, "<FromUserName><![CDATA[", "]]></FromUserName>") != who_.original_id) {
    return verdict::bad_parties;
  }
  const std::string_view content = between(plain_, "<Content><![CDATA[", "]]></Content>");
  if (content.empty()) return verdict::bad_content;
  if (level == strictness::parties || expect == "*") return verdict::good;
  return expect != "success" && content.find(expect) != std::string_view::npos ? verdict::good : verdict::bad_content;
}

}  // namespace zhuqi::bench
