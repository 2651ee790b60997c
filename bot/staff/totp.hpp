#pragma once
// Time-based one-time passwords (RFC 6238 with HMAC-SHA-1, 30 s, 6 digits: what every authenticator app knows), and the
// recovery codes for a lost phone. Pure: the caller brings the time and keeps what was used.

#include "bot/base/crypto.hpp"
#include "bot/base/ids.hpp"
#include "bot/base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::staff {

/// Number of a 30-second step since 1970.
using totp_step = strong_int<struct totp_step_tag>;

totp_step step_at(unix_ms now);

/// 160 random bits, as RFC 4226 §4 recommends.
secret new_totp_secret();

/// RFC 4226: `digits` decimal digits (6 to 8) for a counter.
std::string hotp(const secret& key, std::uint64_t counter, int digits = 6);

/// The step that `code` belongs to, if it is one of the three around `now` and later than `last`: a code works once,
/// and nothing older than it works afterwards. Store the step with a compare-and-set before letting anybody in.
std::optional<totp_step> accept_totp(const secret& key, std::string_view code, unix_ms now, totp_step last);

/// otpauth://totp/… for the QR code (Google Authenticator's key URI format). Holds the secret: never log it.
secret enrolment_uri(const secret& key, std::string_view issuer, std::string_view login_name);

/// Upper case, without padding (RFC 4648).
std::string base32(std::string_view bytes);

struct recovery_sheet {
  std::vector<secret> codes;                   ///< to show once: XXXX-XXXX-XXXX-XXXX, 80 random bits each
  std::vector<crypto::sha256_digest> digests;  ///< to store; 80 bits need no slow hash
};
recovery_sheet new_recovery_sheet();

/// Of a code as people type it: any case, with or without hyphens and blanks, O for 0 and the like undone. nullopt where it
/// cannot be one.
std::optional<crypto::sha256_digest> recovery_digest(std::string_view typed);

}  // namespace zhuqi::staff
