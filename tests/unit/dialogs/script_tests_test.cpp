// Conversations written next to scripts: what the reader refuses, what the runner compares, what counts as covered.
#include "dialogs/script_tests.hpp"
#include "dialogs/export_edges.hpp"
#include "tests/unit/dialogs/subsidy.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

read_tests read(const std::string& yaml, const script_set& scripts) {
  const std::vector<script_file> files{{"a.test.yaml", yaml}};
  return read_test_yaml(files, scripts);
}

std::string with_steps(const std::string& steps, const std::string& more = "") {
  return "test: job_subsidy\nat: 2026-03-02T10:00:00+08:00\ncases:\n  - name: one\n" + more + "    steps:\n" + steps;
}

test_results run(const std::string& yaml, const script_set_ptr& scripts = subsidy()) {
  const read_tests tests = read(yaml, *scripts);
  for (const diagnostic& d : tests.diagnostics) UNSCOPED_INFO(to_line(d, lang::en));
  REQUIRE(tests.diagnostics.empty());
  return run_tests(*scripts, tests.tests);
}

}  // namespace

TEST_CASE("the tests of the example pass and go through every state") {
  const auto scripts = subsidy();
  const test_results results = run(file_text(golden_folder / "script_tests/set/job_subsidy.test.yaml"), scripts);
  for (const case_result& c : results.cases) {
    INFO(to_line(c, lang::en));
    CHECK_FALSE(c.failure.has_value());
  }
  CHECK(results.cases.size() == 11);
  std::string report;
  for (const dialog_coverage& d : coverage_of(*scripts, results.passed)) {
    if (d.dialog == language_dialog_id) continue;  // shipped, and not what is tested here
    report += d.dialog + ": states " + std::to_string(d.states_visited) + "/" + std::to_string(d.states) + ", edges " +
              std::to_string(d.edges_visited) + "/" + std::to_string(d.edges) + "\n";
    for (const passage& p : d.missing) {
      report += "  " + describe(*scripts, p, lang::zh_cn) + " | " + describe(*scripts, p, lang::en) + "\n";
    }
    if (d.dialog == "job_subsidy") CHECK(d.states_visited == d.states);
  }
  expect_same_as(golden_folder / "script_tests/coverage.txt", report);
}

TEST_CASE("an expectation that does not hold is told with its place, what was expected and what came") {
  struct row {
    std::string steps, line;
  };
  const row rows[]{
      {"      - {user: 稳岗补贴}\n      - {bot: cut}\n",
       "a.test.yaml:7:10: \"one\": expected state job_subsidy.cut, came job_subsidy.reg"},
      {"      - {bot: reg}\n      - {user: 外地}\n      - {outcome: eligible}\n",
       "a.test.yaml:8:10: \"one\": expected outcome job_subsidy.eligible, came job_subsidy.not_eligible"},
      {"      - {bot: reg}\n      - {user: 本市}\n      - {var: {reg: other}}\n",
       "a.test.yaml:8:16: \"one\": expected variable job_subsidy.reg = other, came local"},
      {"      - {bot: reg}\n      - {handoff: 社保窗口}\n",
       "a.test.yaml:7:10: \"one\": expected a handoff to 社保窗口, came none"},
  };
  for (const row& r : rows) {
    const test_results results = run(with_steps(r.steps));
    REQUIRE(results.failures() == 1);
    CHECK(to_line(results.cases[0], lang::en) == r.line);
  }
  const test_results said = run(with_steps("      - {bot: reg}\n      - {says: 北京}\n"));
  REQUIRE(said.failures() == 1);
  CHECK_THAT(to_line(said.cases[0], lang::zh_cn), Catch::Contains("应为文字含「北京」，实际是 「贵企业在哪里注册？"));
}

