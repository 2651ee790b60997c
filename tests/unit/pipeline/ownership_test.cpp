// Exactly one may talk: takeover, release, transfer, handing back, replies, and everything that races with them.
#include "bot/pipeline/ownership.hpp"

#include "bot/pipeline/replay.hpp"
#include "tests/unit/pipeline/rig.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::pipeline_tests {
namespace {

using dialogs::event::official;
using pipeline::act_status;
using storage::owner_kind;

struct office : rig {
  pipeline::official_act act(const std::string& staff, official::act what, epoch_no seen) {
    pipeline::official_act a;
    a.conversation = head("u").id;
    a.staff = staff;
    a.seen = seen;
    a.what = official{what, "", "", ""};
    sign(a);
    return a;
  }
  pipeline::official_act words(const std::string& staff, const std::string& text, epoch_no seen) {
    pipeline::official_act a = act(staff, official::act::take, seen);
    a.what = pipeline::official_words{text};
    return a;
  }
  pipeline::act_outcome run(pipeline::official_act a) {
    std::vector<pipeline::act_outcome> out;
    intake.act(std::move(a), [&](pipeline::act_outcome o) { out.push_back(std::move(o)); });
    settle();
    ZHUQI_ASSERT(out.size() == 1);
    return out.front();
  }
  pipeline::act_outcome run(const std::string& staff, official::act what) {
    return run(act(staff, what, head("u").epoch));
  }
  void ask_for_human() {
    say("u", "1", "你好");
    say("u", "2", "人工");
    REQUIRE(head("u").owner == owner_kind::queue);
  }
  std::size_t faults_in_replay() {
    std::size_t faults = 0;
    pipeline::replay again{
        [&](std::string_view version) { return version.empty() ? scripts.live() : scripts.find(version); },
        [&](conversation_id, std::string what) { UNSCOPED_INFO(what), ++faults; }};
    for (const auto& e : log("u")) again.event(e);
    again.finish();
    again.state(head("u"));
    return faults;
  }
  std::size_t said_by_bot() {
    std::size_t n = 0;
    for (const auto& e : log("u")) n += e.kind == "bot.text" ? 1 : 0;
    return n;
  }

 private:
  void sign(pipeline::official_act& a) {
    const std::string id = "act-" + std::to_string(++acts_) + std::string(16, '.');
    a.key.created_s = 1'700'000'000;
    std::memcpy(a.key.digest.data(), id.data(), 16);
    a.client_id = id;
  }
  int acts_ = 0;
};

}  // namespace

TEST_CASE("ownership: every act from every owner is allowed or refused as the table says") {
  struct row {
    owner_kind owner;
    std::string owner_id;
    official::act what;
    pipeline::authority by;
    bool allowed;
  };
  using enum official::act;
  using pipeline::authority;
  const std::vector<row> rows{{owner_kind::bot, "", take, authority::own, true},
                              {owner_kind::queue, "", take, authority::own, true},
                              {owner_kind::closed, "", take, authority::own, true},
                              {owner_kind::human, "b", take, authority::own, false},
                              {owner_kind::human, "a", take, authority::own, false},
                              {owner_kind::human, "b", take, authority::forced, true},
                              {owner_kind::human, "a", take, authority::forced, false},
                              {owner_kind::bot, "", release, authority::own, false},
                              {owner_kind::queue, "", release, authority::own, false},
                              {owner_kind::human, "a", release, authority::own, true},
                              {owner_kind::human, "b", release, authority::forced, false},
                              {owner_kind::human, "a", hand_back, authority::own, true},
                              {owner_kind::human, "b", hand_back, authority::own, false},
                              {owner_kind::queue, "", hand_back, authority::own, false},
                              {owner_kind::human, "a", close, authority::own, true},
                              {owner_kind::human, "b", close, authority::own, false},
                              {owner_kind::queue, "", close, authority::own, true},
                              {owner_kind::bot, "", close, authority::own, false},
                              {owner_kind::closed, "", close, authority::own, false}};
  for (const row& r : rows) {
    storage::conversation now;
    now.id = {7};
    now.owner = r.owner;
    now.owner_id = r.owner_id;
    now.epoch = {3};
    pipeline::official_act act;
    act.staff = "a";
    act.seen = {3};
    act.by = r.by;
    act.what = official{r.what, "", "", ""};
    INFO(static_cast<int>(r.owner) << " " << r.owner_id << " act " << static_cast<int>(r.what));
    CHECK(pipeline::refusal(now, act).has_value() == !r.allowed);
    act.seen = {2};
    CHECK(pipeline::refusal(now, act) == act_status::stale);
  }
}

