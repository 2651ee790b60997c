// The script language as docs/scripts.md tells it, on one subsidy dialog: typed answers, parameters by date, checks, ranges, files, services,
// remembered answers, 改, 取消, 继续, questions in between, office hours.
#include "tests/unit/dialogs/talk.hpp"

namespace zhuqi::dialogs::test {
namespace {

constexpr unix_ms monday_ten{1'772'416'800'000};    // 2026-03-02 10:00 +08:00
constexpr unix_ms sunday_night{1'772'375'400'000};  // 2026-03-01 22:30 +08:00
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;

const char* const subsidy = R"yaml(
parameters: job
small:   {type: int, values: [{from: 2020-01-01, is: 30}, {from: 2026-03-02, is: 50}], source: 示例文件}
cut_cap: {type: percent, values: [{from: 2020-01-01, is: 5.5%}]}
---
services: cases
case_create:
  args: {staff: int, roster: files}
  returns: {case_no: text}
  timeout: 10s
  once: true
---
hours: office
utc_offset: "+08:00"
week: {mon-fri: ["09:00-12:00", "14:00-17:30"]}
holidays: [2026-10-01]
---
faq: general
entries:
  - {id: who, ask: [你们是谁, 这是什么平台], say: 这是市政府的助企服务平台。}
---
dialog: main_menu
title: 主菜单
start: choose
vars:
  pick: {type: choice, of: {subsidy: 稳岗补贴, profile: 企业名称}}
outcomes: [done]
defaults: {tries: 3, on_fail: human, expire: never}
states:
  choose:
    ask: 请选择。
    into: pick
    next: [{if: pick == "subsidy", to: subsidy}, {to: profile}]
  subsidy: {call: job_subsidy, next: choose}
  profile: {call: remember, next: choose}
  human: {say: 已转人工。, handoff: {queue: 综合}, end: done}
---
dialog: remember
title: 企业名称
start: name
vars: {name: {type: text, label: 企业名称, slot: company_name, fresh: 90d, min: 2, max: 40}}
outcomes: [saved, human]
defaults: {tries: 3, on_fail: human, expire: never}
states:
  name: {ask: 请填写企业名称。, next: saved}
  saved: {say: 已保存。, end: saved, save: profile}
  human: {say: 已转人工。, handoff: {queue: 综合}, end: human}
---
dialog: job_subsidy
title: 稳岗补贴
start: name
params: [small, cut_cap]
vars:
  name:    {type: text, label: 企业名称, slot: company_name, fresh: 90d, min: 2, max: 40}
  staff:   {type: int, label: 参保人数, min: 1, max: 100000, approximate: true}
  cut:     {type: percent, label: 裁员率, min: 0%, max: 100%}
  rent:    {type: money, label: 年租金, min: 1元}
  lease:   {type: date, label: 租约到期日, max: 2030-12-31, lean: future}
  roster:  {type: files, label: 名册, accept: [pdf, jpg], max_mb: 1, max_n: 2}
  sure:    {type: bool}
outcomes: [submitted, not_eligible, human, saved]
defaults: {tries: 3, on_fail: human, on_human: human, remind: 10m, expire: 3d, on_expire: saved}
interrupts:
  - {when: [政策原文], say: 见示例文件。, then: resume}
  - {when: faq, min_score: 0.8, then: resume}
states:
  name: {ask: 请填写企业名称。, next: staff}
  staff:
    ask: 上月参保人数是多少？
    why: 人数关系到适用的标准。
    unknown: not_sure
    next: [{if: staff <= p.small, to: cut}, {to: too_big}]
  cut:
    ask: 上年度裁员率是百分之几？
    next: [{if: cut <= p.cut_cap, to: rent}, {to: too_many}]
  rent:
    ask: 一年的租金是多少？
    checks: [{that: rent <= yuan(10000000), else: "年租金 {rent} 看起来太高，请核对。"}]
    next: lease
  lease: {ask: 租约哪天到期？, next: roster}
  roster: {ask: 请发送名册，发完回复「好了」。, done: [好了], next: sure}
  sure:
    ask: "{summary}\n共 {roster.size()} 份，确认提交吗？"
    next: [{if: sure, to: submit}, {to: human}]
  submit: {do: "svc.case_create(staff, roster)", say: 正在提交。, on_error: human, next: done}
  done: {say: "已受理，编号 {result.case_no}。", end: submitted}
  not_sure: {say: 可在社保系统中查询后再来。, end: saved}
  too_big: {say: "参保 {staff} 人，超过 {p.small} 人。", end: not_eligible}
  too_many: {say: "裁员率 {cut}，超过 {p.cut_cap}。", end: not_eligible}
  human:
    say: 已转人工。
    handoff: {queue: 社保, note: "{summary}", sla: 30m, attach: [roster], closed_now: closed}
    end: human
  closed: {say: "现在是非工作时间，{opens} 起回复。", end: human}
  saved: {say: 已保存，回复「继续」即可接着办。, end: saved}
)yaml";

script_set_ptr subsidy_scripts() {
  static const script_set_ptr set = with_dialog(subsidy);
  return set;
}

talk begun(unix_ms at = monday_ten) {
  talk t{subsidy_scripts()};
  t.clock = at;
  t.all("你好", "1");
  REQUIRE(t.state() == "name");
  return t;
}

talk at_roster() {
  talk t = begun();
  t.all("海丰纺织", "35人", "5%", "1.2万", "明年6月30日");
  INFO(t.said);
  REQUIRE(t.state() == "roster");
  return t;
}

event::media file(std::string type, std::int64_t bytes, std::string ref) {
  return {"file", std::move(ref), "名册", std::move(type), bytes};
}

}  // namespace

