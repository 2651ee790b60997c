// One-time passwords against the RFCs, and what keeps them one-time.

#include "bot/staff/totp.hpp"
#include "bot/staff/sealed.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace zhuqi;
using namespace zhuqi::staff;

namespace {

const secret rfc_key{"12345678901234567890"};
constexpr unix_ms noon{1'793'491'200'000};

std::string code_at(unix_ms t) { return hotp(rfc_key, static_cast<std::uint64_t>(step_at(t).value)); }

}  // namespace

TEST_CASE("HOTP gives the codes of RFC 4226, appendix D") {
  const std::vector<std::string> codes{"755224", "287082", "359152", "969429", "338314",
                                       "254676", "287922", "162583", "399871", "520489"};
  for (std::size_t i = 0; i < codes.size(); ++i) CHECK(hotp(rfc_key, i) == codes[i]);
}

TEST_CASE("TOTP gives the SHA-1 codes of RFC 6238, appendix B") {
  const std::vector<std::pair<std::int64_t, std::string>> rows{{59, "94287082"},
                                                               {1'111'111'109, "07081804"},
                                                               {1'111'111'111, "14050471"},
                                                               {1'234'567'890, "89005924"},
                                                               {2'000'000'000, "69279037"},
                                                               {20'000'000'000, "65353130"}};
  for (const auto& [seconds, code] : rows) {
    CHECK(hotp(rfc_key, static_cast<std::uint64_t>(step_at({seconds * 1000}).value), 8) == code);
  }
}

TEST_CASE("a code is good in its step and the one before and after, and not further away") {
  for (const std::int64_t s : {-120, -61, -31, -30, 0, 30, 59, 60, 90}) {
    const auto got = accept_totp(rfc_key, code_at(noon + s * 1000), noon, {});
    CAPTURE(s);
    CHECK(got.has_value() == (s >= -30 && s < 60));
  }
}

TEST_CASE("a code works once, and no older one works after it") {
  const auto first = accept_totp(rfc_key, code_at(noon), noon, {});
  REQUIRE(first);
  CHECK_FALSE(accept_totp(rfc_key, code_at(noon), noon, *first));
  CHECK_FALSE(accept_totp(rfc_key, code_at(noon + -30'000), noon, *first));
  CHECK(accept_totp(rfc_key, code_at(noon + 30'000), noon, *first));
}

TEST_CASE("what is no code of six digits is refused") {
  for (const std::string_view odd : {"", "12345", "1234567", "abcdef", "１２３４５６", "      "}) {
    CHECK_FALSE(accept_totp(rfc_key, odd, noon, {}));
  }
  CHECK_FALSE(accept_totp(secret{}, code_at(noon), noon, {}));
}

TEST_CASE("the enrolment URI carries the secret in base32 and quotes names") {
  CHECK(enrolment_uri(rfc_key, "助企 A&B", "min@city").reveal() ==
        "otpauth://totp/%E5%8A%A9%E4%BC%81%20A%26B:min%40city?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=%E5%8A%A9%E4%BC%81%20A%26B&algorithm=SHA1&digits=6&period=30");
}

TEST_CASE("base32 is RFC 4648's without padding") {
  const std::vector<std::pair<std::string, std::string>> rows{{"", ""},
                                                              {"f", "MY"},
                                                              {"fo", "MZXQ"},
                                                              {"foo", "MZXW6"},
                                                              {"foob", "MZXW6YQ"},
                                                              {"fooba", "MZXW6YTB"},
                                                              {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : rows) CHECK(base32(bytes) == text);
}

TEST_CASE("a sheet has ten different recovery codes, and each is found again however it is typed") {
  const auto sheet = new_recovery_sheet();
  REQUIRE(sheet.codes.size() == 10);
  CHECK(std::set(sheet.digests.begin(), sheet.digests.end()).size() == 10);
  for (std::size_t i = 0; i < sheet.codes.size(); ++i) {
    std::string code{sheet.codes[i].reveal()};
    CHECK(code.size() == 19);
    CHECK(recovery_digest(code) == sheet.digests[i]);
    std::string sloppy = " ";
    for (const char c : code) {
      if (c != '-') sloppy.push_back(c == 'O' ? '0' : c == 'I' ? '1' : static_cast<char>(std::tolower(c)));
    }
    CHECK(recovery_digest(sloppy) == sheet.digests[i]);
  }
  for (const std::string& odd :
       {std::string{}, std::string{"ABCD-EFGH"}, std::string{"ABCD-EFGH-IJKL-MN9P"}, std::string(10'000, 'A')}) {
    CHECK_FALSE(recovery_digest(odd));
  }
}

TEST_CASE("a sealed secret opens for its owner, its purpose and its server only, and not when a bit changed") {
  const secret server{std::string(32, 'k')};
  const sealer box{server, "totp"};
  const auto sealed = box.seal(rfc_key, "7");
  CHECK(sealed.find(rfc_key.reveal()) == std::string::npos);
  CHECK(box.open(sealed, "7").value().reveal() == rfc_key.reveal());
  CHECK(box.seal(rfc_key, "7") != sealed);
  CHECK(box.open(sealed, "8").error() == errc::undecryptable);
  CHECK((sealer{server, "other"}.open(sealed, "7").error() == errc::undecryptable));
  CHECK((sealer{secret{std::string(32, 'j')}, "totp"}.open(sealed, "7").error() == errc::undecryptable));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto bent = sealed;
    bent[i] = static_cast<char>(bent[i] ^ 1);
    REQUIRE(box.open(bent, "7").has_error());
    REQUIRE(box.open(std::string_view{sealed}.substr(0, i), "7").has_error());
  }
}
