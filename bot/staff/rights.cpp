// The table of rights. Read a row as: with this permission, who reaches how far. Roles after casework practice: an agent
// serves a whole region, a handler their own cases, a department's liaison the department, a supervisor the region; the
// three administrators keep the house and see no case.

#include "bot/staff/rights.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::staff {
namespace {

using enum staff_role;
using enum permission;

struct cell {
  staff_role role;
  reach how_far;
};

struct right {
  permission what;
  std::string_view name;
  std::array<cell, 8> who;  ///< the unused rest reaches nowhere
};

constexpr auto own = reach::own, department = reach::department, region = reach::region, all = reach::all;

// clang-format off: a table reads by its columns
constexpr std::array<right, permission_count> rights{{
    {thread_view,
     "thread.view",
     {{{agent, region},
       {dispatcher, region},
       {unit_liaison, department},
       {handler, department},
       {approver, department},
       {supervisor, region},
       {caller, region},
       {enterprise_liaison, own}}}},
    {thread_note,
     "thread.note",
     {{{agent, region},
       {dispatcher, region},
       {unit_liaison, department},
       {handler, department},
       {approver, department},
       {supervisor, region},
       {enterprise_liaison, own}}}},
    {thread_take,
     "thread.take",
     {{{agent, region}, {handler, department}, {supervisor, region}, {enterprise_liaison, own}}}},
    {thread_speak, "thread.speak", {{{agent, own}, {handler, own}, {supervisor, own}, {enterprise_liaison, own}}}},
    {thread_transfer,
     "thread.transfer",
     {{{agent, region}, {handler, own}, {supervisor, region}, {enterprise_liaison, own}}}},
    {thread_close, "thread.close", {{{agent, own}, {handler, own}, {supervisor, own}, {enterprise_liaison, own}}}},
    {thread_force_take, "thread.force_take", {{{supervisor, region}}}},
    {thread_whisper, "thread.whisper", {{{supervisor, region}}}},
    {thread_call_back, "thread.call_back", {{{caller, region}}}},
    {case_view,
     "case.view",
     {{{agent, region},
       {dispatcher, region},
       {unit_liaison, department},
       {handler, department},
       {approver, department},
       {supervisor, region},
       {caller, region},
       {enterprise_liaison, own}}}},
    {case_create, "case.create", {{{agent, region}, {dispatcher, region}, {enterprise_liaison, own}}}},
    {case_accept, "case.accept", {{{dispatcher, region}}}},
    {case_dispatch, "case.dispatch", {{{dispatcher, region}}}},
    {case_rule_return, "case.rule_return", {{{dispatcher, region}}}},
    {case_sign, "case.sign", {{{unit_liaison, department}}}},
    {case_return, "case.return", {{{unit_liaison, department}}}},
    {case_assign, "case.assign", {{{unit_liaison, department}}}},
    {case_ask_extension, "case.ask_extension", {{{unit_liaison, department}, {handler, own}}}},
    {case_handle, "case.handle", {{{handler, own}}}},
    {case_approve_reply, "case.approve_reply", {{{approver, department}}}},
    {case_approve_extension, "case.approve_extension", {{{approver, department}}}},
    {case_refuse, "case.refuse", {{{approver, department}}}},
    {case_urge, "case.urge", {{{supervisor, region}}}},
    {case_supervise, "case.supervise", {{{supervisor, region}}}},
    {case_escalate, "case.escalate", {{{supervisor, region}}}},
    {case_force_transfer, "case.force_transfer", {{{supervisor, region}}}},
    {case_call_back, "case.call_back", {{{caller, region}}}},
    {case_redo, "case.redo", {{{caller, region}}}},
    {document_review, "document.review", {{{dispatcher, region}, {handler, own}}}},
    {enterprise_view,
     "enterprise.view",
     {{{agent, region},
       {dispatcher, region},
       {unit_liaison, department},
       {handler, department},
       {approver, department},
       {supervisor, region},
       {caller, region},
       {enterprise_liaison, own}}}},
    {visit_record, "visit.record", {{{enterprise_liaison, own}}}},
    {personal_data_view,
     "personal_data.view",
     {{{agent, own},
       {dispatcher, region},
       {handler, own},
       {approver, department},
       {supervisor, region},
       {enterprise_liaison, own}}}},
    {ledger_view,
     "ledger.view",
     {{{dispatcher, region}, {unit_liaison, department}, {approver, department}, {supervisor, region}}}},
    {ledger_export, "ledger.export", {{{unit_liaison, department}, {supervisor, region}}}},
    {report_view,
     "report.view",
     {{{unit_liaison, department}, {approver, department}, {supervisor, region}, {leader, region}}}},
    {script_view, "script.view", {{{editor, all}, {publisher, all}}}},
    {script_edit, "script.edit", {{{editor, all}}}},
    {script_publish, "script.publish", {{{publisher, all}}}},
    {script_roll_back, "script.roll_back", {{{publisher, all}}}},
    {canned_reply_edit, "canned_reply.edit", {{{agent, department}, {unit_liaison, department}, {editor, all}}}},
    {staff_view, "staff.view", {{{system_admin, all}, {security_admin, all}, {audit_admin, all}}}},
    {account_create, "account.create", {{{system_admin, all}}}},
    {account_disable, "account.disable", {{{system_admin, all}, {security_admin, all}}}},
    {organisation_edit, "organisation.edit", {{{system_admin, all}}}},
    {channel_edit, "channel.edit", {{{system_admin, all}}}},
    {backup_run, "backup.run", {{{system_admin, all}}}},
    {role_grant, "role.grant", {{{security_admin, all}}}},
    {credential_reset, "credential.reset", {{{security_admin, all}}}},
    {session_revoke, "session.revoke", {{{security_admin, all}}}},
    {audit_view, "audit.view", {{{audit_admin, all}}}},
    {audit_export, "audit.export", {{{audit_admin, all}}}},
}};
// clang-format on

struct role_text {
  staff_role role;
  std::string_view name, title;
};
constexpr std::array<role_text, storage::staff_role_count> roles{{
    {agent, "agent", "坐席"},
    {dispatcher, "dispatcher", "派单员"},
    {unit_liaison, "unit_liaison", "承办单位联络员"},
    {handler, "handler", "承办人"},
    {approver, "approver", "审核领导"},
    {supervisor, "supervisor", "督办员"},
    {caller, "caller", "回访员"},
    {enterprise_liaison, "enterprise_liaison", "企业服务专员"},
    {editor, "editor", "脚本知识编辑"},
    {publisher, "publisher", "发布审核"},
    {leader, "leader", "领导看板"},
    {system_admin, "system_admin", "系统管理员"},
    {security_admin, "security_admin", "安全管理员"},
    {audit_admin, "audit_admin", "审计管理员"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rights.size(); ++i) {
    if (static_cast<std::size_t>(rights[i].what) != i) return false;
  }
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (static_cast<std::size_t>(roles[i].role) != i) return false;
  }
  return true;
}
static_assert(in_order(), "each permission and each role has its row, in the order of the enum");

constexpr role_set administrators{system_admin, security_admin, audit_admin};

const right& row_of(permission p) { return rights[static_cast<std::size_t>(p)]; }

}  // namespace

