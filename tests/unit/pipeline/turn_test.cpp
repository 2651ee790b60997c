#include "tests/unit/pipeline/rig.hpp"

#include "bot/pipeline/replay.hpp"
#include "dialogs/state.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::pipeline;
using namespace zhuqi::pipeline_tests;

TEST_CASE("Asking for a human moves the conversation to the queue, once, with a new epoch; then the bot is silent") {
  rig r;
  (void)r.say("o1", "m1", "你好");
  CHECK(r.head("o1").owner == storage::owner_kind::bot);
  (void)r.say("o1", "m2", "人工");
  auto head = r.head("o1");
  CHECK(head.owner == storage::owner_kind::queue);
  CHECK(head.epoch == epoch_no{1});

  const auto silent = r.say("o1", "m3", "有人吗");
  CHECK(silent.status == turn_status::answered);
  CHECK(silent.bytes.empty());
  CHECK(r.log("o1").back().kind == "user.text");
  CHECK(r.head("o1").epoch == epoch_no{1});
}

TEST_CASE("What the passive reply cannot carry goes to the outbox, in order, under the turn's epoch") {
  rig r;
  r.encoder = std::make_shared<plain_encoder>(0);
  (void)r.say("o1", "m1", "你好");
  const auto rows = r.outbox();
  const auto log = r.log("o1");
  REQUIRE_FALSE(rows.empty());
  for (const auto& row : rows) {
    CHECK(row.user == "o1");
    const auto& event = log[static_cast<std::size_t>(row.seq.value - 1)];
    CHECK(event.kind == "bot.text");
    CHECK(event.body == row.body);
    CHECK(row.epoch == event.epoch);
  }
}

TEST_CASE("The web chat reads the log itself: nothing goes to the outbox, and watchers hear the turn in order") {
  rig r;
  std::vector<storage::stored_event> heard;
  auto watch = r.feed.subscribe("web", "v1", [&](const auto& events, storage::owner_kind) {
    heard.insert(heard.end(), events.begin(), events.end());
  });
  (void)r.say("v1", "m1", "你好", "web");
  (void)r.say("v1", "m2", "1", "web");
  CHECK(r.outbox().empty());
  const auto log = r.log("v1", "web");
  REQUIRE(heard.size() == log.size());
  for (std::size_t i = 0; i < log.size(); ++i) {
    heard[i].id = log[i].id;
    CHECK(heard[i] == log[i]);
  }
  watch.reset();
  (void)r.say("v1", "m3", "1", "web");
  CHECK(heard.size() == log.size());
}

TEST_CASE("Reminders and expiry are persisted and fire by the injected clock, once, never early") {
  rig r;
  (void)r.say("o1", "m1", "你好");
  (void)r.say("o1", "m2", "我要反映问题");
  (void)r.say("o1", "m3", "1");
  auto state = dialogs::deserialize(r.head("o1").snapshot).value();
  while (state.stack.empty() || state.timers.empty()) {
    // The library may name its entries otherwise: any dialog with a timer will do.
    (void)r.say("o1", "n" + std::to_string(r.log("o1").size()), "2");
    state = dialogs::deserialize(r.head("o1").snapshot).value();
    REQUIRE(r.log("o1").size() < 60);
  }
  const unix_ms due = state.timers.front().due;
  const auto before = r.log("o1").size();
  const auto poll_at = [&](unix_ms t) {
    r.time.set(t);
    r.wakeups.poll();
    r.settle();
  };

  poll_at(due + -1);
  CHECK(r.log("o1").size() == before);
  poll_at(due);
  const auto after = r.log("o1");
  REQUIRE(after.size() > before);
  CHECK(after[before].kind == "timer");
  poll_at(due);
  poll_at(due + 1);
  CHECK(r.log("o1").size() == after.size());
  CHECK_FALSE(r.outbox().empty());  // nobody waits for an answer, so it is delivered

  SECTION("an answer moves the timer: the old row wakes nobody up") {
    (void)r.say("o1", "later", "2");
    const auto quiet = r.log("o1").size();
    const auto next = dialogs::deserialize(r.head("o1").snapshot).value();
    REQUIRE_FALSE(next.timers.empty());
    poll_at(next.timers.front().due + -1);
    std::size_t fired = 0;
    for (const auto& e : r.log("o1")) fired += e.kind == "timer";
    CHECK(fired == 1);
    CHECK(r.log("o1").size() == quiet);
  }
  SECTION("a clock that jumps a year ahead fires what is due, and ends") {
    poll_at(due + 366LL * 86'400'000);
    for (int i = 0; i < 10; ++i) r.wakeups.poll(), r.settle();
    CHECK(r.wakeups.idle());
    CHECK(r.intake.idle());
  }
}

namespace {

std::vector<std::string> replay_findings(rig& r, const std::vector<storage::stored_event>& log,
                                         const storage::conversation& head) {
  std::vector<std::string> findings;
  replay again{[&](std::string_view) { return r.scripts.live(); },
               [&](conversation_id, std::string what) { findings.push_back(std::move(what)); }};
  for (const auto& e : log) again.event(e);
  again.finish();
  again.state(head);
  return findings;
}

}  // namespace

TEST_CASE("A stored conversation replays bit for bit, and an edit of its log is found") {
  rig r;
  int id = 0;
  for (const char* text : {"你好", "1", "返回", "2", "重新开始", "3", "👍", "", "1", "人工", "还在吗", "退出", "1"}) {
    (void)r.say("o1", "m" + std::to_string(++id), text);
  }
  r.store.fake = {storage::commit_status::failed};
  (void)r.say("o1", "refused", "the store refuses this one");
  const auto log = r.log("o1");
  const auto head = r.head("o1");
  CHECK(replay_findings(r, log, head).empty());

  SECTION("another answer of the bot") {
    auto edited = log;
    for (auto& e : edited) {
      if (e.kind == "bot.text") {
        e.body.replace(e.body.find("您"), 3, "你");
        break;
      }
    }
    CHECK_FALSE(replay_findings(r, edited, head).empty());
  }
  SECTION("a word of the user that was taken out") {
    auto edited = log;
    std::erase_if(edited, [](const auto& e) { return e.body.find("\"m10\"") != std::string::npos; });
    CHECK_FALSE(replay_findings(r, edited, head).empty());
  }
  SECTION("another state") {
    auto edited = head;
    edited.snapshot.replace(edited.snapshot.find("queue"), 5, "human");
    CHECK_FALSE(replay_findings(r, log, edited).empty());
  }
}
