// Who may call what: every route x every role x threads and cases of one's own, of one's department, of another one, of another region and
// of nobody. The cells come from the route table and the expectation from the table of rights read plainly (reach_of), so that a
// new route is covered by being there.

#include "tests/unit/console/rig.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace zhuqi::console_tests {
namespace {

using console::about;
using console::access_rule;
using staff::permission;
using staff::reach;

enum class lies { with_me, in_my_department, in_another_department, in_another_region };

struct place {
  lies where;
  const char* name;
  reach least;  ///< how far a role must reach to act there
};
constexpr std::array<place, 4> places{{{lies::with_me, "own", reach::own},
                                       {lies::in_my_department, "own department", reach::department},
                                       {lies::in_another_department, "other department", reach::region},
                                       {lies::in_another_region, "other region", reach::all}}};

conversation_id thread_at(rig& r, lies where, staff_role me) {
  switch (where) {
    case lies::with_me: return r.thread(r.id_of(me), r.far, r.elsewhere);
    case lies::in_my_department: return r.thread({}, r.own, r.city);
    case lies::in_another_department: return r.thread({}, r.other, r.city);
    case lies::in_another_region: return r.thread({}, r.far, r.elsewhere);
  }
  return {};
}

case_id case_at(rig& r, lies where, staff_role me) {
  switch (where) {
    case lies::with_me: return r.work_case(r.id_of(me), r.far, r.elsewhere);
    case lies::in_my_department: return r.work_case({}, r.own, r.city);
    case lies::in_another_department: return r.work_case({}, r.other, r.city);
    case lies::in_another_region: return r.work_case({}, r.far, r.elsewhere);
  }
  return {};
}

std::string concrete(const std::string& path, std::int64_t id) {
  std::string out = path;
  for (auto open = out.find('{'); open != std::string::npos; open = out.find('{')) {
    out.replace(open, out.find('}') - open + 1, std::to_string(id));
  }
  return out;
}

bool is_policy_refusal(const answer& a) {
  return a.code() == "forbidden" || a.code() == "not_signed_in" || a.code() == "csrf" || a.code() == "not_found";
}

}  // namespace