TEST_CASE("language: answers are typed as people type them, and shown as people read them") {
  talk t = at_roster();
  CHECK(t.var("staff") == "35");
  CHECK(t.var("cut") == "5");
  CHECK(t.var("rent") == "1200000");
  CHECK(t.var("lease") == "2027-06-30");
}

TEST_CASE("language: a parameter has the value of the day") {
  for (const auto& [at, state] : {std::pair{monday_ten, "cut"}, {sunday_night, "choose"}}) {
    talk t = begun(at);
    t.all("海丰纺织", "35");
    CHECK(t.state() == state);
  }
}

TEST_CASE("language: a check has its own words, names the answer, and costs a try") {
  talk t = begun();
  t.all("海丰纺织", "35", "5%", "两千万元");
  CHECK(t.says("年租金 2,000万元 看起来太高"));
  CHECK(t.state() == "rent");
  CHECK(t.now.stack.back().attempt == 1);
}

TEST_CASE(
    "language: a range is an answer where it decides, and asked for exactly where it does not, keeping what came "
    "later") {
  talk t = begun();
  t.all("海丰纺织", "二十多个人");
  CHECK(t.state() == "cut");
  talk wide = begun();
  wide.all("海丰纺织", "四五十人以上");
  INFO(wide.said);
  CHECK(wide.state() == "staff");
  CHECK(wide.says("准确"));
  wide.say("48");
  CHECK(wide.state() == "cut");
}

TEST_CASE("language: 不清楚 goes where the question says, else it is no way round the question") {
  talk t = begun();
  t.all("海丰纺织", "不清楚");
  CHECK(t.says("可在社保系统中查询后再来"));
  talk other = begun();
  other.all("海丰纺织", "35", "不知道");
  CHECK(other.state() == "cut");
}

