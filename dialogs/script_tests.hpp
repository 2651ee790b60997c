#pragma once
// Conversations written down next to a script, and what must come of them. The reader (tests_yaml.cpp) and the runner
// are functions of texts and scripts; files and clocks are the command's business.

#include "dialogs/diagnostic.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/script_yaml.hpp"
#include "dialogs/source_mark.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace zhuqi::dialogs {

namespace test_step {
struct user {
  std::string text;
};
struct media {
  event::media what;
};
struct menu {
  std::string key;
};
/// Time passes; timers that come due on the way fire.
struct wait {
  std::int64_t ms = 0;
};
/// The pending question, or an end, a handoff or a service call that the last input led to. "state" or "dialog.state".
struct bot {
  std::string state;
};
/// What the bot said since the last input holds this.
struct says {
  std::string part;
};
/// An answer as people write it or canonical; "variable" or "dialog.variable".
struct variable {
  std::string name;
  std::string value;
};
/// "outcome" of the tested dialog or "dialog.outcome".
struct outcome {
  std::string name;
};
/// The last input led to a handoff, to this queue unless it is "", with this in the note unless it is "".
struct handoff {
  std::string queue;
  std::string note;
};
using any = std::variant<user, media, menu, wait, bot, says, variable, outcome, handoff>;
}  // namespace test_step

/// What a service answers in a test.
struct mocked_reply {
  std::string error;                          ///< "" = it worked
  bool silent = false;                        ///< no answer: its timeout runs
  std::map<std::string, std::string> fields;  ///< as people write them, or canonical
};

/// By service; one reply after the other, the last repeats.
using mock_table = std::map<std::string, std::vector<mocked_reply>>;

struct test_action {
  test_step::any what;
  source_mark where;
};

struct test_case {
  std::string name;
  unix_ms at;
  lang language = lang::zh_cn;
  std::vector<std::pair<std::string, std::string>> profile;  ///< slots known at `at`, as people write them
  mock_table mocks;
  std::vector<test_action> steps;
  source_mark where;
};

/// One document of a *.test.yaml.
struct script_test {
  std::string dialog;
  std::string file;
  source_mark where;
  std::vector<test_case> cases;
};

struct read_tests {
  std::vector<script_test> tests;
  std::vector<diagnostic> diagnostics;  ///< in the order of files and lines
};

/// Never throws for what a file says. Names of dialogs, states, services, slots and outcomes are looked up in
/// `scripts`.
read_tests read_test_yaml(std::span<const script_file> files, const script_set& scripts);

/// A file of mocks alone, as under `mock:` of a case; for conversations by hand.
mock_table read_mock_yaml(const script_file& file, const script_set& scripts, std::vector<diagnostic>& diagnostics);

/// RFC 3339 ("2026-03-02T10:00:00+08:00").
std::optional<unix_ms> parse_instant(std::string_view text);

/// An expectation that did not hold.
struct test_failure {
  source_mark where;
  std::string expected_zh, expected_en;
  std::string came_zh, came_en;
};

struct case_result {
  std::string dialog, name, file;
  source_mark where;
  std::optional<test_failure> failure;  ///< the first; what follows from it is not worth reading
};

struct test_results {
  std::vector<case_result> cases;
  std::set<passage> passed;  ///< what the tests went through
  std::size_t failures() const;
};

/// Sees every step of the engine before it is taken, for measuring.
using step_watch = std::function<void(const snapshot&, const any_event&, unix_ms now)>;

test_results run_tests(const script_set& scripts, std::span<const script_test> tests, const step_watch& watch = {});

/// "file:line:column: case: expected …, came …" in one line without its end.
std::string to_line(const case_result& failed, lang l);

/// How much of a dialog the tests went through.
struct dialog_coverage {
  std::string dialog;
  std::size_t states = 0, states_visited = 0;
  std::size_t edges = 0, edges_visited = 0;
  std::vector<passage> missing;  ///< states (by::entry) and edges, in the order of the file
};
std::vector<dialog_coverage> coverage_of(const script_set& scripts, const std::set<passage>& passed);
/// "state no_cut", "staff: branch if …, to human".
std::string describe(const script_set& scripts, const passage& p, lang l);

/// JUnit XML, one testsuite per dialog.
std::string to_junit(const test_results& results);
/// {cases: […], coverage: […], failures} (script_tests_json.cpp).
std::string to_json_text(const script_set& scripts, const test_results& results);

}  // namespace zhuqi::dialogs
