// Dialogs and cases: what an enterprise registers, asks, urges and rates in a conversation, in the turn's own transaction.

#include "bot/pipeline/case_services.hpp"
#include "bot/pipeline/case_sentences.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/replay.hpp"
#include "bot/runtime/metrics.hpp"
#include "dialogs/casework/case_number.hpp"
#include "dialogs/library.hpp"
#include "tests/unit/pipeline/case_rig.hpp"
#include "tests/unit/pipeline/rig.hpp"

#include <algorithm>

using namespace zhuqi;
using namespace zhuqi::pipeline_tests;
using rig_of = case_rig;
using cw::action;

namespace {

/// Lets somebody act between a service's answer and the commit of its turn.
struct interrupted final : pipeline::service_desk {
  explicit interrupted(pipeline::service_desk& real) : real_{real} {}
  std::optional<pipeline::service_answer> answer(const dialogs::effect::call& call,
                                                 const pipeline::service_asker& who) override {
    auto out = real_.answer(call, who);
    if (const auto now = std::exchange(between, {})) now();
    return out;
  }
  void committed(const std::vector<std::string>& numbers) override { real_.committed(numbers); }

  std::function<void()> between;

 private:
  pipeline::service_desk& real_;
};

/// The whole way from a message to the case, with the scripts of the library.
struct chat : case_rig {
  metrics::registry metrics;
  pipeline::live_feed feed;
  pipeline::script_cache scripts{*turns};
  pipeline::case_services real{*desk};
  interrupted services{real};
  pipeline::turn_runner runner{
      {*turns, scripts, feed, time, metrics, [](std::string_view) { return true; }, &services}};
  pipeline::intake intake{runner};
  int messages = 0;

  chat() {
    scripts.publish(dialogs::load_library(dialogs::library::files()).scripts, {}, time.now(), [](result<void>) {});
    settle();
  }
  std::string says(const std::string& user, const std::string& text) {
    std::vector<pipeline::turn_reply> replies;
    intake.submit(test_verifier::message(user, std::to_string(++messages), dialogs::event::text{text}),
                  std::make_shared<plain_encoder>(), rig::far,
                  [&](pipeline::turn_reply r) { replies.push_back(std::move(r)); });
    settle();
    REQUIRE(replies.size() == 1);
    return replies.front().bytes;
  }
  std::string says_all(const std::string& user, const std::vector<std::string>& texts) {
    std::string last;
    for (const auto& t : texts) last = says(user, t);
    return last;
  }
  storage::conversation head(const std::string& user) {
    storage::conversation out;
    turns->load("city", user, [&](result<storage::conversation> c) { out = c.value(); });
    return out;
  }
  std::vector<storage::case_row> cases_of(const std::string& user) {
    return cases->of_conversation(head(user).id, 10).value();
  }
  std::size_t faults_in_replay(const std::string& user) {
    std::size_t faults = 0;
    pipeline::replay again{
        [&](std::string_view version) { return version.empty() ? scripts.live() : scripts.find(version); },
        [&](conversation_id, std::string what) { UNSCOPED_INFO(what), ++faults; }};
    turns->events(head(user).id, {}, 1'000, [&](auto log) {
      for (const auto& e : log.value()) again.event(e);
    });
    again.finish();
    again.state(head(user));
    return faults;
  }

  /// Registers a cross-region matter as a person would; gives the number in the answer.
  std::string registers(const std::string& user) {
    const auto said = says_all(user, {"跨区域协调", "3", "烟台海丰纺织有限公司", "山东省青岛市", "无",
                                      "供应商停工，缺轴承两千套", "2026-03-20", "李敏", "13800138000", "确认"});
    const auto number = cw::find_number(said);
    INFO(said);
    REQUIRE(number.has_value());
    return cw::number_text(*number).value();
  }
  /// The officials' part until the answer.
  void answered(case_id id) {
    does(dispatcher, id, action::accept);
    does(dispatcher, id, action::dispatch, giving(industry));
    does(liaison, id, action::sign);
    does(handler, id, action::submit_reply, saying("已协调放行"));
    does(approver, id, action::approve_reply);
  }
};

bool has(const std::string& text, const std::string& part) {
  UNSCOPED_INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what an enterprise registers in a dialog is a case with a number, in the transaction of the turn") {
  chat c;
  const auto number = c.registers("wang");
  const auto rows = c.cases_of("wang");
  REQUIRE(rows.size() == 1);
  const auto& row = rows.front();
  CHECK(row.number == number);
  CHECK(row.state == "to_accept");
  CHECK(row.matter == "coordination");
  CHECK(row.source == "dialog");
  CHECK(row.company == "烟台海丰纺织有限公司");
  CHECK(row.title == "上下游企业配套：供应商停工，缺轴承两千套");
  CHECK(row.lead_department == department_id{rig_of::centre});
  CHECK(row.enterprise == "conv:" + std::to_string(c.head("wang").id.value));
  CHECK(has(c.file(row.id).what.summary, "希望解决日期：2026年3月20日"));
  CHECK(c.changed.size() == 1);
  CHECK(c.faults_in_replay("wang") == 0);
}

TEST_CASE("a message that comes twice makes one case") {
  chat c;
  c.says_all("wang", {"跨区域协调", "3", "烟台海丰纺织有限公司", "山东省青岛市", "无", "供应商停工，缺轴承两千套",
                      "2026-03-20", "李敏", "13800138000"});
  std::vector<pipeline::turn_reply> replies;
  for (int i = 0; i < 2; ++i) {
    c.intake.submit(test_verifier::message("wang", "same", dialogs::event::text{"确认"}),
                    std::make_shared<plain_encoder>(), rig::far,
                    [&](pipeline::turn_reply r) { replies.push_back(std::move(r)); });
    c.settle();
  }
  REQUIRE(replies.size() == 2);
  CHECK(replies[0].bytes == replies[1].bytes);
  CHECK(c.cases_of("wang").size() == 1);
}

