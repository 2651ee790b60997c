#pragma once
// The storage port of people: regions, departments, staff, their sessions, and the record of every change to them. Rows
// are plain; passwords and keys arrive hashed or sealed. What a role may do is bot/staff's business; what the port
// knows of rights is how to restrict rows to a scope.

#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"
#include "storage/staff_ids.hpp"
#include "storage/store.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zhuqi::storage {

struct region {
  region_id id;
  region_id parent;  ///< 0 = the top
  std::string code;  ///< GB/T 2260, e.g. 510104; unique
  std::string name;
  bool operator==(const region&) const = default;
};

struct department {
  department_id id;
  department_id parent;  ///< 0 = the top
  region_id region;
  std::string name;
  bool operator==(const department&) const = default;
};

struct staff_member {
  staff_id id;
  std::string login_name;  ///< folded; unique
  std::string display_name;
  department_id department;
  role_set roles;
  unix_ms disabled;            ///< 0 = active
  std::string password;        ///< argon2id string, "" = none yet
  std::string totp;            ///< sealed key, "" = not enrolled
  std::int64_t totp_step = 0;  ///< the last one used
  unix_ms created;
  bool operator==(const staff_member&) const = default;
};

using digest256 = std::array<std::uint8_t, 32>;

struct staff_session {
  digest256 digest{};  ///< SHA-256 of the token
  staff_id staff;
  unix_ms opened;  ///< at login; a rotation keeps it
  unix_ms seen;
  std::string address;
  std::string browser;  ///< User-Agent, cut; for the person's own list
  bool operator==(const staff_session&) const = default;
};

/// Who did what to whom, when. Never a secret, a hash of one, or a token.
struct staff_audit {
  std::int64_t id = 0;  ///< by the store
  unix_ms at;
  staff_id actor;       ///< 0 = the installation itself, or nobody known (a failed login)
  std::string act;      ///< "staff.roles", "session.open", …: bot/staff/acts.hpp
  std::string subject;  ///< "staff:7", "department:3", or a login name that was tried
  std::string detail;   ///< in words or ids, e.g. "agent,dispatcher -> supervisor"
  std::string address;  ///< of the peer; "" for commands
  bool operator==(const staff_audit&) const = default;
};

/// Which records: all where nothing is set.
struct audit_question {
  std::int64_t after = 0;   ///< oldest first, from behind this one
  std::int64_t before = 0;  ///< where set: newest first instead, from before this one
  staff_id actor{};
  std::string act{};
  std::string subject{};
};

// --- changes: each holds or fails as a whole with the others of its apply() ---

/// The id of the region, department or person that the same apply() added last.
template <class Id>
inline constexpr Id just_added{-1};

struct add_region {
  region row;
};  ///< errc::conflict: the code is taken
struct add_department {
  department row;
};  ///< errc::not_found: no such parent or region
/// Under another parent (0 = to the top). errc::conflict where it would stand below itself or too deep.
struct move_department {
  department_id id;
  department_id parent;
};
struct add_staff {
  staff_member row;
};                         ///< errc::conflict: the login name is taken
struct require_nobody {};  ///< errc::conflict where there is any staff: guards the first set-up
/// errc::unsupported where nobody who can sign in would hold the role after the changes before this one.
struct require_holder {
  staff_role role;
};
struct set_password {
  staff_id id;
  std::string hash;
};
/// Compare-and-set: errc::conflict where the roles are not `expected` any more.
struct set_roles {
  staff_id id;
  role_set expected;
  role_set roles;
};
struct set_department {
  staff_id id;
  department_id department;
};
struct set_disabled {
  staff_id id;
  unix_ms since;
};  ///< since 0 = active again
/// Replaces the recovery codes as well. `key` "" takes the second factor away.
struct set_totp {
  staff_id id;
  std::string key;
  std::int64_t step = 0;
  std::vector<digest256> recovery;
};
struct use_totp_step {
  staff_id id;
  std::int64_t step = 0;
};  ///< errc::conflict unless later than the last one used
struct use_recovery_code {
  staff_id id;
  digest256 digest{};
};  ///< errc::conflict where unknown or used
/// The oldest of the person's sessions end where they are more than limits::sessions_per_person.
struct open_session {
  staff_session row;
};
struct touch_session {
  digest256 digest{};
  unix_ms seen;
};  ///< gone already: nothing happens
struct rotate_session {
  digest256 from{};
  digest256 to{};
};  ///< errc::not_found
struct close_session {
  staff_id id;
  digest256 digest{};
};  ///< only that person's own; gone already: nothing happens
struct close_sessions {
  staff_id id;
  std::optional<digest256> except;
};
struct drop_dead_sessions {
  unix_ms seen_before;
  unix_ms opened_before;
};

using staff_change =
    std::variant<add_region, add_department, move_department, add_staff, require_nobody, require_holder, set_password,
                 set_roles, set_department, set_disabled, set_totp, use_totp_step, use_recovery_code, open_session,
                 touch_session, rotate_session, close_session, close_sessions, drop_dead_sessions>;

/// Whether there is any staff.
enum class installation : std::uint8_t { not_set_up, in_use };

class staff_store {
 public:
  virtual ~staff_store() = default;

  /// Writes all changes and the records of them in one transaction, or nothing. Gives the id that was added last, else 0.
  /// errc::conflict, not_found and unsupported as above; unavailable where the disk refuses. errc::malformed for what a constraint
  /// forbids: two of the three administrators in one person, or an administrator who handles cases as well.
  virtual void apply(std::vector<staff_change> changes, std::vector<staff_audit> records,
                     std::function<void(result<std::int64_t>)> done) = 0;

  // Reads see what is committed. Blocking (microseconds from a warm cache); callable from the loop thread.
  virtual result<installation> state() = 0;
  virtual result<staff_member> find_staff(std::string_view login_name) = 0;  ///< errc::not_found
  virtual result<staff_member> load_staff(staff_id id) = 0;                  ///< errc::not_found
  /// People whose department (or who themselves) lie in the scope, by id, after `after`.
  virtual result<std::vector<staff_member>> list_staff(const row_scope& scope, staff_id after, std::size_t limit) = 0;
  virtual result<std::vector<region>> regions() = 0;          ///< by id
  virtual result<std::vector<department>> departments() = 0;  ///< by id
  virtual result<std::size_t> recovery_codes_left(staff_id id) = 0;
  virtual result<staff_session> load_session(const digest256& digest) = 0;    ///< errc::not_found
  virtual result<std::vector<staff_session>> list_sessions(staff_id id) = 0;  ///< newest login first
  virtual result<std::vector<staff_audit>> list_audit(const audit_question& which, std::size_t limit) = 0;
};

}  // namespace zhuqi::storage
