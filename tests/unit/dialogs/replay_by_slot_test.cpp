// Recorded conversations on a draft: each class of difference, from scripts that differ by one edit.
#include "dialogs/script_replay.hpp"
#include "tests/unit/dialogs/subsidy.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

constexpr unix_ms monday{1'772'416'800'000};  // 2026-03-02T10:00:00+08:00
constexpr auto script = "job_subsidy.yaml";

/// What was logged of a user who types these lines, on the example; services answer at once.
recorded_dialog talked(const std::vector<std::string>& lines) {
  const auto scripts = subsidy();
  dialog_recorder recorder;
  unix_ms at = monday;
  recorder.take(*scripts, event::entered{""}, at);
  for (const std::string& line : lines) {
    at = at + 5'000;
    recorder.take(*scripts, event::text{line}, at);
    const auto& stack = recorder.state().stack;
    if (!stack.empty() && !stack.back().awaits.empty()) {
      recorder.take(*scripts, event::service_result{stack.back().awaits, "", {{"case_no", "A1"}}}, at);
    }
  }
  const auto all = recorder.finish();
  REQUIRE(all.size() == 1);
  CHECK(all[0].dialog == "job_subsidy");
  return all[0];
}

replay_verdict on(const std::vector<edit>& edits, const recorded_dialog& recorded) {
  return compare_by_slot(*subsidy(), *subsidy(edits), recorded);
}

const std::vector<std::string> eligible{"稳岗补贴", "本市", "没有", "40", "5%"};

}  // namespace

TEST_CASE("the same scripts give the same conversation, and the outcome that was logged") {
  for (const auto& lines : {eligible,
                            {"稳岗补贴", "外地"},
                            {"稳岗补贴", "本市", "没有", "很多", "40", "8%"},
                            {"稳岗补贴", "本市", "人工"},
                            {"稳岗补贴", "本市", "返回", "外地"},
                            {"稳岗补贴", "本市"}}) {
    const recorded_dialog recorded = talked(lines);
    const replay_verdict v = on({}, recorded);
    INFO(lines.back() << ": " << recorded.outcome << " / " << v.before.place);
    CHECK(v.what == replay_class::identical);
    CHECK(v.faithful);
  }
  CHECK(talked(eligible).outcome == "job_subsidy.eligible");
}

TEST_CASE("another wording is a difference of text only") {
  CHECK(on({{script, "上月参保人数是多少？", "上月有多少人参保？"}}, talked(eligible)).what == replay_class::text_only);
}

TEST_CASE("another limit flips the outcome, and says from what to what") {
  const replay_verdict v = on({{"tables.yaml", "[{from: 2020-01-01, is: 5.5}]", "[{from: 2020-01-01, is: 4.5}]"},
                               {"tables.yaml", "{from: 2024-01-01, is: 50}", "{from: 2024-01-01, is: 10}"}},
                              talked(eligible));
  CHECK(v.what == replay_class::outcome_flip);
  CHECK(v.before.place == "job_subsidy.eligible");
  CHECK(v.after.place == "job_subsidy.not_eligible");
}

TEST_CASE("questions in another order are answered by what was said for them") {
  const replay_verdict v =
      on({{script, "start: reg", "start: arrears"},
          {script, "{if: arrears, to: no_arrears}, {to: staff}", "{if: arrears, to: no_arrears}, {to: reg}"},
          {script, "{if: reg == \"other\", to: no_reg}, {to: arrears}",
           "{if: reg == \"other\", to: no_reg}, {to: staff}"}},
         talked(eligible));
  CHECK(v.after.place == "job_subsidy.eligible");
  CHECK(v.what == replay_class::text_only);
  CHECK(v.after.questions == v.before.questions);
}

TEST_CASE("a question that nobody was asked, and an answer that no longer fits, need new information") {
  const std::vector<edit> asks_more{
      {script, "vars:\n", "vars:\n  year: {type: int, label: 成立年份}\n"},
      {script, "    next: cut\n", "    next: year\n  year: {ask: 哪一年成立？, next: cut}\n"}};
  const replay_verdict more = on(asks_more, talked(eligible));
  CHECK(more.what == replay_class::needs_information);
  CHECK(more.after.missing == "job_subsidy.year");
  const replay_verdict refused = on({{script, "max: 100000", "max: 30"}}, talked(eligible));
  CHECK(refused.what == replay_class::needs_information);
  CHECK(refused.after.missing == "job_subsidy.staff");
  CHECK(refused.after.retries == 1);
}

TEST_CASE("going round and round is never reaching an end") {
  // The checker refuses such a draft; an older release may have published one.
  const auto texts = subsidy_files({{script, "{if: arrears, to: no_arrears}, {to: staff}",
                                     "{if: arrears, to: no_arrears}, {if: reg == \"other\", to: staff}, {to: reg}"}});
  const std::vector<script_file> files = views_of(texts);
  const auto unchecked = script_set::link(read_yaml(files).source);
  REQUIRE(unchecked.has_value());
  const replay_verdict v = compare_by_slot(*subsidy(), **unchecked, talked(eligible));
  CHECK(v.what == replay_class::no_end);
  CHECK(v.after.endless);
}

TEST_CASE("a dialog that the draft does not have never reaches an end") {
  recorded_dialog recorded = talked(eligible);
  recorded.dialog = "gone";
  CHECK(walk_by_slot(*subsidy(), recorded).endless);
}