TEST_CASE("a turn whose case an official changed meanwhile runs again on what stands, and doubles nothing") {
  chat c;
  const auto number = c.registers("wang");
  const case_id id = c.cases_of("wang").front().id;
  c.says_all("wang", {"办到哪了"});
  bool done = false;
  c.services.between = [&] {
    c.desk->act({c.key(), c.who(rig_of::dispatcher), id, c.row(id).seq, action::accept, {}},
                [&](pipeline::case_outcome o) { done = o.status == pipeline::case_status::done; });
  };
  const auto said = c.says("wang", "催办");
  CHECK(done);
  CHECK(has(said, "已提醒承办单位"));
  CHECK(c.file(id).urges == 1);
  CHECK(c.row(id).state == "to_dispatch");
  CHECK(c.row(id).seq == 4);  // open, file, accept, urge
  CHECK(c.faults_in_replay("wang") == 0);
}

TEST_CASE("progress is told in the enterprise's language, with who has the case and by when it is answered") {
  chat c;
  const auto number = c.registers("wang");
  const case_id id = c.cases_of("wang").front().id;
  CHECK(has(c.says_all("wang", {"办到哪了"}), "已收到，正在等待受理"));
  c.does(rig_of::dispatcher, id, action::accept);
  c.does(rig_of::dispatcher, id, action::dispatch, c.giving(rig_of::industry));
  c.does(rig_of::liaison, id, action::sign);
  const auto said = c.says_all("wang", {"1", "查进度"});
  CHECK(
      has(said, "您的诉求「上下游企业配套：供应商停工，缺轴承两千套」正在由市工信局办理，预计 3月11日（周三）前答复"));
  const auto file = c.file(id);
  const auto& calendar = c.book->calendar();
  const auto in = [&](dialogs::lang l) {
    return pipeline::progress_sentence(file, "Parts", "MIIT", l, c.time.now(), calendar);
  };
  CHECK(in(dialogs::lang::en) == "Your case \"Parts\" is being handled by MIIT; an answer is due by Wed 11 Mar.");
  CHECK(in(dialogs::lang::ja) == "お申し出「Parts」はMIITが対応しています。3月11日（水）までに回答する見込みです。");
  CHECK(in(dialogs::lang::ko) == "귀사의 민원 「Parts」은(는) MIIT에서 처리 중이며 3월 11일(수)까지 답변 예정입니다.");
  c.time.advance(30LL * 24 * 3'600'000);
  CHECK(has(in(dialogs::lang::zh_cn), "已超过 3月11日（周三）的答复时限"));
}

TEST_CASE("somebody else's number tells where the case stands, not what it is about, and lets nobody act") {
  chat c;
  const auto number = c.registers("wang");
  const auto said = c.says_all("li", {"查进度", "1", number});
  CHECK(has(said, "该办件已收到"));
  CHECK_FALSE(has(said, "轴承"));
  CHECK(has(c.says("li", "催办"), "催办已转交工作人员处理"));
  CHECK(c.file(c.cases_of("wang").front().id).urges == 0);
  CHECK(has(c.says_all("chen", {"查进度", "1", "ZQ370600-260302-00099-99"}), "没有查到"));
}

TEST_CASE("an enterprise without its number finds the cases of its conversation") {
  chat c;
  CHECK(has(c.says_all("wang", {"查进度", "2", "91110000600037341L"}), "没有查到可以显示的办件"));
  c.says("wang", "2");
  const auto number = c.registers("wang");
  c.registers("li");
  c.answered(c.cases_of("wang").front().id);
  SECTION("at once, where there is one") {
    const auto said = c.says_all("wang", {"查进度"});
    CHECK(has(said, number));
    CHECK(has(said, "市工信局答复"));
    CHECK(has(c.says_all("wang", {"4", "2", "91110000600037341L"}), "本企业有 1 个办件"));
  }
  SECTION("as a list, where there are several") {
    const auto second = c.registers("wang");
    const auto said = c.says_all("wang", {"查进度"});
    CHECK(has(said, "2 个办件"));
    CHECK(has(said, number));
    CHECK(has(said, second));
  }
}

TEST_CASE("a good grade closes the case; a bad one opens it again, in the same conversation") {
  chat c;
  const auto good = c.registers("wang"), bad = c.registers("li");
  const case_id first = c.cases_of("wang").front().id, second = c.cases_of("li").front().id;
  c.answered(first);
  c.answered(second);
  CHECK(has(c.says_all("wang", {"打分", "1", good, "5"}), "评价已登记"));
  CHECK(c.row(first).state == "closed");
  CHECK(c.row(first).grade == "very_satisfied");
  CHECK(has(c.says_all("li", {"打分", "1", bad, "2", "货仍然没有到"}), "已退回承办单位重新办理"));
  CHECK(c.row(second).state == "in_progress");
  CHECK(c.row(second).redos == 1);
  const auto figures =
      c.cases->figures({{true, {}, {}, {}}, c.time.now() + -1'000, c.time.now() + 1'000, c.time.now()});
  CHECK(figures->rates.satisfied == storage::case_rate{1, 2});
  CHECK(c.faults_in_replay("li") == 0);
}