std::string_view name_of(permission p) { return row_of(p).name; }
std::string_view name_of(staff_role r) { return roles[static_cast<std::size_t>(r)].name; }
std::string_view title_of(staff_role r) { return roles[static_cast<std::size_t>(r)].title; }

std::optional<staff_role> role_named(std::string_view name) {
  for (const auto& r : roles) {
    if (r.name == name) return r.role;
  }
  return std::nullopt;
}

reach reach_of(staff_role r, permission p) {
  for (const auto& c : row_of(p).who) {
    if (c.how_far != reach::none && c.role == r) return c.how_far;
  }
  return reach::none;
}

person person_of(const storage::staff_member& row, const organisation& where) {
  return {row.id, row.department, where.region_of(row.department), row.roles, row.disabled.value == 0};
}

bool needs_four_eyes(permission p) {
  switch (p) {
    case case_approve_reply:
    case case_approve_extension:
    case case_call_back:
    case thread_call_back:
    case case_rule_return:
    case document_review:
    case script_publish: return true;
    default: return false;
  }
}

row_scope scope_of(const person& who, permission p) {
  row_scope scope;
  if (!who.active || !who.id || conflict_in(who.roles)) return scope;
  auto furthest = reach::none;
  for (const auto& r : roles) {
    if (who.roles.has(r.role)) furthest = std::max(furthest, reach_of(r.role, p));
  }
  if (furthest >= reach::own) scope.own = who.id;
  if (furthest >= reach::department) scope.department = who.department;
  if (furthest >= reach::region) scope.region = who.region;
  scope.everything = furthest == reach::all;
  return scope;
}

bool covers(const row_scope& scope, const target& what, const organisation& where) {
  if (scope.everything) return true;
  if (scope.own && what.owner == scope.own) return true;
  return where.within(what.department, scope.department) || where.within(what.region, scope.region);
}

bool may(const person& who, permission p, const target& what, const organisation& where) {
  if (needs_four_eyes(p) && what.made_by && what.made_by == who.id) return false;
  return covers(scope_of(who, p), what, where);
}

std::optional<role_conflict> conflict_in(role_set held) {
  const auto both = held.bits() & administrators.bits();
  if (both == 0) return std::nullopt;
  if ((both & (both - 1)) != 0) return role_conflict::two_administrators;
  if (held.bits() != both) return role_conflict::administrator_with_other_work;
  return std::nullopt;
}

}  // namespace zhuqi::staff