TEST_CASE("ownership: a call-back is taken where it is owed, from whoever did not serve, whatever epoch they saw") {
  using dialogs::event::revisited;
  struct row {
    std::int64_t owed;
    std::vector<staff_id> served;
    const char* who;
    bool allowed;
  };
  const std::vector<row> rows{{1, {{3}}, "5", true},       {0, {{3}}, "5", false}, {1, {{3}, {5}}, "5", false},
                              {1, {{5}, {3}}, "5", false}, {1, {}, "5", true},     {1, {{50}, {15}}, "5", true}};
  for (const auto& r : rows) {
    for (const auto owner : {owner_kind::closed, owner_kind::bot}) {
      storage::conversation now;
      now.id = {7};
      now.owner = owner;
      now.epoch = {3};
      now.thread.emplace();
      now.thread->revisit = {r.owed};
      now.thread->served = r.served;
      pipeline::official_act act;
      act.staff = r.who;
      act.what = revisited{revisited::outcome::reached, 5, "x"};
      CHECK(pipeline::refusal(now, act).has_value() == !r.allowed);
      now.thread.reset();
      CHECK(pipeline::refusal(now, act) == act_status::not_allowed);
    }
  }
}

TEST_CASE("ownership: of 64 officials who take at once exactly one wins, and the others are told who") {
  for (int round = 0; round < 100; ++round) {
    office o;
    o.ask_for_human();
    const epoch_no seen = o.head("u").epoch;
    std::vector<pipeline::act_outcome> outcomes;
    for (int i = 0; i < 64; ++i) {
      o.intake.act(o.act("s" + std::to_string((i + round) % 64), official::act::take, seen),
                   [&](pipeline::act_outcome out) { outcomes.push_back(std::move(out)); });
    }
    o.settle();
    REQUIRE(outcomes.size() == 64);
    int winners = 0;
    for (const auto& out : outcomes) winners += out.status == act_status::done ? 1 : 0;
    REQUIRE(winners == 1);
    const storage::conversation now = o.head("u");
    REQUIRE(now.owner == owner_kind::human);
    for (const auto& out : outcomes) REQUIRE(out.now.owner_id == now.owner_id);
    for (const auto& out : outcomes) REQUIRE((out.status == act_status::done || out.status == act_status::stale));
  }
}

TEST_CASE("ownership: after the takeover the bot is silent, whatever the user writes and whatever timer comes due") {
  office o;
  o.say("u", "1", "诉求");
  REQUIRE(o.run("a", official::act::take).status == act_status::done);
  const std::size_t before = o.said_by_bot();
  CHECK(o.say("u", "2", "资金").bytes.empty());
  CHECK(o.say("u", "3", "退出").bytes.empty());
  o.time.advance(30LL * 24 * 3600 * 1000);
  o.wakeups.poll();
  o.settle();
  CHECK(o.said_by_bot() == before);
  CHECK(o.faults_in_replay() == 0);
}

TEST_CASE("ownership: a takeover cancels what the bot has not sent yet") {
  office o;
  o.say("u", "1", "诉求");
  o.time.advance(11 * 60 * 1000);  // the reminder goes to the outbox
  o.wakeups.poll();
  o.settle();
  REQUIRE(o.outbox().size() == 1);
  REQUIRE(o.run("a", official::act::take).status == act_status::done);
  const auto left = o.outbox();
  REQUIRE(left.size() == 1);  // that somebody has joined
  CHECK(left.front().body.find("工作人员已接入") != std::string::npos);
  CHECK(left.front().epoch == o.head("u").epoch);
}

TEST_CASE("ownership: only the owner's words go out, under the epoch that the owner has seen") {
  office o;
  o.ask_for_human();
  const epoch_no queued = o.head("u").epoch;
  CHECK(o.run(o.words("a", "您好", queued)).status == act_status::not_allowed);
  o.run("a", official::act::take);
  const epoch_no owned = o.head("u").epoch;
  CHECK(o.run(o.words("a", "您好", queued)).status == act_status::stale);
  CHECK(o.run(o.words("b", "您好", owned)).status == act_status::not_allowed);
  const auto mine = o.words("a", "您好，我是小李", owned);
  CHECK(o.run(mine).status == act_status::done);
  SECTION("the same words sent twice by a lost connection have one effect") {
    CHECK(o.run(mine).status == act_status::duplicate);
    int times = 0;
    for (const auto& e : o.log("u")) times += e.kind == pipeline::staff_text_kind ? 1 : 0;
    CHECK(times == 1);
  }
  SECTION("they are in the outbox and in the log with who said them") {
    CHECK(o.outbox().back().body.find("我是小李") != std::string::npos);
    CHECK(o.log("u").back().actor == "a");
  }
  CHECK(o.faults_in_replay() == 0);
}