TEST_CASE("language: files are taken by kind, size and number, and closed by a word") {
  talk t = at_roster();
  t.feed(file("exe", 10, "f0"));
  CHECK(t.says("pdf"));
  t.feed(file("pdf", 2 * 1024 * 1024, "f0"));
  CHECK(t.says("1 MB"));
  t = at_roster();
  t.say("好了");
  CHECK(t.state() == "roster");
  t.feed(file("pdf", 1000, "f1"));
  CHECK(t.says("第 1 份"));
  t.feed(event::media{"image", "f2", ""});
  t.feed(file("pdf", 1000, "f3"));
  CHECK(t.says("最多 2 份"));
  t.say("好了");
  CHECK(t.state() == "sure");
  CHECK(t.says("共 2 份"));
  CHECK(t.var("roster") == "f1\nf2");
}

TEST_CASE("language: a service is asked once, its result named, and its failure leads to a human with everything") {
  talk t = at_roster();
  t.feed(file("pdf", 1000, "f1"));
  t.all("好了", "是");
  const auto* call = t.effect_of<effect::call>();
  REQUIRE(call != nullptr);
  CHECK(call->service == "case_create");
  CHECK(call->args == std::map<std::string, std::string>{{"roster", "f1"}, {"staff", "35"}});
  const std::string id = call->id;

  SECTION("while it works, words wait and 人工 works") {
    t.say("好了吗");
    CHECK(t.says("正在处理"));
    t.say("人工");
    CHECK(t.now.owner == talker::queue);
  }
  SECTION("its result is told") {
    t.feed(event::service_result{id, "", {{"case_no", "A-17"}}});
    CHECK(t.says("编号 A-17"));
    CHECK(t.effect_of<effect::ended>()->outcome == "submitted");
  }
  SECTION("a failure, a timeout, a result of another call, or one without its fields") {
    t.feed(event::service_result{"c99", "", {{"case_no", "X"}}});
    CHECK(t.messages.empty());
    SECTION("failure") { t.feed(event::service_result{id, "refused", {}}); }
    SECTION("no field") { t.feed(event::service_result{id, "", {}}); }
    SECTION("timeout") {
      REQUIRE(t.now.timers.front().name == "call:" + id);
      t.clock = t.now.timers.front().due;
      t.feed(event::timer{"call:" + id, t.clock});
    }
    CHECK(t.now.owner == talker::queue);
    const auto* handoff = t.effect_of<effect::handoff>();
    REQUIRE(handoff != nullptr);
    CHECK(handoff->queue == "社保");
    CHECK(handoff->sla_ms == 30 * 60 * 1000);
    CHECK(handoff->attach == std::vector<std::string>{"f1"});
    CHECK(handoff->note.find("参保人数：35") != std::string::npos);
  }
}

TEST_CASE("language: outside office hours the user learns when officials are there again") {
  talk t = begun(sunday_night);
  t.say("人工");
  CHECK(t.now.owner == talker::queue);
  CHECK(t.says("2026年3月2日 9:00"));
  talk open = begun();
  open.say("人工");
  CHECK(open.says("已转人工"));
}

TEST_CASE("language: what is known and fresh is not asked; what is old is asked after") {
  talk t{subsidy_scripts()};
  t.clock = monday_ten;
  t.all("你好", "2", "海丰纺织", "1");
  CHECK(t.state() == "staff");
  t.say("主菜单");
  t.clock = monday_ten + 91 * day_ms;
  t.say("1");
  CHECK(t.state() == "name");
  CHECK(t.says("我们记得企业名称是「海丰纺织」"));

  SECTION("yes keeps it, for another 90 days") {
    t.say("是");
    CHECK(t.state() == "staff");
    CHECK(t.var("name") == "海丰纺织");
    t.all("主菜单", "1");
    CHECK(t.state() == "staff");
  }
  SECTION("no asks") {
    t.say("不是");
    CHECK(t.says("请填写企业名称"));
    t.say("海丰科技");
    CHECK(t.var("name") == "海丰科技");
  }
}

TEST_CASE("language: 改 takes one answer back and keeps the later ones") {
  talk t = at_roster();
  t.say("改参保人数");
  CHECK(t.state() == "staff");
  t.say("36");
  CHECK(t.state() == "roster");
  CHECK(t.var("staff") == "36");
  CHECK(t.var("rent") == "1200000");

  SECTION("unless the way no longer passes them") {
    t.all("修改 裁员率", "8%");
    CHECK(t.says("裁员率 8%"));
  }
}

