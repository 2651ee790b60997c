#pragma once
// Who may do what to which rows. One table (rights.cpp) says how far each role reaches with each permission; whatever it
// does not say is denied. Pure.

#include "bot/staff/organisation.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace zhuqi::staff {

using storage::role_set;
using storage::row_scope;
using storage::staff_role;

/// Closed: a route names one of these or it does not exist. Values are not stored.
enum class permission : std::uint8_t {
  // conversations
  thread_view,
  thread_note,
  thread_take,
  thread_speak,
  thread_transfer,
  thread_close,
  thread_force_take,
  thread_whisper,
  thread_call_back,
  // cases
  case_view,
  case_create,
  case_accept,
  case_dispatch,
  case_rule_return,
  case_sign,
  case_return,
  case_assign,
  case_ask_extension,
  case_handle,
  case_approve_reply,
  case_approve_extension,
  case_refuse,
  case_urge,
  case_supervise,
  case_escalate,
  case_force_transfer,
  case_call_back,
  case_redo,
  document_review,
  // enterprises
  enterprise_view,
  visit_record,
  personal_data_view,
  // figures
  ledger_view,
  ledger_export,
  report_view,
  // content
  script_view,
  script_edit,
  script_publish,
  script_roll_back,
  canned_reply_edit,
  // the three administrators
  staff_view,
  account_create,
  account_disable,
  organisation_edit,
  channel_edit,
  backup_run,
  role_grant,
  credential_reset,
  session_revoke,
  audit_view,
  audit_export,
};
inline constexpr int permission_count = static_cast<int>(permission::audit_export) + 1;

/// Stable names for the API, the record and the page: "thread.take", "坐席".
std::string_view name_of(permission p);
std::string_view name_of(staff_role r);   ///< "agent"
std::string_view title_of(staff_role r);  ///< "坐席"
std::optional<staff_role> role_named(std::string_view name);

/// How far a role reaches. Ordered: each includes those before it, as far as the row names a person or place.
enum class reach : std::uint8_t {
  none,
  own,         ///< rows that are mine
  department,  ///< and those of my department and below
  region,      ///< and those of my region and below
  all,
};
reach reach_of(staff_role r, permission p);

/// The one who asks, as loaded for this request.
struct person {
  staff_id id;
  department_id department;
  region_id region;  ///< of the department
  role_set roles;
  bool active = false;
};
person person_of(const storage::staff_member& row, const organisation& where);

/// What the act is about. 0 = the row names none.
struct target {
  staff_id owner;  ///< who has it: the handler, the official who took the thread
  department_id department;
  region_id region;
  staff_id made_by;  ///< whose work the act judges: the author of the reply, of the script, the uploader
};

/// Permissions that judge another's work: nobody may judge their own, whatever their roles.
bool needs_four_eyes(permission p);

/// Deny by default: an inactive person, a role that the table does not name, a row that names no place.
bool may(const person& who, permission p, const target& what, const organisation& where);

/// For lists: the rows that may() would allow, for storage to restrict a query by.
row_scope scope_of(const person& who, permission p);
/// Whether a row lies in a scope; the C++ twin of the SQL predicate.
bool covers(const row_scope& scope, const target& what, const organisation& where);

enum class role_conflict : std::uint8_t {
  two_administrators,  ///< 三员: system, security and audit are three people
  administrator_with_other_work,
};
/// nullopt = one person may hold them together.
std::optional<role_conflict> conflict_in(role_set roles);

}  // namespace zhuqi::staff
