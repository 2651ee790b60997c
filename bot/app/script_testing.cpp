#include "bot/app/script_testing.hpp"

#include "bot/app/script_files.hpp"
#include "dialogs/script_tests.hpp"

#include <fstream>
#include <iostream>

namespace zhuqi::app {

const char* const script_test_help =
    R"(Run the *.test.yaml of folders, or the files given, against the scripts beside them. Examples:
  zhuqi script test dialogs/library
  zhuqi script test my_dialog.yaml my_dialog.test.yaml --coverage
  zhuqi script test scripts --junit report.xml
A test names a dialog and writes conversations down (docs/script-tools.md has every step):
  test: job_subsidy
  at: 2026-03-02T10:00:00+08:00
  cases:
    - name: 外地企业不受理
      steps: [{user: 稳岗补贴}, {bot: reg}, {user: 外地}, {outcome: not_eligible}]
Exit status: 0 all pass, 1 an expectation failed or a test is wrong, 2 a file cannot be read.)";

namespace {

int percent(std::size_t part, std::size_t whole) { return whole == 0 ? 100 : static_cast<int>(part * 100 / whole); }

void print(const dialogs::script_set& scripts, const dialogs::test_results& results, bool missing) {
  for (const auto& c : results.cases) {
    if (c.failure) std::cout << dialogs::to_line(c, dialogs::lang::zh_cn) << '\n';
  }
  for (const auto& d : dialogs::coverage_of(scripts, results.passed)) {
    if (d.states_visited == 0 && (!missing || scripts.find(d.dialog)->file.starts_with(borrowed_name))) continue;
    std::cout << d.dialog << "：状态 " << d.states_visited << "/" << d.states << "（"
              << percent(d.states_visited, d.states) << "%），分支 " << d.edges_visited << "/" << d.edges << "（"
              << percent(d.edges_visited, d.edges) << "%）\n";
    if (!missing) continue;
    for (const auto& p : d.missing) {
      std::cout << "  未经过 " << dialogs::describe(scripts, p, dialogs::lang::zh_cn) << '\n';
    }
  }
  std::cout << results.cases.size() << " 个测试，" << results.failures() << " 个不通过\n";
}

}  // namespace

int test_scripts(const script_test_options& options) {
  if (options.paths.empty()) {
    std::cerr << "zhuqi: name a folder with scripts and *.test.yaml files, e.g. zhuqi script test dialogs/library\n";
    return exit_unreadable;
  }
  std::vector<std::string> scripts_at;
  std::vector<std::string> tests_at;
  for (const auto& path : options.paths) {
    const bool test = path.ends_with(".test.yaml");
    if (!test) scripts_at.push_back(path);
    tests_at.push_back(path);
  }
  std::erase_if(tests_at,
                [](const std::string& path) { return path.ends_with(".yaml") && !path.ends_with(".test.yaml"); });
  const auto texts = read_files(tests_at, ".test.yaml");
  if (!texts) return exit_unreadable;
  if (texts->empty()) {
    std::cerr << "zhuqi: no *.test.yaml found; zhuqi script test --help shows how one is written\n";
    return exit_unreadable;
  }
  const runnable set = load_runnable(scripts_at);
  if (set.scripts == nullptr) return set.code;
  const dialogs::read_tests read = dialogs::read_test_yaml(views_of(*texts), *set.scripts);
  for (const auto& d : read.diagnostics) std::cerr << dialogs::to_line(d, dialogs::lang::zh_cn) << '\n';
  if (dialogs::has_errors(read.diagnostics)) return exit_findings;
  const dialogs::test_results results = dialogs::run_tests(*set.scripts, read.tests);
  if (!options.junit.empty()) {
    std::ofstream out{options.junit, std::ios::binary};
    if (!(out << dialogs::to_junit(results) << std::flush)) {
      std::cerr << "zhuqi: cannot write " << options.junit << "; is its folder there, and may you write to it?\n";
      return exit_unreadable;
    }
  }
  if (options.form == output_form::json) {
    std::cout << dialogs::to_json_text(*set.scripts, results) << '\n';
  } else {
    print(*set.scripts, results, options.coverage);
  }
  return results.failures() == 0 ? 0 : exit_findings;
}

}  // namespace zhuqi::app
