// The defects, by kind. A row is the whole edit, so that it can be read as a mistake that a person makes.
#include "tests/unit/dialogs/mutants.hpp"

#include <string>

namespace zhuqi::dialogs::test {
namespace {

constexpr const char* job = "job_subsidy.yaml";
constexpr const char* upload = "upload_docs.yaml";
constexpr const char* tables = "tables.yaml";
constexpr const char* problem = "raise_problem.yaml";
constexpr const char* company = "company_profile.yaml";
constexpr const char* menu = "main_menu.yaml";
constexpr const char* english = "i18n/en.yaml";
constexpr const char* language = "choose_language.yaml";

std::string repeated(const std::string& part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

std::string numbered_options(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += ", x" + std::to_string(i) + ": 外地" + std::to_string(i);
  return out;
}

}  // namespace

// clang-format off: a table reads by its rows
const std::vector<mutant>& mutants() {
  static const std::string long_question = "ask: " + repeated("贵企业在哪里注册？", 80);
  static const std::string long_label = "of: {local: 本市, other: " + repeated("外地", 25) + "}";
  static const std::string many_options = "of: {local: 本市, other: 外地" + numbered_options(20) + "}";
  static const std::vector<mutant> all{
      {"unreachable", job, "{if: reg == \"other\", to: no_reg}", "{if: reg == \"other\", to: arrears}",
       rule::unreachable_state},
      {"unreachable", job, "  saved: {", "  orphan: {say: 走不到。, end: eligible}\n  saved: {",
       rule::unreachable_state},
      {"unreachable", job, "{if: paid >= yuan(100000), to: large}", "{if: paid > yuan(1000000000), to: large}",
       rule::unreachable_state},
      {"unreachable", problem, "{if: field == \"category\", to: change_category}",
       "{if: field == \"category\", to: change_matter}", rule::unreachable_state},
      {"dead end", job, "{that: staff != 99999,", "{that: staff > 200000,", rule::no_path_to_end},
      {"dead end", company, "into: name, next: confirm}", "into: name, next: change_name}", rule::no_path_to_end},
      {"dead end", upload, "on_error: human, next: decided}", "on_error: human, next: sure}", rule::no_path_to_end},
      {"dead end", job, "next: [{if: arrears, to: no_arrears}, {to: staff}]",
       "next: [{if: arrears, to: arrears}, {to: arrears}]", rule::no_path_to_end},
      {"silent end", job, "no_reg: {say: 请向注册地人社局申请。, cite: 第三条, end", "no_reg: {end", rule::silent_end},
      {"silent end", job, "    say: 已为您转接社保窗口。\n", "", rule::silent_end},
      {"silent end", problem, "dropped: {say: 好的，本次内容没有提交。需要时请随时回来。, end", "dropped: {end",
       rule::silent_end},
      {"silent end", upload, "human: {say: 已转材料窗口。, handoff", "human: {handoff", rule::silent_end},
      {"guard gap", job, "{if: staff > p.small, to: cut}", "{if: staff > 50, to: cut}", rule::guard_gap},
      {"guard gap", job, "{if: staff > p.small, to: cut}", "{if: staff > p.small && staff < 100000, to: cut}",
       rule::guard_gap},
      {"guard gap", job, "next: [{if: arrears, to: no_arrears}, {to: staff}]",
       "next: [{if: \"!arrears\", to: staff}, {if: \"arrears && reg == \\\"other\\\"\", to: no_arrears}]",
       rule::guard_gap},
      {"guard gap", job, "{if: outcome == \"submitted\", to: done}, {to: later}",
       "{if: outcome == \"submitted\", to: done}, {if: outcome == \"saved\", to: later}", rule::guard_gap},
      {"guard gap", job, "{if: cut <= p.cut_cap, to: paid}, {to: no_cut}",
       "{if: cut <= p.cut_cap, to: paid}, {if: cut > 5.6, to: no_cut}", rule::guard_gap},
      {"overlap", job, "{if: staff > p.small, to: cut}", "{if: staff >= p.small, to: cut}", rule::overlapping_branches},
      {"overlap", job, "{if: staff > p.small, to: cut}", "{if: staff > 10, to: cut}", rule::overlapping_branches},
      {"overlap", company,
       "{if: decision == \"save\", to: saved}\n      - {if: decision == \"change\", to: choose_field}",
       "{if: decision != \"drop\", to: saved}\n      - {if: decision != \"save\", to: choose_field}",
       rule::overlapping_branches},
      {"shadowed branch", job, "{if: paid >= yuan(100000), to: large}",
       "{if: paid >= yuan(50000), to: ok}, {if: paid >= yuan(100000), to: large}", rule::shadowed_branch},
      {"shadowed branch", problem, "{if: decision == \"change\", to: choose_field}",
       "{if: decision == \"submit\", to: choose_field}", rule::shadowed_branch},
      {"shadowed branch", job, "next: [{if: staff <= p.small, to: small_cut}",
       "next: [{if: staff <= 50, to: cut}, {if: staff <= p.small, to: small_cut}", rule::shadowed_branch},
      {"impossible branch", job, "{if: cut <= p.cut_cap, to: paid}", "{if: cut > 100, to: paid}",
       rule::impossible_branch},
      {"impossible branch", job, "{if: arrears, to: no_arrears}", "{if: arrears && reg == \"other\", to: no_arrears}",
       rule::impossible_branch},
      {"impossible branch", job, "{if: paid >= yuan(100000), to: large}", "{if: paid < yuan(0), to: large}",
       rule::impossible_branch},
      {"impossible branch", job, "into: cut\n    next: [", "into: cut\n    next: [{if: staff > 50, to: no_cut}, ",
       rule::impossible_branch},
      {"undefined variable", job, "no_arrears: {say: 补缴后可再次自查。",
       "no_arrears: {say: \"{staff} 人欠缴，补缴后可再次自查。\"", rule::read_before_asked},
      {"undefined variable", job, "{if: arrears, to: no_arrears}", "{if: arrears && staff > 1, to: no_arrears}",
       rule::read_before_asked},
      {"undefined variable", job, "note: \"{summary}\"", "note: \"{summary} {cut}\"", rule::read_before_asked},
      {"undefined variable", upload, "saved: {say: 材料已保存 7 天，随时可继续。",
       "saved: {say: \"材料已保存 7 天：{licence}\"", rule::read_before_asked},
      {"undefined variable", problem, "ask: 这件事有多紧急？", "ask: \"{contact}，这件事有多紧急？\"",
       rule::read_before_asked},
      {"result before do", upload, "say: 已转材料窗口。", "say: \"已转材料窗口，编号 {result.case_no}。\"",
       rule::no_result_yet},
      {"result before do", upload, "{if: sure, to: submit}", "{if: sure && !result.accepted, to: submit}",
       rule::no_result_yet},
      {"type error", job, "staff <= p.small, to", "staff <= \"30\", to", rule::expression},
      {"type error", job, "cut <= p.cut_cap, to", "cut <= staff, to", rule::expression},
      {"type error", job, "参保 {staff} 人", "参保 {staff + reg} 人", rule::expression},
      {"type error", job, "{if: arrears, to", "{if: staff, to", rule::expression},
      {"type error", job, "with: {people: staff}", "with: {people: reg}", rule::call_arguments},
      {"type error", job, "reg == \"other\"", "reg == \"abroad\"", rule::unknown_option},
      {"missing translation", english, "system.welcome_back: Hello again, glad to be of service.\n", "",
       rule::missing_translation},
      {"missing translation", company, "change_name: {ask: 请重新填写企业全称。",
       "change_name: {why: 名称用于匹配政策。, ask: 请重新填写企业全称。", rule::missing_translation},
      {"missing translation", language, "unchanged: {say", "later: {say: 稍后再选。, end: kept}\n  unchanged: {say",
       rule::missing_translation},
      {"placeholder mismatch", english, "  {summary}\n", "  your answers\n", rule::placeholder_mismatch},
      {"placeholder mismatch", english, "system.summary_line: \"{label}: {value}\"", "system.summary_line: \"{value}\"",
       rule::placeholder_mismatch},
      {"placeholder mismatch", english, "at least {limit} characters", "at least {count} characters",
       rule::placeholder_mismatch},
      {"placeholder mismatch", problem, "ask: 这件事有多紧急？", "ask: \"{category}：这件事有多紧急？\"",
       rule::placeholder_mismatch},
      {"uncapped loop", upload, "sure: {type: bool}", "sure: {type: bool, label: 确认提交}", rule::uncapped_loop},
      {"uncapped loop", job, "no_cut: {say: \"裁员率 {cut} 超过上限。\", cite: 第四条, end: not_eligible}",
       "no_cut: {say: \"裁员率 {cut} 超过上限，请核对。\", next: staff}", rule::uncapped_loop},
      {"uncapped loop", job, "    ask: 上年度缴纳失业保险费多少？\n",
       "    ask: 上年度缴纳失业保险费多少？\n    on_fail: paid\n", rule::uncapped_loop},
      {"uncapped loop", problem, "    ask: 请留下联系人姓名。\n", "    ask: 请留下联系人姓名。\n    on_fail: urgency\n",
       rule::uncapped_loop},
      {"loop without question", job, "large: {say: \"缴费 {paid}，由市局受理。\", next: ok}",
       "large: {say: \"缴费 {paid}，由市局受理。\", next: large}", rule::endless_without_question},
      {"loop without question", upload, "on_error: human, next: decided}", "on_error: submit, next: decided}",
       rule::endless_without_question},
      {"missing on_error", upload, "on_error: human, ", "", rule::missing_on_error},
      {"missing on_error", upload,
       "submit: {say: 正在提交。, do: \"svc.case_create(licence, roster)\", on_error: human, next: decided}",
       "submit: {do: \"svc.case_create(licence, roster)\", next: decided}", rule::missing_on_error},
      {"missing on_fail or tries", job, "tries: 3, on_fail: human", "tries: 3", rule::missing_on_fail},
      {"missing on_fail or tries", problem, "tries: 3, on_fail: human", "on_fail: human", rule::missing_tries},
      {"missing expiry", job, ", expire: 3d, on_expire: saved", ", on_expire: saved", rule::missing_expiry},
      {"missing expiry", upload, ", on_expire: saved", "", rule::missing_expiry},
      {"missing expiry", menu, ", expire: never", "", rule::missing_expiry},
      {"channel limit", job, "ask: 贵企业在哪里注册？", long_question.c_str(), rule::text_too_long},
      {"channel limit", job, "of: {local: 本市, other: 外地}", long_label.c_str(), rule::option_limit},
      {"channel limit", job, "of: {local: 本市, other: 外地}", many_options.c_str(), rule::option_limit},
      {"recursion", upload, "refused: {say: 材料不全，未予受理。, end: refused}",
       "refused: {call: job_subsidy, end: refused}", rule::recursive_call},
      {"recursion", language, "unchanged: {say: 语言保持不变。, end: kept}",
       "unchanged: {say: 语言保持不变。, call: main_menu, end: kept}", rule::recursive_call},
      {"unknown name", job, "next: [{if: cut <= p.cut_cap_small, to: paid}",
       "next: [{if: cut <= p.cut_cap_small, to: payed}", rule::unknown_target},
      {"unknown name", job, "call: upload_docs", "call: upload_files", rule::unknown_dialog},
      {"unknown name", upload, "svc.case_create", "svc.case_open", rule::unknown_service},
      {"unknown name", job, "params: [small,", "params: [small, tiny,", rule::unknown_parameter},
      {"unknown name", job, "cite: 第五条, end: not_eligible", "cite: 第五条, end: refused", rule::unknown_outcome},
      {"unknown name", job, "into: cut\n", "into: cuts\n", rule::unknown_variable},
      {"call", job, "    with: {people: staff}\n", "", rule::call_arguments},
      {"call", job, "with: {people: staff}", "with: {people: staff, more: cut}", rule::call_arguments},
      {"call", job, "    with: {people: staff}\n", "    with: {people: staff}\n    take: {staff: roster}\n",
       rule::call_arguments},
      {"call", upload, "case_create(licence, roster)", "case_create(licence)", rule::call_arguments},
      {"call", upload, "case_create(licence, roster)", "case_create(roster, licence)", rule::call_arguments},
      {"tables", tables, "cut_cap_small: {type: percent, values: [{from: 2020-01-01",
       "cut_cap_small: {type: percent, values: [{from: 2022-01-01", rule::parameter_gap},
      {"tables", job, "cut: {type: percent, label: 上年裁员率, min: 0, max: 100}",
       "cut: {type: date, label: 上年裁员率, min: 2024-01-01, max: 2020-01-01}", rule::empty_range},
      {"tables", company, "name: {type: text, label: 企业名称, slot: company_name",
       "name: {type: text, label: 企业名称, slot: contact_phone", rule::slot_type},
      {"tables", upload, "roster: {type: files", "spare: {type: bool}\n  roster: {type: files", rule::unused},
      {"tables", job, "outcomes: [eligible,", "outcomes: [eligible, withdrawn,", rule::unused},
      {"tables", job, "closed_now: leave_msg", "closed_now: staff", rule::closed_state},
      {"words", job, "other: 外地}", "other: 本市}", rule::duplicate_option},
      {"words", menu, "staff: 联系工作人员为我办理", "staff: 人工", rule::option_clash},
  };
  return all;
}
// clang-format on

}  // namespace zhuqi::dialogs::test
