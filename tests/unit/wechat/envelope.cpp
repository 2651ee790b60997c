// The AES envelope by itself: what goes in comes out, and nothing else comes in.

#include "tests/unit/wechat/rig.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace zhuqi;
using namespace zhuqi::wechat::test;
using channel::envelope;

namespace {

constexpr auto current = envelope::key_slot::current;

envelope make(const std::string& receiver = app_id) {
  auto made = envelope::create(secret{aes_key}, secret{}, receiver);
  REQUIRE(made.has_value());
  return std::move(*made);
}

/// base64(AES(frame)) with a frame of our own making: what a hostile holder of the key could send.
std::string encrypt_raw(const std::string& frame) {
  const std::string key = *crypto::base64_decode_lenient(aes_key);
  return crypto::base64_encode(*crypto::aes256_cbc_encrypt(key, key.substr(0, 16), frame));
}

std::string frame_of(std::uint32_t length, const std::string& message, const std::string& receiver) {
  std::string frame(16, 'r');
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>((length >> shift) & 0xFF);
  return frame + message + receiver;
}

std::string padded(std::string frame) {
  const std::size_t pad = 32 - frame.size() % 32;
  return frame.append(pad, static_cast<char>(pad));
}

}  // namespace

TEST_CASE("decrypt after encrypt is the identity, for every length around the block size and any bytes") {
  std::mt19937 random{20261121};
  const std::string receiver = GENERATE(as<std::string>{}, app_id, "", "suite4xxxxxxxxxxxxxxx");
  envelope e = make(receiver);
  for (std::size_t length = 0; length < 200; ++length) {
    std::string message(length, '\0');
    for (char& c : message) c = static_cast<char>(random());
    const std::string sealed_text = e.seal(message, current);
    const auto opened = e.open(sealed_text);
    REQUIRE(opened.has_value());
    REQUIRE(opened->message == message);
    REQUIRE(crypto::base64_decode(sealed_text)->size() % 32 == 0);
  }
}

TEST_CASE("every sealing draws fresh randomness") {
  envelope e = make();
  CHECK(e.seal("same", current) != e.seal("same", current));
}

TEST_CASE(
    "flipping any byte of the envelope's frame head, tail or text never crashes and never gives another receiver's "
    "message") {
  envelope e = make();
  const std::string raw = *crypto::base64_decode(e.seal("<xml>0123456789abcdef0123456789abcdef</xml>", current));
  for (std::size_t i = 0; i < raw.size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      std::string bent = raw;
      bent[i] = static_cast<char>(bent[i] ^ (1 << bit));
      const auto opened = e.open(crypto::base64_encode(bent));
      if (!opened) CHECK(opened.error() == errc::undecryptable);
    }
  }
}

TEST_CASE("A5: wrong padding, length or receiver is one error") {
  envelope e = make();
  std::string encrypt;
  SECTION("pad 0") {
    std::string frame = frame_of(12, "123456789012", app_id);
    frame.resize(64 - frame.size() % 32, '\0');
    frame.resize(64, '\0');
    encrypt = encrypt_raw(frame);
  }
  SECTION("pad 33") { encrypt = encrypt_raw(std::string(64, '\x21')); }
  SECTION("pad 255") { encrypt = encrypt_raw(std::string(64, '\xFF')); }
  SECTION("pad bytes differ") {
    std::string frame = padded(frame_of(3, "abc", app_id));
    frame[frame.size() - 2] = static_cast<char>(frame.back() + 1);
    encrypt = encrypt_raw(frame);
  }
  SECTION("nothing but padding") { encrypt = encrypt_raw(std::string(32, '\x20')); }
  SECTION("frame shorter than its head") { encrypt = encrypt_raw(padded(std::string(19, 'x'))); }
  SECTION("length one too great") { encrypt = encrypt_raw(padded(frame_of(4, "abc", app_id))); }
  SECTION("length reaching past the end") { encrypt = encrypt_raw(padded(frame_of(22, "abc", app_id))); }
  SECTION("length 0xFFFFFFFF") { encrypt = encrypt_raw(padded(frame_of(0xFFFFFFFF, "abc", app_id))); }
  SECTION("length 0x80000000") { encrypt = encrypt_raw(padded(frame_of(0x80000000, "abc", app_id))); }
  SECTION("length one too small") { encrypt = encrypt_raw(padded(frame_of(2, "abc", app_id))); }
  SECTION("a multiple of 16 only") { encrypt = encrypt_raw(padded(frame_of(3, "abc", app_id)).substr(0, 48)); }
  SECTION("not base64") { encrypt = "=="; }
  SECTION("empty") { encrypt = ""; }
  SECTION("larger than any callback") { encrypt = std::string(limits::callback_body_bytes + 1, 'A'); }
  const auto opened = e.open(encrypt);
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error() == errc::undecryptable);
}

TEST_CASE("an empty receive id is legal where it is configured, and only there") {
  CHECK(make("").open(make("").seal("x", current)).has_value());
  CHECK_FALSE(make().open(make("").seal("x", current)).has_value());
  CHECK_FALSE(make("").open(make().seal("x", current)).has_value());
}

TEST_CASE("keys with non-zero trailing bits are accepted, keys of another form are not") {
  CHECK(envelope::create(secret{std::string(42, 'A') + "G"}, secret{}, "").has_value());
  CHECK_FALSE(envelope::create(secret{std::string(42, 'A')}, secret{}, "").has_value());
  CHECK_FALSE(envelope::create(secret{std::string(42, 'A') + "="}, secret{}, "").has_value());
  CHECK_FALSE(envelope::create(secret{std::string(42, 'A') + "/"}, secret{}, "").has_value());
  CHECK_FALSE(envelope::create(secret{aes_key}, secret{"short"}, "").has_value());
  CHECK_FALSE(envelope::create(secret{}, secret{}, "").has_value());
}

TEST_CASE("the key that opened an envelope is named") {
  auto both = envelope::create(secret{other_key}, secret{aes_key}, app_id);
  CHECK(both->open(make().seal("x", current))->key == envelope::key_slot::previous);
  CHECK(both->open(both->seal("x", current))->key == current);
}
