// The checker of the state machine: what must hold of the tables themselves, whatever cases live in them.
#include "dialogs/casework/case_rules.hpp"
#include "dialogs/casework/refusal.hpp"
#include "dialogs/casework/state_table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace zhuqi::dialogs::casework;
using zhuqi::dialogs::lang;

namespace {

std::vector<case_state> targets(const action_rule& rule, case_state from) {
  std::vector<case_state> out;
  for (const state_rule& s : state_rules()) {
    if (rule.to.has(s.state)) out.push_back(s.state);
  }
  if (rule.to.empty()) out.push_back(from);
  return out;
}

std::set<case_state> reachable_from(case_state start) {
  std::set<case_state> seen{start};
  std::vector<case_state> todo{start};
  while (!todo.empty()) {
    const case_state at = todo.back();
    todo.pop_back();
    for (const action_rule& rule : action_rules()) {
      if (!rule.from.has(at)) continue;
      for (case_state next : targets(rule, at)) {
        if (seen.insert(next).second) todo.push_back(next);
      }
    }
  }
  return seen;
}

template <class E>
void check_names() {
  std::set<std::string_view> ids;
  for (const name_row& row : names<E>()) {
    CAPTURE(row.id);
    CHECK(ids.insert(row.id).second);
    CHECK_FALSE(row.en.empty());
    CHECK(static_cast<unsigned char>(row.zh.front()) >= 0x80);
    CHECK(std::all_of(row.en.begin(), row.en.end(), [](char c) { return c > 0; }));
    CHECK(std::all_of(row.id.begin(), row.id.end(), [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); }));
    CHECK(id_of(*from_id<E>(row.id)) == row.id);
  }
  CHECK_FALSE(from_id<E>("").has_value());
}

}  // namespace

TEST_CASE("the tables have one row for each member, in order") {
  REQUIRE(static_cast<int>(state_rules().size()) == count_of<case_state>());
  REQUIRE(static_cast<int>(clock_rules().size()) == count_of<clock_kind>());
  REQUIRE(static_cast<int>(action_rules().size()) == count_of<action>());
  for (const auto& r : state_rules()) CHECK(&rule_of(r.state) == &r);
  for (const auto& r : clock_rules()) CHECK(&rule_of(r.kind) == &r);
  for (const auto& r : action_rules()) CHECK(&rule_of(r.what) == &r);
}

TEST_CASE("every name exists in Chinese and English, once") {
  check_names<case_state>();
  check_names<role>();
  check_names<action>();
  check_names<clock_kind>();
  check_names<track>();
  check_names<difficulty>();
  check_names<outcome>();
  check_names<rating>();
  check_names<suspend_ground>();
  check_names<assist_status>();
  check_names<custody_kind>();
  check_names<clock_status>();
  check_names<clock_op>();
  check_names<limit_unit>();
  check_names<rung>();
  check_names<alarm_point>();
}

TEST_CASE("every refusal says in both languages what is wrong and what to do") {
  std::set<std::string_view> ids;
  for (int i = 0; i < refusal_rules; ++i) {
    const refusal why{static_cast<refusal_rule>(i), {"甲", "乙", "丙"}, {"a", "b", "c"}};
    CAPTURE(id_of(why.rule));
    CHECK(ids.insert(id_of(why.rule)).second);
    const std::string zh = sentence(why, lang::zh_cn);
    const std::string en = sentence(why, lang::en);
    CHECK(zh.find('{') == std::string::npos);
    CHECK(en.find('{') == std::string::npos);
    CHECK(zh.size() >= 3 * 12);
    // What to do comes after what is wrong.
    CHECK((zh.find("请") != std::string::npos || zh.find("无需") != std::string::npos));
    CHECK(std::count_if(en.begin(), en.end(), [](char c) { return c == '.' || c == ';' || c == ','; }) >= 2);
    CHECK(sentence(why, lang::ja) == en);
  }
}

TEST_CASE("every state is reached from a draft, and the archive from every state") {
  const auto from_draft = reachable_from(case_state::draft);
  for (const state_rule& s : state_rules()) {
    CAPTURE(id_of(s.state));
    CHECK(from_draft.contains(s.state));
    CHECK(reachable_from(s.state).contains(case_state::archived));
  }
}

