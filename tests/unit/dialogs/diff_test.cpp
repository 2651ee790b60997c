// What changed between two versions, as the sentences that a reviewer reads.
#include "dialogs/script_diff.hpp"
#include "dialogs/script_yaml.hpp"
#include "tests/unit/dialogs/subsidy.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

script_source source_of(const std::vector<edit>& edits, const std::string& translation = "") {
  auto texts = subsidy_files(edits);
  if (!translation.empty()) texts.emplace_back("i18n/en.yaml", translation);
  const std::vector<script_file> files = views_of(texts);
  read_scripts read = read_yaml(files);
  for (const diagnostic& d : read.diagnostics) UNSCOPED_INFO(to_line(d, lang::en));
  REQUIRE_FALSE(has_errors(read.diagnostics));
  return std::move(read.source);
}

std::string told(const std::vector<edit>& edits) {
  std::string out;
  for (const script_change& c : diff_scripts(source_of({}), source_of(edits))) {
    out += (out.empty() ? "" : "\n") + c.zh + " | " + c.en;
  }
  return out;
}

constexpr auto script = "job_subsidy.yaml";

}  // namespace

TEST_CASE("each kind of change is one sentence in Chinese and English") {
  struct row {
    std::string name;
    edit what;
    std::string sentence;
  };
  const row rows[]{
      {"a branch that was added",
       {script, "next: cut\n", "next: [{if: staff > 100, to: human}, {to: cut}]\n"},
       "状态 staff：新增分支：若 staff > 100，则转 human | state staff: added branch: if staff > 100, to human"},
      {"a branch that leads elsewhere",
       {script, "{if: reg == \"other\", to: no_reg}", "{if: reg == 'other', to: human}"},
       "状态 reg：分支「若 reg == 'other'」由 no_reg 改为 human | "
       "state reg: branch \"if reg == 'other'\" changed from no_reg to human"},
      {"a question",
       {script, "贵企业在哪里注册？", "贵企业的注册地？"},
       "状态 reg：提问由 「贵企业在哪里注册？」 改为 「贵企业的注册地？」 | "
       "state reg: question changed from \"贵企业在哪里注册？\" to \"贵企业的注册地？\""},
      {"a retry that went",
       {script, ", 可在电子税务局「社保缴费」里查到，回复数字即可", ""},
       "状态 staff：删去第 2 次重问（原为 「可在电子税务局「社保缴费」里查到，回复数字即可」） | "
       "state staff: removed retry 2 (was \"可在电子税务局「社保缴费」里查到，回复数字即可\")"},
      {"a number of a policy",
       {"tables.yaml", "{from: 2024-01-01, is: 50}", "{from: 2024-01-01, is: 50}, {from: 2026-01-01, is: 80}"},
       "参数 small：自 2026-01-01 起由 50 改为 80 | parameter small: from 2026-01-01 changed from 50 to 80"},
      {"a limit",
       {script, "max: 100000", "max: 5000"},
       "变量 staff：上限由 100000 改为 5000 | variable staff: maximum changed from 100000 to 5000"},
      {"expiry",
       {script, "expire: 3d", "expire: 12h"},
       "对话 job_subsidy：过期时间由 3 天 改为 12 小时 | dialog job_subsidy: expiry changed from 3d to 12h"},
      {"an option",
       {script, "other: 外地}", "other: 外地, abroad: 境外}"},
       "变量 reg：新增选项：abroad「境外」 | variable reg: added option: abroad \"境外\""},
      {"the order of options, which is what users count by",
       {script, "{local: 本市, other: 外地}", "{other: 外地, local: 本市}"},
       "变量 reg：选项的先后次序改为：other；local | variable reg: order of option is now: other; local"},
      {"a service",
       {"tables.yaml", "timeout: 10s", "timeout: 1m"},
       "服务 case_create：超时由 10 秒 改为 1 分钟 | service case_create: timeout changed from 10s to 1m"},
      {"office hours",
       {"tables.yaml", "mon-fri: [\"09:00-12:00\", \"14:00-17:30\"]", "mon-fri: [\"09:00-17:30\"]"},
       ""},
      {"a new interrupt",
       {script, "interrupts:\n", "interrupts:\n  - {when: [算了], do: back}\n"},
       "新增插话「算了」 | added interrupt \"算了\""},
  };
  for (const row& r : rows) {
    INFO(r.name);
    const std::string came = told({r.what});
    if (r.sentence.empty()) {
      CHECK_THAT(came,
                 Catch::StartsWith("办公时间：周一由 09:00-12:00, 14:00-17:30 改为 09:00-17:30 | office hours: Mon"));
    } else {
      CHECK(came == r.sentence);
    }
  }
}

TEST_CASE("states that came and went are told as a whole") {
  const std::string came =
      told({{script, "  no_arrears: {say: 补缴后可再次自查。, cite: 第5条, end: not_eligible}\n", ""},
            {script, "to: no_arrears", "to: late"},
            {script, "  no_reg: ", "  late: {say: 请先补缴。, end: not_eligible}\n  no_reg: "}});
  CHECK_THAT(came, Catch::Contains("删去状态 no_arrears（end）「补缴后可再次自查。」"));
  CHECK_THAT(came, Catch::Contains("新增状态 late（end）「请先补缴。」 | added state late (end) \"请先补缴。\""));
  CHECK_THAT(came, Catch::Contains("分支「若 arrears」由 no_arrears 改为 late"));
}

TEST_CASE("translations are told by language") {
  const auto before = source_of({}, "job_subsidy.reg.ask: Where is it registered?\n");
  const auto after = source_of({}, "job_subsidy.reg.ask: Where are you registered?\n");
  const auto changes = diff_scripts(before, after);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].key == "ask@en");
  CHECK(changes[0].zh == "状态 reg：提问的 en 译文由 「Where is it registered?」 改为 「Where are you registered?」");
}

TEST_CASE("order of keys and of states, comments and the spelling of expressions are no changes") {
  CHECK(told({}).empty());
  CHECK(told({{script, "cut <= p.cut_cap || (staff <= p.small && cut <= p.cut_cap_small)",
               "cut<=p.cut_cap||staff<=p.small&&cut<=p.cut_cap_small"}})
            .empty());
  CHECK(told({{script, "    ask: 贵企业在哪里注册？\n    why: 外地企业由注册地人社局受理。\n",
               "    why: 外地企业由注册地人社局受理。  # 依据见文件\n    ask: 贵企业在哪里注册？\n"}})
            .empty());
  CHECK(told({{script,
               "  no_reg:     {say: 请向注册地人社局申请。, cite: 人社发〔2024〕1号 第3条, end: not_eligible}\n", ""},
              {script, "  saved:      {",
               "  no_reg: {say: 请向注册地人社局申请。, cite: 人社发〔2024〕1号 第3条, end: not_eligible}\n  saved:    "
               "  {"}})
            .empty());
}
