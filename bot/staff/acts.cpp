#include "bot/staff/acts.hpp"

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace zhuqi::staff {
namespace {

using storage::staff_audit;
using storage::staff_member;

constexpr std::size_t display_name_bytes = 60;
constexpr std::size_t place_name_bytes = 200;

std::string subject_of(staff_id id) { return "staff:" + std::to_string(id.value); }
std::string subject_of(department_id id) { return "department:" + std::to_string(id.value); }

staff_audit record_of(const asking& a, std::string what, std::string subject, std::string detail = {}) {
  return {0, a.now, a.who.id, std::move(what), std::move(subject), std::move(detail), a.address};
}

bool blank_or_control(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }
bool control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool good_label(std::string_view s, std::size_t most) {
  return !text::trim(s).empty() && s.size() <= most && text::is_utf8(s) && std::ranges::none_of(s, control);
}

/// Accounts are rows of their department; the person themselves own theirs.
bool allowed(const asking& a, permission p, const staff_member& subject) {
  return may(a.who, p, {subject.id, subject.department, a.where.region_of(subject.department), {}}, a.where);
}
bool allowed(const asking& a, permission p) { return may(a.who, p, {}, a.where); }

std::optional<act_fault> why_not(const asking& a, permission p, const staff_member& subject) {
  if (!allowed(a, p, subject)) return act_fault::forbidden;
  if (subject.id == a.who.id) return act_fault::own_rights;
  return std::nullopt;
}

/// In the transaction of the change: two administrators who shut each other out at once leave one.
void keep_a_security_admin(act& change, const staff_member& subject) {
  if (subject.roles.has(staff_role::security_admin)) {
    change.changes.emplace_back(storage::require_holder{staff_role::security_admin});
  }
}

act_result<storage::add_staff> row_of(const new_account& account, role_set roles, unix_ms now) {
  const auto name = login_name_of(account.login_name);
  if (!name) return name.error();
  if (!good_label(account.display_name, display_name_bytes)) return act_fault::bad_display_name;
  staff_member row;
  row.login_name = *name;
  row.display_name = text::trim(account.display_name);
  row.department = account.department;
  row.roles = roles;
  row.password = account.password;
  row.created = now;
  return storage::add_staff{std::move(row)};
}

}  // namespace

void throw_exception_from_error(act_fault fault, const boost::source_location&) {
  throw std::logic_error{std::string{in_words(fault, "en")}};
}

std::string_view in_words(act_fault fault, std::string_view lang) {
  const bool english = lang == "en";
  switch (fault) {
    case act_fault::forbidden: return english ? "You have no right to do this." : "您没有这项权限。";
    case act_fault::own_rights:
      return english ? "Nobody can change their own rights or account here; ask another administrator."
                     : "不能更改自己的权限或账号，请由另一位管理员办理。";
    case act_fault::conflicting_roles:
      return english ? "System, security and audit administrators are three people, and have no other role."
                     : "系统、安全、审计管理员必须由三人分别担任，且不得兼任其他角色。";
    case act_fault::last_of_its_kind:
      return english ? "This is the last security administrator who can sign in; appoint another one first."
                     : "这是最后一位可以登录的安全管理员，请先任命另一位安全管理员。";
    case act_fault::bad_login_name:
      return english ? "Choose a login name of 2 to 64 bytes without blanks." : "登录名为 2–64 个字节，不能有空格。";
    case act_fault::bad_display_name:
      return english ? "Enter a name of at most 20 characters." : "请填写姓名，最多 20 个字。";
    case act_fault::bad_place: return english ? "Enter a name of at most 60 characters." : "请填写名称，最多 60 个字。";
  }
  return {};
}

std::string list_of(role_set roles) {
  std::string out;
  for (int i = 0; i < storage::staff_role_count; ++i) {
    const auto r = static_cast<staff_role>(i);
    if (roles.has(r)) out.append(out.empty() ? "" : ",").append(name_of(r));
  }
  return out.empty() ? "-" : out;
}

act_result<std::string> login_name_of(std::string_view typed) {
  if (typed.size() > 4 * limits::login_name_bytes) return act_fault::bad_login_name;
  auto name = text::fold(typed);
  if (name.size() < 2 || name.size() > limits::login_name_bytes || std::ranges::any_of(name, blank_or_control)) {
    return act_fault::bad_login_name;
  }
  return name;
}

act_result<act> create_account(const asking& a, const new_account& account) {
  if (!allowed(a, permission::account_create)) return act_fault::forbidden;
  auto row = row_of(account, {}, a.now);
  if (!row) return row.error();
  auto record = record_of(a, "staff.create", "login:" + row->row.login_name, subject_of(account.department));
  return act{{std::move(*row)}, std::move(record)};
}

act_result<act> grant_roles(const asking& a, const staff_member& subject, role_set roles) {
  if (const auto fault = why_not(a, permission::role_grant, subject)) return *fault;
  if (conflict_in(roles)) return act_fault::conflicting_roles;
  act out{{storage::set_roles{subject.id, subject.roles, roles}, storage::close_sessions{subject.id, std::nullopt}},
          record_of(a, "staff.roles", subject_of(subject.id), list_of(subject.roles) + " -> " + list_of(roles))};
  if (!roles.has(staff_role::security_admin)) keep_a_security_admin(out, subject);
  return out;
}

act_result<act> disable_account(const asking& a, const staff_member& subject) {
  if (const auto fault = why_not(a, permission::account_disable, subject)) return *fault;
  act out{{storage::set_disabled{subject.id, a.now}, storage::close_sessions{subject.id, std::nullopt}},
          record_of(a, "staff.disable", subject_of(subject.id))};
  keep_a_security_admin(out, subject);
  return out;
}

act_result<act> enable_account(const asking& a, const staff_member& subject) {
  if (const auto fault = why_not(a, permission::account_disable, subject)) return *fault;
  return act{{storage::set_disabled{subject.id, {}}}, record_of(a, "staff.enable", subject_of(subject.id))};
}

act_result<act> move_account(const asking& a, const staff_member& subject, department_id to) {
  // The department decides how far roles reach, so this is a change of rights.
  if (const auto fault = why_not(a, permission::role_grant, subject)) return *fault;
  return act{{storage::set_department{subject.id, to}, storage::close_sessions{subject.id, std::nullopt}},
             record_of(a, "staff.department", subject_of(subject.id),
                       subject_of(subject.department) + " -> " + subject_of(to))};
}

act_result<act> reset_credentials(const asking& a, const staff_member& subject, std::string hash) {
  if (const auto fault = why_not(a, permission::credential_reset, subject)) return *fault;
  return act{{storage::set_password{subject.id, std::move(hash)}, storage::set_totp{subject.id, {}, 0, {}},
              storage::close_sessions{subject.id, std::nullopt}},
             record_of(a, "staff.credentials", subject_of(subject.id), "password and second factor reset")};
}

act_result<act> revoke_sessions(const asking& a, const staff_member& subject) {
  if (!allowed(a, permission::session_revoke, subject)) return act_fault::forbidden;
  return act{{storage::close_sessions{subject.id, std::nullopt}},
             record_of(a, "session.revoke", subject_of(subject.id))};
}

act_result<act> create_region(const asking& a, storage::region row) {
  if (!allowed(a, permission::organisation_edit)) return act_fault::forbidden;
  if (!good_label(row.code, place_name_bytes) || !good_label(row.name, place_name_bytes)) return act_fault::bad_place;
  auto record = record_of(a, "region.create", "region:" + row.code, row.name);
  return act{{storage::add_region{std::move(row)}}, std::move(record)};
}

act_result<act> create_department(const asking& a, storage::department row) {
  if (!allowed(a, permission::organisation_edit)) return act_fault::forbidden;
  if (!good_label(row.name, place_name_bytes)) return act_fault::bad_place;
  auto record = record_of(a, "department.create", row.name, "below " + subject_of(row.parent));
  return act{{storage::add_department{std::move(row)}}, std::move(record)};
}

act_result<act> place_department(const asking& a, department_id which, department_id parent) {
  if (!allowed(a, permission::organisation_edit)) return act_fault::forbidden;
  return act{{storage::move_department{which, parent}},
             record_of(a, "department.move", subject_of(which), "below " + subject_of(parent))};
}

act own_password(const asking& a, std::string hash) {
  return {{storage::set_password{a.who.id, std::move(hash)}}, record_of(a, "own.password", subject_of(a.who.id))};
}

act own_totp(const asking& a, std::string sealed_key, totp_step first_used, const recovery_sheet& sheet) {
  return {{storage::set_totp{a.who.id, std::move(sealed_key), first_used.value, sheet.digests}},
          record_of(a, "own.totp", subject_of(a.who.id), "enrolled")};
}

act own_totp_removed(const asking& a) {
  return {{storage::set_totp{a.who.id, {}, 0, {}}}, record_of(a, "own.totp", subject_of(a.who.id), "removed")};
}

act_result<act> first_set_up(const storage::region& city, std::string_view department_name,
                             const std::array<new_account, 3>& admins, unix_ms now, std::string address) {
  if (!good_label(city.code, place_name_bytes) || !good_label(city.name, place_name_bytes) ||
      !good_label(department_name, place_name_bytes)) {
    return act_fault::bad_place;
  }
  act out;
  storage::department office;
  office.region = storage::just_added<region_id>;
  office.name = department_name;
  out.changes = {storage::require_nobody{}, storage::add_region{city}, storage::add_department{office}};
  constexpr std::array roles{staff_role::system_admin, staff_role::security_admin, staff_role::audit_admin};
  for (std::size_t i = 0; i < roles.size(); ++i) {
    auto row = row_of(admins[i], {roles[i]}, now);
    if (!row) return row.error();
    row->row.department = storage::just_added<department_id>;
    out.record.detail.append(i == 0 ? "" : ",").append(name_of(roles[i])).append("=").append(row->row.login_name);
    out.changes.push_back(std::move(*row));
  }
  out.record.at = now;
  out.record.act = "set_up";
  out.record.subject = "region:" + city.code;
  out.record.address = std::move(address);
  return out;
}

}  // namespace zhuqi::staff
