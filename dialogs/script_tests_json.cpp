// Results of tests for machines.
#include "bot/base/json.hpp"
#include "dialogs/export_edges.hpp"
#include "dialogs/script_tests.hpp"

namespace zhuqi::dialogs {

std::string to_json_text(const script_set& scripts, const test_results& results) {
  json cases = json::array();
  for (const case_result& c : results.cases) {
    const source_mark at = c.failure ? c.failure->where : c.where;
    json row{{"dialog", c.dialog}, {"case", c.name},      {"file", c.file},
             {"line", at.line},    {"column", at.column}, {"passed", !c.failure.has_value()}};
    if (c.failure) {
      row["expected"] = {{"zh", c.failure->expected_zh}, {"en", c.failure->expected_en}};
      row["came"] = {{"zh", c.failure->came_zh}, {"en", c.failure->came_en}};
    }
    cases.push_back(std::move(row));
  }
  json coverage = json::array();
  for (const dialog_coverage& d : coverage_of(scripts, results.passed)) {
    json missing = json::array();
    for (const passage& p : d.missing) {
      missing.push_back({{"state", p.state},
                         {"by", name_of(p.how)},
                         {"index", p.index},
                         {"zh", describe(scripts, p, lang::zh_cn)},
                         {"en", describe(scripts, p, lang::en)}});
    }
    coverage.push_back({{"dialog", d.dialog},
                        {"states", {{"all", d.states}, {"visited", d.states_visited}}},
                        {"edges", {{"all", d.edges}, {"visited", d.edges_visited}}},
                        {"missing", std::move(missing)}});
  }
  return dump_json({{"cases", std::move(cases)}, {"coverage", std::move(coverage)}, {"failures", results.failures()}});
}

}  // namespace zhuqi::dialogs