TEST_CASE("ownership: from hand to hand and back to the bot, each step under a larger epoch") {
  office o;
  o.say("u", "1", "诉求");
  o.say("u", "2", "资金");
  epoch_no last = o.head("u").epoch;
  const auto moved_on = [&] {
    const bool larger = o.head("u").epoch > last;
    last = o.head("u").epoch;
    return larger;
  };
  REQUIRE(o.run("a", official::act::take).status == act_status::done);
  CHECK(moved_on());
  auto transfer = o.act("a", official::act::transfer, last);
  transfer.what = official{official::act::transfer, "b", "", ""};
  REQUIRE(o.run(transfer).status == act_status::done);
  CHECK(moved_on());
  CHECK(o.head("u").owner_id == "b");
  CHECK(o.run("a", official::act::release).status == act_status::not_allowed);
  auto forced = o.act("supervisor", official::act::take, last);
  forced.by = pipeline::authority::forced;
  REQUIRE(o.run(forced).status == act_status::done);
  CHECK(moved_on());

  SECTION("the bot goes on at the question that was pending, answers kept") {
    REQUIRE(o.run("supervisor", official::act::hand_back).status == act_status::done);
    CHECK(moved_on());
    CHECK(o.head("u").owner == owner_kind::bot);
    CHECK(o.head("u").owner_id.empty());
    CHECK(o.say("u", "3", "二月起银行收贷，希望协调展期").bytes.find("多紧急") != std::string::npos);
  }
  SECTION("or at the state that the official names") {
    auto back = o.act("supervisor", official::act::hand_back, last);
    back.what = official{official::act::hand_back, "", "raise_problem", "urgency"};
    REQUIRE(o.run(back).status == act_status::done);
    CHECK(o.say("u", "3", "1").bytes.find("联系人") != std::string::npos);
  }
  SECTION("or in a dialog that was not begun") {
    auto back = o.act("supervisor", official::act::hand_back, last);
    back.what = official{official::act::hand_back, "", "company_profile", ""};
    REQUIRE(o.run(back).status == act_status::done);
    CHECK(o.say("u", "3", "泉州海丰纺织有限公司").bytes.find("统一社会信用代码") != std::string::npos);
  }
  SECTION("or the conversation is finished, and begins anew when the user writes") {
    REQUIRE(o.run("supervisor", official::act::close).status == act_status::done);
    CHECK(o.head("u").owner == owner_kind::closed);
    CHECK(o.say("u", "3", "你好").bytes.find("请问需要办理什么") != std::string::npos);
  }
  SECTION("or it waits for somebody again") {
    REQUIRE(o.run("supervisor", official::act::release).status == act_status::done);
    CHECK(o.head("u").owner == owner_kind::queue);
    CHECK(o.say("u", "3", "退出").bytes.find("已退出排队") != std::string::npos);
  }
  CHECK(o.faults_in_replay() == 0);
}

TEST_CASE("ownership: an act that meets a turn of the user in flight is decided after it") {
  office o;
  o.say("u", "1", "你好");
  const epoch_no seen = o.head("u").epoch;
  o.store.held = true;
  std::vector<pipeline::turn_reply> replies;
  o.submit(test_verifier::message("u", "2", dialogs::event::text{"人工"}), replies);
  o.settle();
  std::vector<pipeline::act_outcome> outcomes;
  auto take = o.act("a", official::act::take, seen);
  o.intake.act(std::move(take), [&](pipeline::act_outcome out) { outcomes.push_back(std::move(out)); });
  o.settle();
  CHECK(outcomes.empty());
  o.store.release();
  o.settle();
  REQUIRE(outcomes.size() == 1);
  CHECK(outcomes.front().status == act_status::stale);  // it waits in the queue now: that is what the official must see
  CHECK(outcomes.front().now.owner == owner_kind::queue);
}

}  // namespace zhuqi::pipeline_tests
