#pragma once
// What one official may do to another's account, as pure functions: from who asks and what is to be, to the changes that
// the store writes and the record of them, or to why not. The caller applies both together.

#include "bot/staff/rights.hpp"
#include "bot/staff/totp.hpp"

#include <boost/system/result.hpp>

#include <array>

namespace zhuqi::staff {

enum class act_fault : std::uint8_t {
  forbidden,          ///< no right to it, by scope or role
  own_rights,         ///< nobody changes their own rights, nor shuts themselves out
  conflicting_roles,  ///< 三员 are three people, and only that
  bad_login_name,     ///< 2 to 64 bytes after folding, without blanks and controls
  bad_display_name,   ///< 1 to 60 bytes, without controls
  last_of_its_kind,   ///< without a security administrator who can sign in, nobody could ever give a right again
  bad_place,          ///< an empty name, or one over 200 bytes, or with controls
};
/// For the person who asked; `lang` is "en" or else Chinese.
std::string_view in_words(act_fault fault, std::string_view lang);

struct act {
  std::vector<storage::staff_change> changes;
  storage::staff_audit record;
};

/// What value() does where there is a fault that nobody looked at: a bug of the caller.
[[noreturn]] void throw_exception_from_error(act_fault fault, const boost::source_location& where);

template <class T>
using act_result = boost::system::result<T, act_fault>;

/// Who asks, from where, when: what every act is recorded with.
struct asking {
  const person& who;
  const organisation& where;
  unix_ms now;
  std::string address;
};

struct new_account {
  std::string login_name;    ///< as typed
  std::string display_name;  ///< as typed
  department_id department;
  std::string password;  ///< hashed by the caller, after password_faults(); "" = none yet, nobody can log in
};

/// As login names are compared and stored. act_fault::bad_login_name.
act_result<std::string> login_name_of(std::string_view typed);

/// The system administrator makes accounts, without any right; the security administrator gives rights.
act_result<act> create_account(const asking& a, const new_account& account);
/// Ends the subject's sessions: rights are never changed under an open one.
act_result<act> grant_roles(const asking& a, const storage::staff_member& subject, role_set roles);
act_result<act> disable_account(const asking& a, const storage::staff_member& subject);
act_result<act> enable_account(const asking& a, const storage::staff_member& subject);
act_result<act> move_account(const asking& a, const storage::staff_member& subject, department_id to);
/// A new password (hashed; "" = none) and no second factor any more; ends the sessions.
act_result<act> reset_credentials(const asking& a, const storage::staff_member& subject, std::string hash);
act_result<act> revoke_sessions(const asking& a, const storage::staff_member& subject);
act_result<act> create_region(const asking& a, storage::region row);
act_result<act> create_department(const asking& a, storage::department row);
act_result<act> place_department(const asking& a, department_id which, department_id parent);

// --- one's own, whatever one's roles; the caller has checked the password that was, and rotates the session ---
act own_password(const asking& a, std::string hash);
act own_totp(const asking& a, std::string sealed_key, totp_step first_used, const recovery_sheet& sheet);
act own_totp_removed(const asking& a);

/// The first set-up: a region, a department and the three administrators, in the order system, security, audit. Their
/// `department` is ignored.
act_result<act> first_set_up(const storage::region& city, std::string_view department_name,
                             const std::array<new_account, 3>& admins, unix_ms now, std::string address);

/// "agent,dispatcher", "-" for none.
std::string list_of(role_set roles);

}  // namespace zhuqi::staff
