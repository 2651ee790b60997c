// docs/casework.md shows the tables as they are. On a failure, the right text is in the message: put it into the page.
#include "dialogs/casework/case_rules.hpp"
#include "dialogs/casework/state_table.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <fstream>
#include <iterator>
#include <string>

using namespace zhuqi::dialogs::casework;

namespace {

std::string page() {
  std::ifstream file{std::string{ZHUQI_SOURCE_DIR} + "/docs/casework.md"};
  return {std::istreambuf_iterator<char>{file}, {}};
}

constexpr std::array<std::string_view, 6> seat_ids{"enterprise", "origin region", "lead",
                                                   "assistant",  "region",        "system"};

std::string shown(time_limit limit) {
  switch (limit.unit) {
    case limit_unit::working_days: return std::to_string(limit.amount) + " wd";
    case limit_unit::working_ms: return std::to_string(limit.amount / 60'000) + " wmin";
    case limit_unit::clock_ms:
      return limit.amount % 3'600'000 == 0 ? std::to_string(limit.amount / 3'600'000) + " h"
                                           : std::to_string(limit.amount / 60'000) + " min";
  }
  return {};
}

template <class E>
std::string list(enum_set<E> set, std::string_view none) {
  std::string out;
  for (int i = 0; i < count_of<E>(); ++i) {
    if (set.has(static_cast<E>(i))) out += (out.empty() ? "" : ", ") + std::string{id_of(static_cast<E>(i))};
  }
  return out.empty() ? std::string{none} : out;
}

std::string state_table() {
  std::string out = "| state | | clock while in it | waits for |\n| --- | --- | --- | --- |\n";
  for (const state_rule& s : state_rules()) {
    out += "| " + std::string{id_of(s.state)} + " | " + std::string{name_of(s.state).zh} + " | ";
    if (s.clock) {
      out += std::string{id_of(*s.clock)} + " | " + std::string{id_of(rule_of(*s.clock).owner)} + " |\n";
    } else {
      out += s.final ? "none, the end | nobody |\n" : "resolution and unit, or rectify | handler |\n";
    }
  }
  return out;
}

std::string action_table() {
  std::string out =
      "| action | | from | to | by (seat) | needs | starts / stops |\n| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const action_rule& rule : action_rules()) {
    std::string by, needs;
    for (const grant& g : rule.by)
      by += (by.empty() ? "" : ", ") + std::string{id_of(g.who)} + " (" +
            std::string{seat_ids[static_cast<std::size_t>(g.where)]} + ")";
    for (int i = 0; i <= static_cast<int>(field::clock); ++i) {
      if (rule.needs.has(static_cast<field>(i)))
        needs += (needs.empty() ? "" : ", ") + std::string{id_of_field(static_cast<field>(i))};
    }
    std::string clocks =
        rule.starts.empty() && rule.stops.empty() ? "" : list(rule.starts, "–") + " / " + list(rule.stops, "–");
    out += "| " + std::string{id_of(rule.what)} + " | " + std::string{name_of(rule.what).zh} + " | " +
           list(rule.from, "–") + " | " + list(rule.to, "stays") + " | " + by + " | " + needs + " | " + clocks + " |\n";
  }
  return out;
}

std::string clock_table() {
  const case_rules rules = usual_rules();
  std::string out =
      "| clock | | owner | ordinary | urgent | held by a suspension | warned and escalated |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const clock_rule& rule : clock_rules()) {
    case_file ordinary, urgent, simple, complex;
    urgent.on = track::urgent;
    simple.how_hard = difficulty::simple;
    complex.how_hard = difficulty::complex;
    std::string limit = shown(limit_for(rules, rule.kind, ordinary));
    const std::string low = shown(limit_for(rules, rule.kind, simple)),
                      high = shown(limit_for(rules, rule.kind, complex));
    if (low != limit || high != limit) limit = low + " / " + limit + " / " + high;
    out += "| " + std::string{id_of(rule.kind)} + " | " + std::string{name_of(rule.kind).zh} + " | " +
           std::string{id_of(rule.owner)} + " | " + limit + " | " + shown(limit_for(rules, rule.kind, urgent)) + " | " +
           (rule.pausable ? "yes" : "") + " | " + (rule.ladder ? "yes" : "due time only") + " |\n";
  }
  return out;
}

}  // namespace

TEST_CASE("docs/casework.md shows the state machine as it is") {
  const std::string text = page();
  for (const std::string& table : {state_table(), action_table(), clock_table()}) {
    INFO(table);
    CHECK(text.find(table) != std::string::npos);
  }
}
