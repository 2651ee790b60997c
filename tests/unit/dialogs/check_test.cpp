// What the walk over regions tells apart: scripts that look broken and are not, and what a finding says about the values.
#include "dialogs/check_flow.hpp"
#include "dialogs/library.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace zhuqi;
using namespace zhuqi::dialogs;

namespace {

constexpr const char* tables = R"(
---
parameters: p
small: {type: int, values: [{from: 2020-01-01, is: 30}, {from: 2024-01-01, is: 50}]}
deadline: {type: date, values: [{from: 2020-01-01, is: 2025-06-30}]}
---
services: s
look_up: {args: {n: int}, returns: {kind: text, known: bool}, timeout: 5s}
)";

/// A dialog with these variables and states, and `lost` for whoever fails.
std::string dialog_of(const std::string& head, const std::string& vars, const std::string& states) {
  return "dialog: d\ntitle: 例\n" + head + "vars:\n" + vars +
         "outcomes: [done]\ndefaults: {tries: 3, on_fail: lost, expire: never}\nstates:\n" + states +
         "  lost: {say: 请到窗口办理。, end: done}\n  good: {say: 好的。, end: done}\n" + tables;
}

std::string found(const std::string& yaml) {
  std::string out;
  for (const diagnostic& d : load_scripts(std::vector<script_file>{{"d.yaml", yaml}}, completeness::part).diagnostics) {
    out += std::string{rule_id(d.what)} + ": " + sentence(d, lang::en) + "\n";
  }
  return out;
}

const std::string staff = "  n: {type: int, label: 人数, min: 1, max: 1000}\n";

}  // namespace

TEST_CASE("a ladder from the narrow to the wide is no overlap, and without a gap it needs no last branch") {
  CHECK(found(dialog_of("start: n\nparams: [small]\n", staff,
                        "  n: {ask: 多少人？, next: [{if: n <= p.small, to: few}, {if: n <= 300, to: some}, "
                        "{if: n <= 1000, to: good}]}\n"
                        "  few: {say: 小型。, next: good}\n  some: {say: 中型。, next: good}\n")) == "");
}

TEST_CASE("a gap names the values and the period that no branch is for") {
  CHECK(found(dialog_of("start: n\nparams: [small]\n", staff,
                        "  n: {ask: 多少人？, next: [{if: n < p.small, to: good}, {if: n >= 50, to: good}]}\n")) ==
        "guard-gap: No branch of \"n\" is for n = 30–49 (from 2020-01-01).\n");
  CHECK(found(dialog_of("start: q\n", "  q: {type: choice, label: 类, of: {a: 甲, b: 乙, c: 丙}}\n",
                        "  q: {ask: 哪类？, next: [{if: q == \"b\", to: good}]}\n")) ==
        "guard-gap: No branch of \"q\" is for q = a / c.\n");
}

TEST_CASE("a variable may be read where only those come who were asked") {
  const std::string vars = "  local: {type: bool, label: 本市}\n" + staff;
  const auto script = [&](const char* guard) {
    return dialog_of("start: local\n", vars,
                     std::string{"  local: {ask: 本市吗？, next: [{if: local, to: n}, {to: middle}]}\n"
                                 "  n: {ask: 多少人？, next: middle}\n"
                                 "  middle: {say: 请稍候。, next: [{if: "} +
                         guard + ", to: told}, {to: good}]}\n  told: {say: \"{n} 人。\", next: good}\n");
  };
  CHECK(found(script("local")) == "");
  CHECK(found(script("local && n > 10")) == "");
  CHECK(found(script("\"!local\"")).starts_with("read-before-asked"));
}

TEST_CASE("a branch that earlier answers exclude is impossible, and what only it leads to is out of reach") {
  const std::string vars = "  local: {type: bool, label: 本市}\n" + staff;
  CHECK(found(dialog_of("start: local\n", vars,
                        "  local: {ask: 本市吗？, next: [{if: local, to: n}, {to: good}]}\n"
                        "  n: {ask: 多少人？, next: [{if: \"!local\", to: far}, {to: good}]}\n"
                        "  far: {say: 外地。, next: good}\n")) ==
        "impossible-branch: In \"n\" the condition \"!local\" never holds when it is reached.\n"
        "unreachable-state: State \"far\" cannot be reached from the start.\n");
}

TEST_CASE("texts are told apart by the constants they are compared with, other conditions on them are left to people") {
  const std::string vars = staff;
  const auto script = [&](const char* first, const char* second) {
    return dialog_of("start: n\n", vars,
                     std::string{"  n: {ask: 多少人？, next: ask_them}\n"
                                 "  ask_them: {say: 请稍候。, do: svc.look_up(n), on_error: lost, next: [{if: '"} +
                         first + "', to: good}, {if: '" + second + "', to: lost}]}\n");
  };
  CHECK(found(script("result.kind == \"a\"", "result.kind != \"a\"")) == "");
  CHECK(found(script("result.known", "!result.known")) == "");
  CHECK(found(script("result.kind == \"a\"", "result.kind == \"b\"")) ==
        "guard-gap: No branch of \"ask_them\" is for result.kind = ….\n");
  CHECK(found(script("result.kind.startsWith(\"a\")", "!result.kind.startsWith(\"a\")")).find("not-proved") !=
        std::string::npos);
}