TEST_CASE("the end is an end: nothing starts there, and everything else can go on") {
  for (const state_rule& s : state_rules()) {
    CAPTURE(id_of(s.state));
    const auto leads_on = [&](const action_rule& rule) {
      const auto to = targets(rule, s.state);
      return rule.from.has(s.state) && std::any_of(to.begin(), to.end(), [&](case_state t) { return t != s.state; });
    };
    const bool can_leave = std::any_of(action_rules().begin(), action_rules().end(), leads_on);
    const bool can_act = std::any_of(action_rules().begin(), action_rules().end(),
                                     [&](const action_rule& rule) { return rule.from.has(s.state); });
    CHECK(can_leave != s.final);
    CHECK(can_act != s.final);
  }
}

TEST_CASE("every action has somebody who may do it and a state in which he may") {
  for (const action_rule& rule : action_rules()) {
    CAPTURE(id_of(rule.what));
    CHECK_FALSE(rule.by.empty());
    CHECK(rule.from.empty() == (rule.what == action::open));
  }
}

TEST_CASE("every role has something to do") {
  for (int i = 0; i < count_of<role>(); ++i) {
    CAPTURE(id_of(static_cast<role>(i)));
    CHECK(std::any_of(action_rules().begin(), action_rules().end(), [&](const action_rule& rule) {
      return std::any_of(rule.by.begin(), rule.by.end(), [&](const grant& g) { return g.who == static_cast<role>(i); });
    }));
  }
}

TEST_CASE("every state that waits has a clock of its own, but work in progress, which runs on the clocks of the work") {
  std::map<clock_kind, int> used;
  for (const state_rule& s : state_rules()) {
    CAPTURE(id_of(s.state));
    CHECK(s.clock.has_value() == (!s.final && s.state != case_state::in_progress));
    if (s.clock) ++used[*s.clock];
  }
  for (const auto& [kind, states] : used) CHECK(states == 1);
}

TEST_CASE("whoever a state waits for can end the waiting") {
  for (const state_rule& s : state_rules()) {
    if (!s.clock) continue;
    CAPTURE(id_of(s.state));
    const clock_rule& clock = rule_of(*s.clock);
    CHECK(std::any_of(action_rules().begin(), action_rules().end(), [&](const action_rule& rule) {
      const auto to = targets(rule, s.state);
      const bool ends =
          rule.from.has(s.state) && std::any_of(to.begin(), to.end(), [&](case_state t) { return t != s.state; });
      return ends && std::any_of(rule.by.begin(), rule.by.end(),
                                 [&](const grant& g) { return g.who == clock.owner && g.where == clock.where; });
    }));
  }
}

TEST_CASE("every clock is started by something and has a limit for every case") {
  for (const clock_rule& clock : clock_rules()) {
    CAPTURE(id_of(clock.kind));
    const bool by_state = std::any_of(state_rules().begin(), state_rules().end(),
                                      [&](const state_rule& s) { return s.clock == clock.kind; });
    const bool by_action = std::any_of(action_rules().begin(), action_rules().end(),
                                       [&](const action_rule& a) { return a.starts.has(clock.kind); });
    CHECK((by_state || by_action || clock.kind == clock_kind::assist));  // an assistant's is one for each unit
  }
  CHECK(missing_limits(usual_rules()).empty());
  case_rules gap = usual_rules();
  std::erase_if(gap.limits, [](const limit_row& row) { return row.clock == clock_kind::ruling && !row.on; });
  CHECK(missing_limits(gap) == std::vector{clock_kind::ruling});
}

TEST_CASE("the most exact limit decides: matter, then difficulty, then track") {
  case_rules rules = usual_rules();
  case_file c;
  c.what.matter = "loan";
  CHECK(limit_for(rules, clock_kind::resolution, c) == working_days(7));
  c.how_hard = difficulty::complex;
  CHECK(limit_for(rules, clock_kind::resolution, c) == working_days(15));
  c.on = track::urgent;
  CHECK(limit_for(rules, clock_kind::resolution, c) == clock_minutes(24 * 60));
  rules.limits.push_back({clock_kind::resolution, working_days(4), {}, {}, "loan"});
  CHECK(limit_for(rules, clock_kind::resolution, c) == working_days(4));
  rules.limits.push_back({clock_kind::resolution, working_days(5), {}, {}, "loan"});
  CHECK(limit_for(rules, clock_kind::resolution, c) == working_days(5));
  c.what.matter = "rent";
  CHECK(limit_for(rules, clock_kind::resolution, c) == clock_minutes(24 * 60));
}
