#include "bot/base/crypto.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

using namespace zhuqi;
using namespace zhuqi::crypto;

TEST_CASE("Digests match the published vectors") {
  CHECK(hex(sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");  // FIPS 180-4
  CHECK(hex(sha1("")) == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
}

TEST_CASE("AES-256-CBC matches NIST SP 800-38A F.2.5") {
  const auto from_hex = [](std::string_view h) {
    std::string out;
    for (std::size_t i = 0; i < h.size(); i += 2)
      out.push_back(static_cast<char>(std::stoi(std::string{h.substr(i, 2)}, nullptr, 16)));
    return out;
  };
  const std::string key = from_hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  const std::string iv = from_hex("000102030405060708090a0b0c0d0e0f");
  const std::string plain = from_hex("6bc1bee22e409f96e93d7e117393172a");
  const std::string cipher = from_hex("f58c4c04d6e5f1ba779eabfb5f7bfbd6");
  CHECK(aes256_cbc_encrypt(key, iv, plain).value() == cipher);
  CHECK(aes256_cbc_decrypt(key, iv, cipher).value() == plain);
  CHECK(!aes256_cbc_decrypt(key, iv, "short"));
  CHECK(!aes256_cbc_decrypt(key.substr(1), iv, cipher));
}

TEST_CASE("Base64 is strict for payloads and lenient for keys") {
  struct row {
    std::string text;
    bool strict;
    bool lenient;
    std::string bytes;
  };
  const row rows[] = {
      {"", true, true, ""},          {"Zg==", true, true, "f"},  {"Zm8=", true, true, "fo"},
      {"Zm9v", true, true, "foo"},   {"Zg", false, true, "f"},   {"Zh==", false, true, "f"},
      {"Zm9v=", false, true, "foo"}, {"Z", false, false, ""},    {"Zm9v\n", false, false, ""},
      {"Zm 9", false, false, ""},    {"Zm-_", false, false, ""}, {"====", false, true, ""},
  };
  for (const auto& r : rows) {
    INFO(r.text);
    CHECK(base64_decode(r.text).has_value() == r.strict);
    CHECK(base64_decode_lenient(r.text).has_value() == r.lenient);
    if (r.lenient) CHECK(base64_decode_lenient(r.text).value() == r.bytes);
  }
  for (std::size_t n = 0; n < 70; ++n) {
    const std::string bytes = random_bytes(n);
    CHECK(base64_decode(base64_encode(bytes)).value() == bytes);
  }
}

TEST_CASE("Constant-time comparison compares") {
  CHECK(equal_constant_time("", ""));
  CHECK(equal_constant_time("abc", "abc"));
  CHECK_FALSE(equal_constant_time("abc", "abd"));
  CHECK_FALSE(equal_constant_time("abc", "ab"));
}

TEST_CASE("UUIDs are version 4 and do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = random_uuid();
    REQUIRE(id.size() == 36);
    CHECK(id[14] == '4');
    CHECK(std::string_view{"89ab"}.find(id[19]) != std::string_view::npos);
    CHECK(seen.insert(id).second);
  }
}
