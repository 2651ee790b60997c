// Role × permission × whose row it is.

#include "bot/staff/rights.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

using namespace zhuqi;
using namespace zhuqi::staff;
using enum staff_role;
using enum permission;

namespace {

// Regions: 1 city, 2 a district of it, 3 another city. Departments: 1 bureau (city), 2 its section (district), 3 another
// bureau (city), 4 a bureau of the other city.
const organisation where{{{{1}, {}, "510100", "市"}, {{2}, {1}, "510104", "区"}, {{3}, {}, "320500", "外市"}},
                         {{{1}, {}, {1}, "局"}, {{2}, {1}, {2}, "科"}, {{3}, {}, {1}, "他局"}, {{4}, {}, {3}, "外局"}}};
constexpr staff_id me{7}, other{8};

const std::vector<std::pair<std::string, target>> targets{
    {"own", {me, {4}, {3}, {}}},
    {"own department", {other, {1}, {1}, {}}},
    {"department below", {other, {2}, {2}, {}}},
    {"other department", {other, {3}, {1}, {}}},
    {"other region", {other, {4}, {3}, {}}},
    {"none", {}},
};

person someone(role_set roles) { return {me, {1}, {1}, roles, true}; }

/// Which of `targets` a reach covers, in words.
std::set<std::string> expected(reach r) {
  switch (r) {
    case reach::none: return {};
    case reach::own: return {"own"};
    case reach::department: return {"own", "own department", "department below"};
    case reach::region: return {"own", "own department", "department below", "other department"};
    case reach::all: return {"own", "own department", "department below", "other department", "other region", "none"};
  }
  return {};
}

template <class F>
void for_all_rights(F&& f) {
  for (int r = 0; r < storage::staff_role_count; ++r) {
    for (int p = 0; p < permission_count; ++p) f(static_cast<staff_role>(r), static_cast<permission>(p));
  }
}

}  // namespace

TEST_CASE("each role reaches exactly the rows of the table, for every permission") {
  for_all_rights([](staff_role r, permission p) {
    std::set<std::string> allowed;
    for (const auto& [name, what] : targets) {
      if (may(someone({r}), p, what, where)) allowed.insert(name);
    }
    CAPTURE(name_of(r), name_of(p));
    CHECK(allowed == expected(reach_of(r, p)));
  });
}

TEST_CASE("the table says what casework practice says") {
  struct row {
    staff_role who;
    permission what;
    reach how_far;
  };
  const std::vector<row> rows{
      {agent, thread_take, reach::region},
      {agent, thread_speak, reach::own},
      {agent, thread_force_take, reach::none},
      {agent, case_create, reach::region},
      {agent, case_dispatch, reach::none},
      {dispatcher, case_dispatch, reach::region},
      {dispatcher, case_rule_return, reach::region},
      {dispatcher, case_approve_reply, reach::none},
      {unit_liaison, case_sign, reach::department},
      {unit_liaison, case_return, reach::department},
      {unit_liaison, case_assign, reach::department},
      {unit_liaison, case_ask_extension, reach::department},
      {unit_liaison, case_approve_extension, reach::none},
      {handler, case_handle, reach::own},
      {handler, case_approve_reply, reach::none},
      {approver, case_approve_reply, reach::department},
      {approver, case_refuse, reach::department},
      {approver, case_handle, reach::none},
      {supervisor, thread_force_take, reach::region},
      {supervisor, thread_whisper, reach::region},
      {agent, thread_whisper, reach::none},
      {approver, thread_whisper, reach::none},
      {caller, thread_view, reach::region},
      {caller, thread_call_back, reach::region},
      {caller, thread_note, reach::none},
      {caller, thread_take, reach::none},
      {agent, thread_call_back, reach::none},
      {supervisor, case_urge, reach::region},
      {supervisor, case_escalate, reach::region},
      {supervisor, case_handle, reach::none},
      {caller, case_call_back, reach::region},
      {caller, case_redo, reach::region},
      {enterprise_liaison, visit_record, reach::own},
      {enterprise_liaison, enterprise_view, reach::own},
      {editor, script_edit, reach::all},
      {editor, script_publish, reach::none},
      {publisher, script_publish, reach::all},
      {publisher, script_edit, reach::none},
      {leader, report_view, reach::region},
      {leader, case_view, reach::none},
      {leader, personal_data_view, reach::none},
      {system_admin, account_create, reach::all},
      {system_admin, role_grant, reach::none},
      {system_admin, audit_view, reach::none},
      {security_admin, role_grant, reach::all},
      {security_admin, account_create, reach::none},
      {security_admin, audit_view, reach::none},
      {audit_admin, audit_view, reach::all},
      {audit_admin, role_grant, reach::none},
      {audit_admin, account_create, reach::none},
  };
  for (const auto& [who, what, how_far] : rows) {
    CAPTURE(name_of(who), name_of(what));
    CHECK(reach_of(who, what) == how_far);
  }
}