TEST_CASE("authorisation: a route about a thread obeys the table of rights in every cell") {
  rig r;
  int cells = 0;
  for (const auto& row : r.table()) {
    if (row.rule.subject() != about::thread) continue;
    for (int i = 0; i < storage::staff_role_count; ++i) {
      const auto role = static_cast<staff_role>(i);
      const auto far = staff::reach_of(role, row.rule.permission());
      const auto sees = staff::reach_of(role, permission::thread_view);
      for (const auto& p : places) {
        const auto id = thread_at(r, p.where, role);
        const auto a = r.call(role, row.verb, concrete(row.path, id.value));
        INFO(row.path << " by " << staff::name_of(role) << " on " << p.name << ": " << a.status << " " << a.code());
        ++cells;
        if (sees < p.least) {
          CHECK((a.status == 404 && a.code() == "not_found"));
        } else if (far == reach::none) {
          CHECK((a.status == 403 && a.code() == "forbidden"));
        } else if (far < p.least) {
          CHECK((a.code() == "not_allowed" || a.code() == "forbidden"));
        } else {
          CHECK(!is_policy_refusal(a));
        }
      }
      const auto absent = r.call(role, row.verb, concrete(row.path, 999'999));
      CHECK(absent.code() == "not_found");
    }
    CHECK(r.call(std::nullopt, row.verb, concrete(row.path, 1)).code() == "not_signed_in");
  }
  CHECK(cells >= 12 * storage::staff_role_count * 4);
}

TEST_CASE("authorisation: a route about a case obeys the table of rights in every cell") {
  rig r;
  int cells = 0;
  for (const auto& row : r.table()) {
    if (row.rule.subject() != about::work_case) continue;
    for (int i = 0; i < storage::staff_role_count; ++i) {
      const auto role = static_cast<staff_role>(i);
      const auto sees = staff::reach_of(role, row.rule.permission());
      for (const auto& p : places) {
        const auto id = case_at(r, p.where, role);
        const auto a = r.call(role, row.verb, concrete(row.path, id.value));
        INFO(row.path << " by " << staff::name_of(role) << " on " << p.name << ": " << a.status << " " << a.code());
        ++cells;
        if (sees == reach::none) {
          CHECK((a.status == 403 && a.code() == "forbidden"));
        } else if (sees < p.least) {
          CHECK((a.status == 404 && a.code() == "not_found"));
        } else {
          CHECK(!is_policy_refusal(a));
        }
      }
      const auto absent = r.call(role, row.verb, concrete(row.path, 999'999));
      CHECK(absent.code() == (sees == reach::none ? "forbidden" : "not_found"));
    }
    CHECK(r.call(std::nullopt, row.verb, concrete(row.path, 1)).code() == "not_signed_in");
  }
  CHECK(cells >= 2 * storage::staff_role_count * 4);
}

TEST_CASE("authorisation: a route without a thread is closed to every role that has no reach") {
  rig r;
  for (const auto& row : r.table()) {
    if (row.rule.subject() != about::nothing || row.rule.what() == access_rule::kind::anyone) continue;
    if (row.path == "/session" && row.verb == http::method::del) continue;  // it would end the session of the test
    const auto path = concrete(row.path, 999'999);
    CHECK(r.call(std::nullopt, row.verb, path).code() == "not_signed_in");
    for (int i = 0; i < storage::staff_role_count; ++i) {
      const auto role = static_cast<staff_role>(i);
      const auto a = r.call(role, row.verb, path);
      INFO(row.path << " by " << staff::name_of(role) << ": " << a.status << " " << a.code());
      const bool open = row.rule.what() == access_rule::kind::signed_in ||
                        staff::reach_of(role, row.rule.permission()) != reach::none;
      CHECK((a.code() == "forbidden") == !open);
    }
  }
}

TEST_CASE("authorisation: lists hold exactly what a role may see") {
  rig r;
  const auto handler = staff_role::handler;
  const std::vector<std::pair<conversation_id, lies>> threads{
      {thread_at(r, lies::with_me, handler), lies::with_me},
      {thread_at(r, lies::in_my_department, handler), lies::in_my_department},
      {thread_at(r, lies::in_another_department, handler), lies::in_another_department},
      {thread_at(r, lies::in_another_region, handler), lies::in_another_region}};
  for (int i = 0; i < storage::staff_role_count; ++i) {
    const auto role = static_cast<staff_role>(i);
    const auto sees = staff::reach_of(role, permission::thread_view);
    if (sees == reach::none) continue;
    std::vector<std::string> listed;
    for (const char* view : {"waiting", "mine"}) {
      const auto page = r.call(role, http::method::get, std::string{"/threads?view="} + view);
      REQUIRE(page.status == 200);
      for (const auto& t : page.body["threads"]) listed.push_back(t["id"]);
    }
    for (const auto& [id, where] : threads) {
      if (where == lies::with_me) continue;  // with the handler: on nobody else's two lists
      const auto least = std::ranges::find(places, where, &place::where)->least;
      INFO(staff::name_of(role) << " " << id.value);
      CHECK((std::ranges::find(listed, std::to_string(id.value)) != listed.end()) == (sees >= least));
    }
  }
}

TEST_CASE("authorisation: nobody who mixes administration with other work may do anything, and nobody unknown") {
  rig r;
  CHECK(r.call("__Host-zhuqi-session=" + std::string(43, 'a'), "x", http::method::get, "/session", "").code() ==
        "not_signed_in");
  CHECK(r.call("", "", http::method::post, "/session", R"({"login":"agent","password":"x"})").code() == "wrong");
}

}  // namespace zhuqi::console_tests