TEST_CASE("what is wrong with a test is a finding at its line and column") {
  struct row {
    std::string yaml, place_and_rule;
  };
  const std::string head = "test: job_subsidy\nat: 2026-03-02T10:00:00+08:00\n";
  const row rows[]{
      {"test: nobody\ncases: []\n", "1:7 unknown-dialog"},
      {"test: job_subsidy\nat: gestern\ncases: []\n", "2:5 bad-value"},
      {head + "kases: []\ncases: []\n", "3:1 unknown-key"},
      {head, "1:1 missing-key"},
      {"test: job_subsidy\ncases:\n  - {name: a, steps: []}\n", "3:5 missing-key"},
      {head + "cases:\n  - {name: a, lang: fr, steps: []}\n", "4:21 unknown-language"},
      {head + "cases:\n  - {name: a, profile: {staff: viele}, steps: []}\n", "4:32 bad-value"},
      {head + "cases:\n  - {name: a, profile: {stuff: 3}, steps: []}\n", "4:25 unknown-key"},
      {head + "cases:\n  - {name: a, mock: {svc: {}}, steps: []}\n", "4:22 unknown-service"},
      {head + "cases:\n  - {name: a, mock: {case_create: {no: 1}}, steps: []}\n", "4:36 unknown-key"},
      {head + "cases:\n  - {name: a, steps: [{usr: hi}]}\n", "4:24 unknown-key"},
      {head + "cases:\n  - {name: a, steps: [{bot: nowhere}]}\n", "4:29 unknown-target"},
      {head + "cases:\n  - {name: a, steps: [{bot: nowhere.reg}]}\n", "4:29 unknown-target"},
      {head + "cases:\n  - {name: a, steps: [{outcome: won}]}\n", "4:33 unknown-outcome"},
      {head + "cases:\n  - {name: a, steps: [{var: {size: 3}}]}\n", "4:30 unknown-variable"},
      {head + "cases:\n  - {name: a, steps: [{wait: long}]}\n", "4:30 wrong-type"},
      {head + "cases: {a: b}\n", "3:8 wrong-type"},
      {head + "cases: [x]\n", "3:9 wrong-type"},
      {head + "cases: [\n", "4:1 yaml-syntax"},
      {head + "cases: &a []\n", "3:8 yaml-anchor"},
  };
  const auto scripts = subsidy();
  for (const row& r : rows) {
    INFO(r.yaml);
    const read_tests found = read(r.yaml, *scripts);
    REQUIRE_FALSE(found.diagnostics.empty());
    const diagnostic& d = found.diagnostics.front();
    CHECK(std::to_string(d.line) + ':' + std::to_string(d.column) + ' ' + std::string{rule_id(d.what)} ==
          r.place_and_rule);
  }
}

TEST_CASE("a service answers its mocks one after the other, and is unavailable without one") {
  const std::string steps =
      "      - {bot: reg}\n      - {user: 本市}\n      - {user: 否}\n      - {user: '35'}\n      - {user: '5%'}\n";
  const auto done = "      - {says: A1}\n      - {outcome: eligible}\n";
  CHECK(run(with_steps(steps + done, "    mock: {case_create: {case_no: A1}}\n")).failures() == 0);
  CHECK(run(with_steps(steps + "      - {handoff: 社保窗口}\n")).failures() == 0);
  CHECK(run(with_steps(steps + "      - {bot: file}\n", "    mock: {case_create: silent}\n")).failures() == 0);
  const std::string again = steps + "      - {outcome: human}\n";
  CHECK(run(with_steps(again, "    mock: {case_create: [{error: refused}, {case_no: A1}]}\n")).failures() == 0);
}

TEST_CASE("results are written as JUnit XML that says which dialog, case, file and line") {
  const test_results results = run(with_steps("      - {bot: reg}\n      - {says: <北京> & \"上海\"}\n"));
  const std::string xml = to_junit(results);
  CHECK_THAT(xml, Catch::Contains("<testsuites tests=\"1\" failures=\"1\">"));
  CHECK_THAT(xml, Catch::Contains("<testcase classname=\"job_subsidy\" name=\"one\" file=\"a.test.yaml\" line=\"4\">"));
  CHECK_THAT(xml, Catch::Contains("&lt;北京&gt; &amp; &quot;上海&quot;"));
}