TEST_CASE("no administrator touches a conversation, a case, an enterprise or a figure") {
  for (const auto admin : {system_admin, security_admin, audit_admin}) {
    for (int p = 0; p < static_cast<int>(staff_view); ++p) {
      CAPTURE(name_of(admin), name_of(static_cast<permission>(p)));
      CHECK(reach_of(admin, static_cast<permission>(p)) == reach::none);
    }
  }
}

TEST_CASE("what administrators do, nobody else does, and no two of them the same but look and shut out") {
  for (int i = static_cast<int>(staff_view); i < permission_count; ++i) {
    const auto p = static_cast<permission>(i);
    int admins = 0;
    for (int r = 0; r < storage::staff_role_count; ++r) {
      const auto role = static_cast<staff_role>(r);
      if (reach_of(role, p) == reach::none) continue;
      CAPTURE(name_of(role), name_of(p));
      CHECK(role >= system_admin);
      ++admins;
    }
    CAPTURE(name_of(p));
    CHECK(admins == (p == staff_view ? 3 : p == account_disable ? 2 : 1));
  }
}

TEST_CASE("nobody holds two of the three administrators, or one and any other work") {
  for (std::uint32_t bits = 0; bits < 1u << storage::staff_role_count; ++bits) {
    const auto roles = role_set::from_bits(bits);
    const int admins = roles.has(system_admin) + roles.has(security_admin) + roles.has(audit_admin);
    const bool others = (bits & 0x7ffu) != 0;
    const auto conflict = conflict_in(roles);
    if (admins > 1) {
      REQUIRE(conflict == role_conflict::two_administrators);
    } else if (admins == 1 && others) {
      REQUIRE(conflict == role_conflict::administrator_with_other_work);
    } else {
      REQUIRE_FALSE(conflict);
    }
  }
}

TEST_CASE("whoever holds conflicting roles all the same, by whatever way, may do nothing") {
  for_all_rights([](staff_role, permission p) {
    CHECK(scope_of(someone({system_admin, audit_admin}), p).empty());
    CHECK(scope_of(someone({security_admin, agent}), p).empty());
  });
}

TEST_CASE("more roles never allow less") {
  for_all_rights([](staff_role r, permission p) {
    if (r >= system_admin) return;
    for (const auto& [name, what] : targets) {
      const bool alone = may(someone({r}), p, what, where), both = may(someone({r, agent}), p, what, where);
      CHECK((!alone || both));
    }
  });
}

TEST_CASE("without a role, disabled, or unknown, nobody may do anything") {
  for (int i = 0; i < permission_count; ++i) {
    const auto p = static_cast<permission>(i);
    role_set everything_but_admins = role_set::from_bits(0x7ff);
    auto gone = someone(everything_but_admins);
    gone.active = false;
    auto unknown = someone(everything_but_admins);
    unknown.id = {};
    for (const auto& [name, what] : targets) {
      CHECK_FALSE(may(someone({}), p, what, where));
      CHECK_FALSE(may(gone, p, what, where));
      CHECK_FALSE(may(unknown, p, what, where));
    }
  }
}

TEST_CASE("a person without a department reaches no department and no region") {
  auto lost = someone({dispatcher, unit_liaison});
  lost.department = {};
  lost.region = {};
  for (const auto& [name, what] : targets) CHECK(may(lost, case_view, what, where) == (name == "own"));
}

TEST_CASE("nobody judges their own work, whatever their roles") {
  const std::vector<std::pair<permission, role_set>> rows{
      {case_approve_reply, {approver, handler}}, {case_approve_extension, {approver, unit_liaison}},
      {case_call_back, {caller, handler}},       {case_rule_return, {dispatcher, unit_liaison}},
      {document_review, {handler, dispatcher}},  {script_publish, {publisher, editor}}};
  for (const auto& [what, roles] : rows) {
    CAPTURE(name_of(what));
    CHECK(needs_four_eyes(what));
    CHECK(may(someone(roles), what, {{}, {1}, {1}, other}, where));
    CHECK_FALSE(may(someone(roles), what, {{}, {1}, {1}, me}, where));
  }
}

TEST_CASE("names are unique, and a role is found by its own") {
  std::set<std::string_view> names;
  for (int p = 0; p < permission_count; ++p) names.insert(name_of(static_cast<permission>(p)));
  CHECK(names.size() == std::size_t{permission_count});
  for (int r = 0; r < storage::staff_role_count; ++r) {
    const auto role = static_cast<staff_role>(r);
    CHECK(role_named(name_of(role)) == role);
    CHECK_FALSE(title_of(role).empty());
  }
  CHECK_FALSE(role_named("root"));
  CHECK_FALSE(role_named(""));
}

TEST_CASE("a tree with a cycle, which no store writes, is a plain no") {
  const organisation twisted{{{{1}, {2}, "a", "a"}, {{2}, {1}, "b", "b"}}, {}};
  CHECK(twisted.within(region_id{1}, region_id{2}));
  CHECK_FALSE(twisted.within(region_id{1}, region_id{3}));
}
