#pragma once
// The way in: name, password, second factor → a session; and a cookie's token → who that is, on every request. Everything
// that is slow runs on the caller's worker pool; everything that must be seen once (a code, a session) is a
// compare-and-set in the store. Lives on the loop thread and outlives its callbacks' work: the caller drains before
// destroying it.

#include "bot/base/clock.hpp"
#include "bot/staff/lockout.hpp"
#include "bot/staff/password.hpp"
#include "bot/staff/rights.hpp"
#include "bot/staff/sealed.hpp"
#include "bot/staff/session.hpp"
#include "bot/staff/totp.hpp"

#include <exception>
#include <functional>
#include <memory>

namespace zhuqi::staff {

/// worker_pool::submit: runs the first off the loop, then the second on it; false = too much waits, nothing was called.
using offload_fn = std::function<bool(std::function<void()>, std::function<void(std::exception_ptr)>)>;
/// Hears of every record after it is durable; for a chain of records or a log. Never holds a secret.
using audited_fn = std::function<void(const storage::staff_audit&)>;

struct peer {
  std::string address;  ///< of the browser; behind a proxy only as the trusted proxy tells it
  std::string browser;  ///< User-Agent
};

struct credentials {
  std::string login_name;
  secret password;
  std::string code;  ///< of the authenticator app, or a recovery code; "" = none yet
};

enum class login_refusal : std::uint8_t {
  wrong,        ///< name, password or code: never said which, nor whether anybody has that name
  code_needed,  ///< the password was right; the second factor is missing
  wait,         ///< too many failures; retry_after_ms
  busy,         ///< the server cannot check now
};

struct login_answer {
  std::optional<login_refusal> refused;
  std::int64_t retry_after_ms = 0;
  secret token;  ///< of the new session, for the cookie
  staff_id who;
  bool second_factor_missing = false;  ///< this person has none yet: lead them to enrol
};

/// Who a token belongs to, checked afresh on every request, so that disabling and revoking work at once.
struct signed_in {
  storage::staff_member row;
  storage::staff_session session;
  staff::person person;
  std::string csrf;
};

class login_desk {
 public:
  struct parts {
    storage::staff_store& store;
    const zhuqi::clock& clock;
    const password_hasher& hasher;
    offload_fn offload;
    audited_fn audited;
    secret server_key;
    session_limits limits{};
  };
  explicit login_desk(parts p);

  /// `previous` is the token that the browser came with: that session ends (no fixation, no pile of them).
  void sign_in(credentials c, peer from, std::optional<secret> previous, std::function<void(login_answer)> done);

  /// errc::not_found where the token is unknown, expired, or its owner disabled. Writes "last seen" once a minute.
  result<signed_in> who(std::string_view token, const organisation& where);
  bool csrf_fits(const signed_in& s, std::string_view token) const;

  void sign_out(const signed_in& s, std::function<void(result<void>)> done);
  /// Another session of the same person, by its digest.
  void end_session(const signed_in& s, const session_digest& which, std::function<void(result<void>)> done);
  /// A fresh token for the same session and the end of the person's others: after a change of their own rights or secrets.
  void rotate(const signed_in& s, std::vector<storage::staff_change> with, storage::staff_audit record,
              std::function<void(result<secret>)> done);

  /// The sealed key as the store keeps it, and back.
  std::string seal_totp(const secret& key, staff_id whose) const;
  result<secret> open_totp(const storage::staff_member& row) const;

 private:
  struct attempt;
  void checked(std::shared_ptr<attempt> a, std::exception_ptr failed);
  void admit(std::shared_ptr<attempt> a);
  void refuse(std::shared_ptr<attempt> a, login_refusal why);
  void record(std::vector<storage::staff_change> changes, storage::staff_audit entry,
              std::function<void(result<std::int64_t>)> done);

  parts parts_;
  sealer totp_box_;
  secret csrf_key_;
  lockout lockout_;
};

}  // namespace zhuqi::staff
