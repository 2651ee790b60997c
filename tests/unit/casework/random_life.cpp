// Time goes on by minutes mostly, sometimes by days, and sometimes right up to the next due time.
#include "tests/unit/casework/random_life.hpp"

#include "dialogs/casework/state_table.hpp"

namespace zhuqi::dialogs::casework::testing {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 24 * 60 * minute;

}  // namespace

random_life::random_life(std::uint32_t seed) : random_(seed) {}

unit random_life::pick_unit() {
  const unit all[] = {intake, industry, labour, other_city};
  return all[below(4)];
}

opening random_life::an_opening() {
  opening what = a_case();
  what.dishonest = once_in(4);
  what.language = all_langs[static_cast<std::size_t>(below(4))];
  if (once_in(3)) what.matter = "loan";
  return what;
}

action random_life::pick_action(const case_file& c) {
  if (once_in(12)) return static_cast<action>(below(count_of<action>()));
  // Acts that wait for others are rare unless people mean to get there.
  if (c.extension && once_in(2)) return once_in(3) ? action::reject_extension : action::approve_extension;
  if (c.state == case_state::in_progress && once_in(6)) return action::ask_extension;
  if (c.disputed && once_in(2)) return once_in(2) ? action::escalate_dispute : action::close_disputed;
  if (c.state == case_state::to_call_back && once_in(2)) return once_in(3) ? action::redo : action::rate;
  if (c.state == case_state::closed && once_in(2)) return once_in(2) ? action::reopen : action::rate;
  if (c.state == case_state::to_sign && once_in(2)) return once_in(2) ? action::return_case : action::sign;
  if (c.state == case_state::return_ruling && !once_in(4)) return action::uphold_return;
  if (c.state == case_state::in_progress && once_in(8)) return action::transfer;
  if (c.state == case_state::in_progress && once_in(8)) return once_in(2) ? action::ask_assist : action::suspend;
  if (c.state == case_state::suspended && once_in(2)) return action::lapse;
  if (c.state == case_state::in_progress && once_in(3)) return action::submit_reply;
  if (c.state == case_state::to_review && once_in(2)) return action::approve_reply;
  std::vector<action> fitting;
  for (const action_rule& rule : action_rules()) {
    if (!rule.from.has(c.state)) continue;
    const bool ends_early =
        rule.what == action::withdraw || rule.what == action::discard || rule.what == action::archive;
    if (ends_early && !once_in(10)) continue;
    fitting.push_back(rule.what);
    const bool leads_on = !rule.to.empty() && !rule.to.has(c.state);
    if (leads_on) fitting.push_back(rule.what);
  }
  return fitting.empty() ? action::urge : fitting[static_cast<std::size_t>(below(static_cast<int>(fitting.size())))];
}

actor random_life::pick_actor(const case_file& c, action what) {
  const auto grants = rule_of(what).by;
  const grant& g = grants[static_cast<std::size_t>(below(static_cast<int>(grants.size())))];
  const std::string id = "p" + std::to_string(below(5));
  if (once_in(20)) return of(pick_unit(), static_cast<role>(below(count_of<role>())), id);
  switch (g.where) {
    case seat::enterprise: return {id, g.who, c.what.enterprise, ""};
    case seat::origin_region: return of(intake, g.who, id);
    case seat::lead_department: return of(c.lead, g.who, id);
    case seat::region_of_case: return of({"office", once_in(2) ? c.lead.region : c.what.region}, g.who, id);
    case seat::assist_department:
      for (const assist& a : c.assists) {
        if (a.status == assist_status::asked && !once_in(3)) return of(a.from, g.who, id);
      }
      return of(pick_unit(), g.who, id);
    case seat::system: return machine;
  }
  return machine;
}

act_fields random_life::pick_fields(const case_file& c, action what, unix_ms when) {
  act_fields f;
  const auto text = [&] { return once_in(25) ? std::string{} : "第" + std::to_string(below(1000)) + "号 \"text\"\n"; };
  f.reason = text();
  f.text = text();
  f.basis = text();
  f.staff = "p" + std::to_string(below(5));
  const auto& needs = rule_of(what).needs;
  if (needs.has(field::to)) f.to = once_in(30) ? unit{"@", "1"} : pick_unit();
  if (what == action::release_assist && !c.assists.empty() && !once_in(4)) f.to = c.assists.back().from;
  if (needs.has(field::days)) f.days = below(20);
  if (what == action::ask_assist && once_in(2)) f.days = below(10);
  const bool may_end = needs.has(field::until) || what == action::suspend;
  if (may_end && !once_in(3)) f.until = when + (below(40) - 2) * day + below(600) * minute;
  if (needs.has(field::grade) && !once_in(30)) f.grade = static_cast<rating>(once_in(2) ? below(2) : below(5));
  if (needs.has(field::ground) && !once_in(30)) f.ground = static_cast<suspend_ground>(below(3));
  if (what == action::accept && once_in(2)) f.on = static_cast<track>(below(2));
  if (what == action::accept && once_in(2)) f.how_hard = static_cast<difficulty>(below(3));
  return f;
}

unix_ms random_life::pick_time(const case_file& c, const std::optional<alarm_step>& ring) {
  switch (below(10)) {
    case 0: return c.changed + below(5) * day;
    case 1: return c.changed + below(30) * day;
    case 2: return ring ? ring->at : c.changed;
    case 3: return c.changed + -minute;  // a clock set back
    default: return c.changed + below(180) * minute;
  }
}

attempt random_life::next(const case_file& c) {
  attempt a;
  a.what = pick_action(c);
  const auto ring = next_alarm(c, city_calendar());
  a.when = pick_time(c, ring);
  if (ring && ring->at <= a.when && once_in(3)) a.what = action::raise_alarm;
  a.by = pick_actor(c, a.what);
  a.fields = pick_fields(c, a.what, a.when);
  if (ring && a.what == action::raise_alarm) a.fields.clock = ring->clock;
  return a;
}

}  // namespace zhuqi::dialogs::casework::testing