TEST_CASE("language: 取消 leaves the dialog, and a question in between comes back to the same question") {
  talk t = at_roster();
  t.say("政策原文");
  CHECK(t.says("见示例文件"));
  CHECK(t.state() == "roster");
  t.say("你们是谁呀");
  CHECK(t.says("助企服务平台"));
  CHECK(t.state() == "roster");
  CHECK(t.now.stack.back().attempt == 0);
  t.say("取消");
  CHECK(t.state() == "choose");
}

TEST_CASE("language: 继续 takes up after days what expired half-way, also on another version") {
  talk t = at_roster();
  REQUIRE(t.now.timers.back().name == "expire");
  t.clock = t.now.timers.back().due;
  t.feed(event::timer{"expire", t.clock});
  CHECK(t.says("已保存"));
  t.clock = t.clock + 5 * day_ms;

  SECTION("on the same version") {
    t.say("继续");
    CHECK(t.state() == "roster");
    CHECK(t.var("rent") == "1200000");
    CHECK_FALSE(t.says("租金是多少"));
  }
  SECTION("on a version that asks differently: what still fits is kept") {
    std::string changed = subsidy;
    changed.replace(changed.find("cut:     {type: percent"), 23, "cut:     {type: money  ");
    changed.replace(changed.find("cut <= p.cut_cap"), 16, "cut <= yuan(500)");
    const std::string bounds = ", min: 0%, max: 100%";
    changed.erase(changed.find(bounds), bounds.size());
    changed.replace(changed.find("超过 {p.cut_cap}"), std::string{"超过 {p.cut_cap}"}.size(), "太多");
    talk other{with_dialog(changed)};
    other.now = t.now;
    other.clock = t.clock;
    other.say("继续");
    INFO(other.said);
    CHECK(other.state() == "cut");
    CHECK(other.var("staff") == "35");
  }
  SECTION("where nothing is saved, it says so") {
    t.say("继续");
    t.all("主菜单", "继续");
    CHECK(t.says("没有找到"));
  }
}

TEST_CASE(
    "language: moving to another version is silent where the place still stands, else the answers are walked again") {
  talk t = at_roster();
  SECTION("a changed text is no change of place") {
    std::string changed = subsidy;
    changed.replace(changed.find("租约哪天到期？"), std::string{"租约哪天到期？"}.size(), "租约到哪天？");
    talk other{with_dialog(changed)};
    other.now = t.now;
    other.feed(event::moved{"", "", answer_types(*subsidy_scripts(), t.now)});
    CHECK(other.messages.empty());
    CHECK(other.state() == "roster");
  }
  SECTION("a question that went is walked round") {
    std::string changed = subsidy;
    changed.replace(changed.find("  lease: {ask: 租约哪天到期？, next: roster}\n"),
                    std::string{"  lease: {ask: 租约哪天到期？, next: roster}\n"}.size(), "");
    changed.replace(changed.find("    next: lease\n"), 16, "    next: roster\n");
    talk other{with_dialog(changed)};
    other.clock = t.clock;
    other.now = t.now;
    other.feed(event::moved{"", "", answer_types(*subsidy_scripts(), t.now)});
    INFO(other.said);
    CHECK(other.says("办理流程已更新"));
    CHECK(other.state() == "roster");
    CHECK(other.var("rent") == "1200000");
  }
  SECTION("a withdrawal goes to the named state, answers kept") {
    talk other{subsidy_scripts()};
    other.clock = t.clock;
    other.now = t.now;
    other.feed(event::moved{"job_subsidy", "rent", {}});
    CHECK(other.state() == "rent");
    CHECK(other.var("staff") == "35");
  }
}

}  // namespace zhuqi::dialogs::test
