#pragma once
// The platform's side of a callback: writes signed (and, in secure mode, encrypted) requests as WeChat does, and checks what comes
// back. Shares no code with the server, so that a mistake of the server is not repeated here.

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::bench {

struct account {
  std::string host;  ///< Host header, e.g. 127.0.0.1:8080
  std::string path;  ///< /wechat/city
  std::string token;
  std::string original_id;  ///< gh_…
  std::string app_id;
  std::string aes_key;  ///< EncodingAESKey, 43 characters; "" = plaintext mode
};

enum class message_kind : std::uint8_t { text, image, view };

struct outgoing {
  message_kind kind = message_kind::text;
  std::string_view user;
  std::string_view content;
  std::uint64_t message_id = 0;
  std::int64_t created_s = 0;
};

/// How much of a reply is checked.
enum class strictness : std::uint8_t {
  status,   ///< a complete 200
  parties,  ///< and a text for this user from this account, or `success`
  dialog,   ///< and the content that the walk expects
};

enum class verdict : std::uint8_t { good, bad_envelope, bad_parties, bad_content, empty, kinds };
std::string_view name_of(verdict v);

class platform {
 public:
  explicit platform(account who);

  /// Appends one whole HTTP request, signed with the time `now_s`.
  void write(std::string& out, const outgoing& message, std::int64_t now_s);
  /// Checks the body of a 200. `expect` as in walk_step. Also leaves the plain body in plain().
  verdict check(std::string_view body, std::string_view user, std::string_view expect, strictness level);
  /// The reply last checked, decrypted where it was encrypted; valid until the next call.
  std::string_view plain() const { return plain_; }

 private:
  struct md_deleter {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
    void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
    void operator()(EVP_MD* m) const { EVP_MD_free(m); }
    void operator()(EVP_CIPHER* c) const { EVP_CIPHER_free(c); }
  };

  void append_signature(std::string& out, std::string_view timestamp, std::string_view nonce, std::string_view encrypt);
  void write_body(const outgoing& message);
  void encrypt_body();
  bool decrypt(std::string_view encrypted);
  bool unwrap(std::string_view body);

  account who_;
  std::string key_;  ///< 32 bytes, "" in plaintext mode
  std::unique_ptr<EVP_MD, md_deleter> sha1_;
  std::unique_ptr<EVP_MD_CTX, md_deleter> hash_;
  std::unique_ptr<EVP_CIPHER, md_deleter> aes_;
  std::unique_ptr<EVP_CIPHER_CTX, md_deleter> cipher_;
  std::string head_;  ///< what every request has after its query
  std::string body_;
  std::string encrypted_;  ///< base64
  std::string frame_;
  std::string plain_store_;
  std::string_view plain_;
  std::uint64_t nonce_;
};

/// 32 bits of the reply, to compare the answers of a retry; not cryptographic.
std::uint32_t digest_of(std::string_view bytes);

}  // namespace zhuqi::bench
