#include "bot/staff/totp.hpp"

#include "bot/base/limits.hpp"

#include <array>

namespace zhuqi::staff {
namespace {

constexpr std::int64_t step_ms = 30'000;
constexpr std::int64_t window = 1;  ///< steps before and after now: clocks of phones drift, people type slowly
constexpr std::size_t code_digits = 6;
constexpr std::size_t recovery_bytes = 10;
constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string_view view(const crypto::sha1_digest& d) { return {reinterpret_cast<const char*>(d.data()), d.size()}; }

/// RFC 2104 over SHA-1.
crypto::sha1_digest hmac_sha1(std::string_view key, std::string_view bytes) {
  constexpr std::size_t block = 64;
  const auto hashed = crypto::sha1(key);
  std::string padded{key.size() > block ? view(hashed) : key};
  padded.resize(block, '\0');
  std::string inner, outer;
  for (const char c : padded) {
    inner.push_back(static_cast<char>(c ^ 0x36));
    outer.push_back(static_cast<char>(c ^ 0x5c));
  }
  const auto first = crypto::sha1(inner.append(bytes));
  return crypto::sha1(outer.append(view(first)));
}

/// Everything but unreserved characters (RFC 3986).
std::string percent(std::string_view bytes) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      out.push_back(c);
    } else {
      out.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
  }
  return out;
}

std::string in_groups(std::string_view letters) {
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i != 0 && i % 4 == 0) out.push_back('-');
    out.push_back(letters[i]);
  }
  return out;
}

}  // namespace

totp_step step_at(unix_ms now) { return {now.value / step_ms}; }

secret new_totp_secret() { return secret{crypto::random_bytes(20)}; }

std::string hotp(const secret& key, std::uint64_t counter, int digits) {
  ZHUQI_ASSERT(digits >= 6 && digits <= 8);
  std::string message;
  for (int shift = 56; shift >= 0; shift -= 8) message.push_back(static_cast<char>((counter >> shift) & 0xff));
  const auto mac = hmac_sha1(key.reveal(), message);
  const std::size_t at = mac[19] & 15u;  // dynamic truncation, RFC 4226 §5.3
  std::uint32_t number = (mac[at] & 0x7fu) << 24 | std::uint32_t{mac[at + 1]} << 16 | std::uint32_t{mac[at + 2]} << 8 |
                         std::uint32_t{mac[at + 3]};
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::optional<totp_step> accept_totp(const secret& key, std::string_view code, unix_ms now, totp_step last) {
  if (key.empty() || code.size() != code_digits || now.value < 0) return std::nullopt;
  const auto here = step_at(now);
  std::optional<totp_step> fits;
  // All three are always computed: the time tells nothing about which one fits.
  for (auto step = here.value - window; step <= here.value + window; ++step) {
    if (step < 0) continue;
    const bool same = crypto::equal_constant_time(hotp(key, static_cast<std::uint64_t>(step)), code);
    if (same && step > last.value) fits = totp_step{step};
  }
  return fits;
}

std::string base32(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8 | static_cast<unsigned char>(c)) & 0xfffff;
    for (count += 8; count >= 5; count -= 5) out.push_back(base32_alphabet[(bits >> (count - 5)) & 31u]);
  }
  if (count > 0) out.push_back(base32_alphabet[(bits << (5 - count)) & 31u]);
  return out;
}

secret enrolment_uri(const secret& key, std::string_view issuer, std::string_view login_name) {
  const auto from = percent(issuer);
  return secret{"otpauth://totp/" + from + ":" + percent(login_name) + "?secret=" + base32(key.reveal()) +
                "&issuer=" + from + "&algorithm=SHA1&digits=6&period=30"};
}

recovery_sheet new_recovery_sheet() {
  recovery_sheet sheet;
  while (sheet.codes.size() < limits::recovery_codes) {
    const auto letters = base32(crypto::random_bytes(recovery_bytes));
    sheet.codes.emplace_back(in_groups(letters));
    sheet.digests.push_back(crypto::sha256(letters));
  }
  return sheet;
}

std::optional<crypto::sha256_digest> recovery_digest(std::string_view typed) {
  constexpr std::size_t letters_wanted = recovery_bytes * 8 / 5;
  std::string letters;
  if (typed.size() > 4 * letters_wanted) return std::nullopt;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '0') c = 'O';  // the alphabet has neither 0 nor 1 nor 8
    if (c == '1') c = 'I';
    if (c == '8') c = 'B';
    if (base32_alphabet.find(c) == std::string_view::npos) return std::nullopt;
    letters.push_back(c);
  }
  if (letters.size() != letters_wanted) return std::nullopt;
  return crypto::sha256(letters);
}

}  // namespace zhuqi::staff
