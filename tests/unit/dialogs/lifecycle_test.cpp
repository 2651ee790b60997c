// Waiting, owners and versions: what a conversation does when time passes, when somebody else has it, when its script is gone.
#include "tests/unit/dialogs/talk.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

// --- timers ---

TEST_CASE("each answer sets the reminder and the end of waiting anew; the menu waits for ever") {
  talk t = at_contact();
  REQUIRE(t.now.timers.size() == 2);
  CHECK(t.now.timers[0] == pending_timer{"remind:1", t.clock + 600'000});
  CHECK(t.now.timers[1] == pending_timer{"expire", t.clock + 3LL * 24 * 3600 * 1000});
  t.clock = t.clock + 60'000;
  t.say("李敏");
  CHECK(t.now.timers[0].due == t.clock + 600'000);
  t.say("主菜单");
  CHECK(t.now.timers.empty());
}

TEST_CASE("a reminder shows the question again, once") {
  talk t = at_contact();
  const pending_timer remind = t.now.timers[0];
  t.feed(event::timer{remind.name, remind.due});
  CHECK(t.says("联系人姓名"));
  CHECK(t.now.timers.size() == 1);
  const snapshot before = t.now;
  t.feed(event::timer{remind.name, remind.due});
  CHECK(t.messages.empty());
  CHECK(t.now == before);
}

TEST_CASE("a stale timer is a no-op") {
  talk t = at_contact();
  const snapshot before = t.now;
  t.feed(event::timer{"expire", before.timers[1].due + 1});
  CHECK(t.now == before);
  t.feed(event::timer{"remind:9", before.timers[0].due});
  CHECK(t.now == before);
  CHECK(t.messages.empty());
}

TEST_CASE("expiry ends the dialog by its own state, a digression above it too") {
  talk t = at_contact();
  t.say("语言");
  REQUIRE(t.now.timers.size() == 2);
  const pending_timer expire = t.now.timers[1];
  t.feed(event::timer{expire.name, expire.due});
  CHECK(t.says("没有提交"));
  REQUIRE(t.effects.size() == 1);
  CHECK(t.effect_of<effect::ended>()->dialog == "raise_problem");
  CHECK(t.effect_of<effect::ended>()->outcome == "lapsed");
  CHECK(t.now.stack.empty());
  t.say("你好");
  CHECK(t.state() == "menu");
}

// --- who may speak ---

TEST_CASE("while an official has the conversation the engine changes nothing and says nothing") {
  for (talker owner : {talker::queue, talker::human}) {
    talk t = at_contact();
    t.now.owner = owner;
    const snapshot before = t.now;
    const any_event events[] = {event::text{"1"},      event::text{"人工"},
                                event::text{"主菜单"}, event::media{"image", "", ""},
                                event::entered{""},    event::menu{"company_profile"},
                                event::left{},         event::timer{"expire", before.timers[1].due},
                                event::notice{"x", ""}};
    for (const any_event& e : events) {
      t.feed(e);
      CHECK(t.now == before);
      CHECK(t.messages.empty());
      CHECK(t.effects.empty());
    }
  }
}

TEST_CASE("out of the queue, but not away from a human, the user can withdraw") {
  for (const char* word : {"返回机器人", "取消排队", "退出", "leave queue", "ボットに戻る", "대기 취소"}) {
    talk t;
    t.enter().say("人工");
    REQUIRE(t.now.owner == talker::queue);
    t.say(word);
    CHECK(t.now.owner == talker::bot);
    CHECK(t.effect_of<effect::withdrawn>() != nullptr);
    CHECK(t.state() == "menu");
    t.now.owner = talker::human;
    t.say(word);
    CHECK(t.now.owner == talker::human);
    CHECK(t.messages.empty());
  }
}

TEST_CASE("a closed conversation that writes again talks to the bot, from the menu") {
  talk t = at_contact();
  t.now.owner = talker::closed;
  t.say("你好");
  CHECK(t.now.owner == talker::bot);
  CHECK(t.state() == "menu");
  CHECK(t.says("再次"));
}

// --- versions ---

TEST_CASE("a place that the scripts do not have leads to the menu, with an apology") {
  talk t = at_contact();
  t.now.stack.back().state = "gone";
  t.say("李敏");
  CHECK(t.state() == "menu");
  CHECK(t.says("抱歉"));
  t.now.stack.back().dialog = "gone_too";
  t.say("1");
  CHECK(t.state() == "menu");
}

TEST_CASE("a number read off the menu of another version is not taken for a choice of this one") {
  talk t;
  t.enter();
  t.now.version = std::string(64, '0');
  t.say("1");
  CHECK(t.state() == "menu");
  CHECK(prompts_in(t.messages) == 1);
  CHECK(t.now.version == shipped().version());
  t.say("1");
  CHECK(t.state() == "category");
}

TEST_CASE("a dialog that loops without asking ends at a human") {
  // Such a script does not pass the checks; the engine must hold out all the same.
  read_scripts read =
      read_yaml(std::vector<script_file>{{"loop.yaml",
                                          "dialog: main_menu\ntitle: x\nstart: a\noutcomes: [x]\ndefaults: {expire: "
                                          "never}\nstates:\n  a: {say: 一, next: b}\n  b: {say: 二, next: a}\n"}});
  read.source.system = shipped().source().system;
  const auto linked = script_set::link(std::move(read.source));
  REQUIRE(linked.has_value());
  talk t{*linked};
  t.enter();
  CHECK(t.now.owner == talker::queue);
  CHECK(t.effect_of<effect::handoff>()->note.find("异常") != std::string::npos);
}

TEST_CASE("a dialog's own words say something and come back, or lead elsewhere") {
  talk t{with_dialog(R"(
dialog: main_menu
title: 测试
start: q
vars: {q: {type: bool, label: 欠缴社保}}
outcomes: [yes_done, no_done, elsewhere]
defaults: {tries: 2, on_fail: other, expire: never}
interrupts:
  - {when: [什么是社保, 社保是什么], say: 社会保险。, then: resume}
  - {when: [换个话题], to: other}
states:
  q:
    ask: 是否欠缴社保？
    next: [{if: q, to: owing}, {to: clear}]
  owing: {say: "欠缴：{q}", end: yes_done}
  clear: {say: "欠缴：{q}", end: no_done}
  other: {say: 换一个, end: elsewhere}
)")};
  t.enter();
  t.say("社保是什么？").say("社保是什么");
  CHECK(t.says("社会保险。"));
  CHECK(t.state() == "q");
  talk other = t;
  CHECK(t.say("没有").says("欠缴：否"));
  CHECK(other.say("换个话题").says("换一个"));
}