TEST_CASE("dates are cut at the dated values of parameters") {
  CHECK(found(dialog_of(
            "start: day\nparams: [deadline]\n", "  day: {type: date, label: 日期}\n",
            "  day: {ask: 哪天？, next: [{if: day <= p.deadline, to: good}, {if: day > p.deadline, to: lost}]}\n")) ==
        "");
  CHECK(found(dialog_of(
            "start: day\nparams: [deadline]\n", "  day: {type: date, label: 日期}\n",
            "  day: {ask: 哪天？, next: [{if: day < p.deadline, to: good}, {if: day > p.deadline, to: lost}]}\n")) ==
        "guard-gap: No branch of \"day\" is for day = 2025-06-30 (from 2020-01-01).\n");
}

TEST_CASE("what a called dialog hands back may be read after the outcomes that set it, and only there") {
  const auto script = [](const char* outcome) {
    return std::string{
               "dialog: d\ntitle: 例\nstart: go\nvars:\n  n: {type: int, label: 人数}\noutcomes: [done]\n"
               "defaults: {tries: 3, on_fail: lost, expire: never}\nstates:\n"
               "  go: {call: e, take: {n: m}, next: [{if: outcome == \""} +
           outcome +
           "\", to: told}, {to: lost}]}\n"
           "  told: {say: \"{n} 人。\", end: done}\n  lost: {say: 再见。, end: done}\n---\n"
           "dialog: e\ntitle: 例\nstart: m\noutputs: [m]\nvars:\n  m: {type: int, label: 人数}\n"
           "outcomes: [counted, unknown]\ndefaults: {tries: 3, on_fail: lost, expire: never}\nstates:\n"
           "  m: {ask: 多少人？, next: good}\n  good: {say: 好的。, end: counted}\n"
           "  lost: {say: 没有记下。, end: unknown}\n";
  };
  CHECK(found(script("counted")) == "");
  CHECK(found(script("unknown")).starts_with("read-before-asked"));
}

TEST_CASE("where a type has limits that regions do not know, a gap is not claimed, only that none is proved") {
  CHECK(found(dialog_of("start: t\n", "  t: {type: text, label: 等级, pattern: \"A|B\"}\n",
                        "  t: {ask: 哪级？, next: [{if: t == \"A\", to: good}, {if: t == \"B\", to: lost}]}\n"))
            .starts_with("missing-otherwise"));
}

TEST_CASE("a state that 人工 and the timer both lead to is walked both ways: by the timer it does not return") {
  const std::string script =
      "dialog: d\ntitle: 例\nstart: go\nvars: {}\noutcomes: [done]\n"
      "defaults: {tries: 3, on_fail: good, expire: never}\nstates:\n"
      "  go: {call: e, next: [{if: outcome == \"counted\", to: good}, {if: outcome == \"left\", to: lost}]}\n"
      "  good: {say: 好的。, end: done}\n  lost: {say: 再见。, end: done}\n---\n"
      "dialog: e\ntitle: 例\nstart: m\nvars:\n  m: {type: bool, label: 是否}\noutcomes: [counted, left]\n"
      "defaults: {tries: 3, on_fail: good, on_human: aside, expire: 1d, on_expire: aside}\nstates:\n"
      "  m: {ask: 是吗？, next: good}\n  good: {say: 好的。, end: counted}\n  aside: {say: 先到这里。, end: left}\n";
  CHECK(found(script).find("unreachable-state") == std::string::npos);
}

TEST_CASE("a dialog with more cases than are walked is not proved, which is no error") {
  std::string vars, states, guard;
  for (int i = 0; i < 14; ++i) {
    const std::string id = "q" + std::to_string(i);
    vars += "  " + id + ": {type: choice, label: 第" + std::to_string(i) + "题, of: {a: 甲, b: 乙, c: 丙}}\n";
    states += "  " + id + ": {ask: 哪个？, next: " + (i == 13 ? "sum" : "q" + std::to_string(i + 1)) + "}\n";
    guard += (guard.empty() ? "" : " && ") + id + " == \"a\"";
  }
  states += "  sum: {say: 请稍候。, next: [{if: '" + guard + "', to: lost}, {to: good}]}\n";
  CHECK(found(dialog_of("start: q0\n", vars, states)) ==
        "not-proved: \"d\" is not proved: it has over 200000 cases.\n");
}

TEST_CASE("docs/script-rules.md has a row for every rule") {
  std::ifstream in{ZHUQI_SOURCE_DIR "/docs/script-rules.md"};
  const std::string page{std::istreambuf_iterator<char>{in}, {}};
  for (int r = 0; r <= static_cast<int>(rule::missing_main_menu); ++r) {
    const std::string row = "| `" + std::string{rule_id(static_cast<rule>(r))} + "` |";
    INFO(row);
    CHECK(page.find(row) != std::string::npos);
  }
}
