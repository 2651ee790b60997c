// Looking a limit up, and the numbers that are shipped.
#include "dialogs/casework/case_rules.hpp"

#include "bot/base/result.hpp"

namespace zhuqi::dialogs::casework {
namespace {

using k = clock_kind;

const time_limit* best_limit(const case_rules& rules, clock_kind clock, const case_file& of) {
  const time_limit* best = nullptr;
  int weight = -1;
  for (const limit_row& row : rules.limits) {
    const bool fits = row.clock == clock && (!row.on || *row.on == of.on) &&
                      (!row.how_hard || *row.how_hard == of.how_hard) &&
                      (row.matter.empty() || row.matter == of.what.matter);
    const int says = (row.matter.empty() ? 0 : 4) + (row.how_hard ? 2 : 0) + (row.on ? 1 : 0);
    if (!fits || says < weight) continue;
    best = &row.limit;
    weight = says;
  }
  return best;
}

}  // namespace

case_rules usual_rules() {
  case_rules rules;
  rules.version = "usual-1";
  rules.limits = {
      {k::draft, clock_minutes(7 * 24 * 60)}, {k::acceptance, working_minutes(120)},
      {k::decline, working_days(1)},          {k::dispatch, working_minutes(120)},
      {k::signing, working_days(1)},          {k::first_response, working_days(1)},
      {k::resolution, working_days(7)},       {k::unit, working_days(6)},
      {k::ruling, working_days(1)},           {k::extension, working_days(1)},
      {k::assist, working_days(3)},           {k::supplement, working_days(5)},
      {k::parked, working_days(20)},          {k::review, working_days(1)},
      {k::call_back, working_days(3)},        {k::rectify, working_days(5)},
      {k::supervision, working_days(1)},      {k::retention, working_days(15)},
  };
  const auto graded = [&](difficulty d, int resolution, int unit) {
    rules.limits.push_back({k::resolution, working_days(resolution), {}, d, {}});
    rules.limits.push_back({k::unit, working_days(unit), {}, d, {}});
  };
  graded(difficulty::simple, 3, 2);
  graded(difficulty::complex, 15, 13);
  const auto urgent = [&](clock_kind clock, time_limit limit) {
    for (const auto d : {difficulty::simple, difficulty::normal, difficulty::complex})
      rules.limits.push_back({clock, limit, track::urgent, d, {}});
  };
  urgent(k::acceptance, clock_minutes(30));
  urgent(k::dispatch, clock_minutes(15));
  urgent(k::signing, clock_minutes(30));
  urgent(k::first_response, clock_minutes(60));
  urgent(k::resolution, clock_minutes(24 * 60));
  urgent(k::unit, clock_minutes(12 * 60));
  urgent(k::ruling, clock_minutes(60));
  urgent(k::assist, clock_minutes(120));
  urgent(k::review, clock_minutes(60));
  urgent(k::extension, clock_minutes(60));
  urgent(k::call_back, working_days(1));
  urgent(k::rectify, working_days(2));
  return rules;
}

std::vector<clock_kind> missing_limits(const case_rules& rules) {
  std::vector<clock_kind> missing;
  for (int i = 0; i < count_of<clock_kind>(); ++i) {
    bool found = true;
    case_file of;
    for (const auto on : {track::ordinary, track::urgent}) {
      for (const auto hard : {difficulty::simple, difficulty::normal, difficulty::complex}) {
        of.on = on;
        of.how_hard = hard;
        found = found && best_limit(rules, static_cast<clock_kind>(i), of) != nullptr;
      }
    }
    if (!found) missing.push_back(static_cast<clock_kind>(i));
  }
  return missing;
}

time_limit limit_for(const case_rules& rules, clock_kind clock, const case_file& of) {
  const time_limit* found = best_limit(rules, clock, of);
  ZHUQI_ASSERT(found != nullptr);
  return *found;
}

}  // namespace zhuqi::dialogs::casework
