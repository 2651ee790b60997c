#pragma once
// Slows guessing down: waiting times that grow with the failures of an account, of an address, and of everybody
// together. Counts an attempt as failed when it begins, so that a thousand at once are a thousand, and forgives it on
// success. Knows names and addresses only, not whether anybody has that name: so an unknown name looks like a known
// one. One thread only.

#include "bot/base/ids.hpp"
#include "bot/base/limits.hpp"

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zhuqi::staff {

/// Milliseconds to wait after the last of `failures` failures in a row: `free` cost nothing, then 1 s, doubling, up to
/// `longest_ms`. Never for ever: somebody who wants to keep an official out must not get more than that.
std::int64_t wait_after(std::uint32_t failures, std::uint32_t free, std::int64_t longest_ms);

class lockout {
 public:
  explicit lockout(std::size_t entries = limits::lockout_entries) : most_{entries} {}

  struct answer {
    bool admitted = false;
    std::int64_t retry_after_ms = 0;  ///< where not admitted
  };
  /// Asks before the password is looked at. Admitted: the attempt counts as a failure until succeeded() says otherwise.
  /// Refused: it counts for nothing, so hammering on a locked door does not keep it locked.
  /// `login_name` is folded by the caller; `address` is the peer's, IPv4 or IPv6 (which counts by its /64).
  answer admit(std::string_view login_name, std::string_view address, unix_ms now);
  /// The attempt that admit() let through was right, second factor included: clears the account, takes this attempt off the
  /// address, and remembers that this person logs in from there: others' failures on the account do not stop them there.
  void succeeded(std::string_view login_name, std::string_view address, unix_ms now);
  /// The attempt was neither (the store was unavailable): takes it back.
  void withdrawn(std::string_view login_name, std::string_view address);

  std::size_t size() const { return entries_.size(); }

 private:
  struct entry {
    std::string key;
    std::uint32_t failures = 0;
    unix_ms last;
    bool proven = false;  ///< a login succeeded under this key (account at an address)
  };
  using place = std::list<entry>::iterator;

  /// Of everybody who did not log in from where they are before; those who did are let through whatever strangers try.
  std::int64_t strangers_wait(unix_ms now);

  entry& at(std::string key, unix_ms now);
  entry* find(const std::string& key);
  void take_back(const std::string& key);

  const std::size_t most_;
  std::list<entry> order_;  ///< the one used last is first
  std::unordered_map<std::string, place> entries_;
  unix_ms strangers_paid_until_;  ///< each failure of a stranger costs some seconds of the future
};

}  // namespace zhuqi::staff
