#pragma once
// Passwords of staff: what one must look like, and how it is kept (argon2id). Hashing takes tens of milliseconds and
// megabytes on purpose: it belongs on the worker pool, never on the loop. Knows no store and no person.

#include "bot/base/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::staff {

/// What one hash costs. Each hash in flight holds `memory_bytes`, so two pool threads hold twice that.
struct password_cost {
  std::uint64_t passes = 3;
  std::size_t memory_bytes = 32 * 1024 * 1024;
};

/// 32 MiB and 3 passes: above OWASP's floor for argon2id (19 MiB, 2 passes), some 60 ms on a small server, and two at a
/// time stay within a quarter of the server's memory budget.
inline constexpr password_cost shipped_cost{};

class password_hasher {
 public:
  /// Makes the decoy (one hash). Blocking.
  explicit password_hasher(password_cost cost = shipped_cost);

  /// The string to store: parameters, salt and hash. Blocking. Throws std::bad_alloc where memory is short.
  std::string hash(const secret& password) const;
  /// Blocking. An empty `stored` (nobody of that name, or no password yet) costs what a wrong password costs.
  bool verify(const std::string& stored, const secret& password) const;
  /// `stored` was made at another cost (or is none of ours): hash again while the password is at hand.
  bool outdated(const std::string& stored) const;

 private:
  const password_cost cost_;
  const std::string decoy_;
};

enum class password_fault : std::uint8_t {
  too_short,      ///< under limits::password_chars_min code points
  too_long,       ///< over limits::password_bytes_max
  unreadable,     ///< not UTF-8, or with control characters
  contains_name,  ///< the login name or the person's name is in it
  predictable,    ///< common words, years, runs and repetitions, with too little else
};

/// Everything that is wrong with it, in the order above; empty = it will do. There is no rule on kinds of characters and
/// no forced change: both make people choose worse ones (NIST SP 800-63B §5.1.1.2).
std::vector<password_fault> password_faults(const secret& password, std::string_view login_name,
                                            std::string_view display_name);

/// The rule in words for the person who broke it. `lang` is "en" or else Chinese.
std::string_view in_words(password_fault fault, std::string_view lang);

}  // namespace zhuqi::staff
