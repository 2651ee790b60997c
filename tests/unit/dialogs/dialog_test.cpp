// How a conversation behaves, rule by rule, on the shipped scripts.
#include "bot/base/limits.hpp"
#include "tests/unit/dialogs/talk.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

TEST_CASE("who enters is greeted and shown the main menu in one message") {
  talk t;
  t.enter();
  CHECK(t.messages.size() == 1);
  CHECK(t.says("您好"));
  CHECK(t.messages[0].options.size() == 9);
  CHECK(is_idle(t.now));
}

TEST_CASE("a scene that names a dialog opens it at once") {
  talk t;
  t.enter("raise_problem");
  CHECK(t.dialog() == "raise_problem");
  CHECK(t.state() == "category");
  CHECK(prompts_in(t.messages) == 1);
  talk wechat;
  wechat.enter("qrscene_company_profile");
  CHECK(wechat.state() == "name");
  talk unknown;
  unknown.enter("poster_7");
  CHECK(unknown.state() == "menu");
}

TEST_CASE("entering again in mid-dialog keeps the draft and shows the pending question") {
  talk t = at_contact();
  const snapshot before = t.now;
  t.enter();
  CHECK(t.says("欢迎回来"));
  CHECK(t.says("联系人姓名"));
  CHECK(t.now.stack == before.stack);
}

TEST_CASE("a first message that names a service goes straight to it") {
  talk t;
  t.say("我要反映问题");
  CHECK(t.state() == "category");
}

TEST_CASE("a number typed before any menu was shown is not taken for a choice") {
  talk t;
  t.say("1");
  CHECK(t.state() == "menu");
  CHECK(t.says("您好"));
}

TEST_CASE("each answer asks the next question, exactly one") {
  talk t;
  t.enter();
  for (const char* line : {"1", "物流", "两辆货车办不下通行证", "一般", "李敏", "13800138000"}) {
    t.say(line);
    CHECK(t.messages.size() == 1);
  }
  CHECK(t.state() == "confirm");
  CHECK(
      t.says("诉求类别：物流\n事项描述：两辆货车办不下通行证\n紧急程度：一般，按正常时限办理\n联系人：李敏\n联系电话：1"
             "3800138000"));
}

TEST_CASE("submitting hands the conversation to the queue with what was collected") {
  talk t = at_contact();
  t.all("李敏", "13800138000", "1");
  REQUIRE(t.effects.size() == 2);
  const auto* handoff = t.effect_of<effect::handoff>();
  REQUIRE(handoff != nullptr);
  CHECK(handoff->queue == "企业诉求");
  CHECK(handoff->slots.at("诉求类别") == "资金");
  CHECK(handoff->slots.at("联系电话") == "13800138000");
  CHECK(handoff->note.find("银行抽贷，希望协调展期") != std::string::npos);
  const auto* ended = t.effect_of<effect::ended>();
  REQUIRE(ended != nullptr);
  CHECK(ended->outcome == "submitted");
  CHECK(ended->slots.at("category") == "funds");
  CHECK(t.now.owner == talker::queue);
  CHECK(t.now.timers.empty());
  CHECK(t.says("2 小时内"));
}

TEST_CASE("an official reads Chinese, whatever the user's language is") {
  talk t;
  t.enter().say("English");
  t.all("1", "1", "The bank wants its loan back", "2", "Li Min", "13800138000", "1");
  const auto* handoff = t.effect_of<effect::handoff>();
  REQUIRE(handoff != nullptr);
  CHECK(handoff->slots.at("诉求类别") == "资金");
  CHECK(t.says("has been submitted"));
}

TEST_CASE("one answer can be changed before submitting, and only that one is asked again") {
  talk t = at_contact();
  t.all("李敏", "13800138000", "修改", "联系人");
  CHECK(t.state() == "change_contact");
  t.say("王芳");
  CHECK(t.state() == "confirm");
  CHECK(t.says("联系人：王芳"));
  CHECK(t.says("联系电话：13800138000"));
}

TEST_CASE("the company's profile is saved when it is confirmed, and not before") {
  talk t;
  t.enter();
  t.all("登记企业信息", "泉州海丰纺织有限公司", "9144030071526726XG", "制造业", "2", "丰泽区");
  CHECK(t.now.profile.empty());
  t.say("确认");
  CHECK(t.now.profile.at("company_name") == "泉州海丰纺织有限公司");
  CHECK(t.now.profile.at("company_industry") == "manufacturing");
  CHECK(t.effect_of<effect::ended>()->outcome == "saved");
  CHECK(t.says("已保存"));
  CHECK(t.state() == "menu");
  CHECK(is_idle(t.now));
}

TEST_CASE("what the profile knows is offered instead of asked afresh") {
  talk t;
  t.now.profile["company_name"] = "泉州海丰纺织有限公司";
  t.enter("company_profile");
  CHECK(t.says("泉州海丰纺织有限公司"));
  t.say("不变");
  CHECK(t.state() == "code");
  CHECK(t.now.stack.back().vars.at("name") == "泉州海丰纺织有限公司");
}

TEST_CASE("a dropped profile changes nothing") {
  talk t;
  t.enter();
  t.all("登记企业信息", "泉州海丰纺织有限公司", "9144030071526726XG", "制造业", "2", "丰泽区", "不保存");
  CHECK(t.now.profile.empty());
  CHECK(t.effect_of<effect::ended>()->outcome == "dropped");
}

TEST_CASE("a wrong answer is explained by its own rung of the ladder, and the last try leads to a human") {
  talk t;
  t.enter();
  t.say("天气真好");
  CHECK(t.says("没有找到对应的事项"));
  CHECK(t.messages.back().options.size() == 9);
  CHECK(t.now.stack.back().attempt == 1);
  t.say("今天天气真好");
  CHECK(t.says("还是没能理解"));
  t.say("明天天气也好");
  CHECK(t.now.owner == talker::queue);
  const auto* handoff = t.effect_of<effect::handoff>();
  REQUIRE(handoff != nullptr);
  CHECK(handoff->note.find("连续 3 次") != std::string::npos);
  CHECK(handoff->note.find("明天天气也好") != std::string::npos);
}

TEST_CASE("an accepted answer resets the count of tries") {
  talk t;
  t.enter();
  t.all("天气", "真好", "1");
  CHECK(t.now.stack.back().attempt == 0);
}

TEST_CASE("a wrong credit code is answered by a sentence that helps") {
  talk t;
  t.enter("company_profile").say("泉州海丰纺织有限公司");
  t.say("9144030071526726X");
  CHECK(t.says("17 位"));
  t.say("914403OO71526726XG");
  CHECK(t.says("「O」"));
}

TEST_CASE("a command does not count as a failed try") {
  talk t;
  t.enter("raise_problem");
  t.say("天气");
  for (const char* command : {"帮助", "为什么", "语言", "3", "中文"}) t.say(command);
  CHECK(t.state() == "category");
  CHECK(t.now.stack.back().attempt == 1);
}

TEST_CASE("an exact command beats an option that was only hinted at") {
  const auto set = with_dialog(R"(
dialog: main_menu
title: 测试
start: q
vars:
  q: {type: choice, label: 方式, of: {a: 员工返回工作岗位, b: 招聘帮助}}
outcomes: [done]
defaults: {tries: 3, on_fail: lost, expire: never}
states:
  q: {ask: 选哪个？, next: done}
  done: {say: "选了{q}", end: done}
  lost: {say: 没有选。, end: done}
)");
  talk t{set};
  CHECK(t.enter().say("帮助").state() == "q");
  CHECK(t.say("返回").state() == "q");
  CHECK(t.say("工作岗位").says("选了员工返回工作岗位"));
}

TEST_CASE("人工 goes to a human from any question, in any language and with words around it") {
  for (const char* word : {"人工", "转人工", "人工！", "我要找人工客服", "轉人工", "human", "担当者", "상담원"}) {
    INFO(word);
    talk t;
    t.enter().say(word);
    CHECK(t.now.owner == talker::queue);
    REQUIRE(t.effect_of<effect::handoff>() != nullptr);
    CHECK(t.effect_of<effect::handoff>()->note.find("主动要求人工") != std::string::npos);
  }
  talk text_question = at_contact();
  text_question.say("人工");
  CHECK(text_question.now.owner == talker::queue);
  CHECK(text_question.effect_of<effect::handoff>()->queue == "企业诉求");
  CHECK(text_question.effect_of<effect::handoff>()->slots.at("诉求类别") == "资金");
}

TEST_CASE("a sentence that only mentions a command is an answer to a text question") {
  talk t;
  t.enter("raise_problem").say("用工");
  t.say("人工成本太高，希望返回部分社保");
  CHECK(t.state() == "urgency");
  CHECK(t.var("matter") == "人工成本太高，希望返回部分社保");
}

TEST_CASE("a valid answer beats a command where the script names the answers") {
  const auto set = with_dialog(R"(
dialog: main_menu
title: 测试
start: q
vars:
  q: {type: choice, label: 方式, of: {a: 帮助, b: 返回}}
outcomes: [done]
defaults: {tries: 3, on_fail: lost, expire: never}
states:
  q: {ask: 选哪个？, next: done}
  done: {say: "选了{q}", end: done}
  lost: {say: 没有选。, end: done}
)");
  talk t{set};
  t.enter().say("帮助");
  CHECK(t.says("选了帮助"));
}

TEST_CASE("返回 asks the previous question again and offers its answer") {
  talk t = at_contact();
  t.say("返回");
  CHECK(t.state() == "urgency");
  CHECK(t.says("一周内需要解决"));
  CHECK(t.says("不变"));
  t.say("不变");
  CHECK(t.state() == "contact");
  t.say("上一步").say("上一题").say("back");
  CHECK(t.state() == "category");
  t.say("戻る");
  CHECK(t.state() == "menu");
  t.say("뒤로");
  CHECK(t.state() == "menu");
}

TEST_CASE("重新开始 leads to the menu and says that the draft is gone") {
  for (const char* word : {"重新开始", "主菜单", "菜单", "menu", "メニュー", "메뉴"}) {
    talk t = at_contact();
    t.say(word);
    CHECK(t.state() == "menu");
    CHECK(t.now.stack.size() == 1);
    CHECK(t.says("没有提交"));
  }
}

TEST_CASE("语言 is a digression: the same question comes back once, in the new language") {
  talk t = at_contact();
  const snapshot before = t.now;
  t.say("语言");
  CHECK(t.dialog() == "choose_language");
  CHECK(t.messages.back().options.size() == 4);
  t.say("2");
  CHECK(t.messages.size() == 1);
  CHECK(t.said == "Whom may we contact? Please give a name.");
  CHECK(t.now.language == lang::en);
  CHECK(t.now.stack == before.stack);
}

TEST_CASE("the name of a language switches to it at once") {
  const std::pair<const char*, lang> rows[] = {
      {"English", lang::en}, {"日本語", lang::ja}, {"한국어", lang::ko}, {"中文", lang::zh_cn}, {"英文", lang::en}};
  for (const auto& [word, expected] : rows) {
    talk t = at_contact();
    const auto stack = t.now.stack;
    t.say(word);
    CHECK(t.now.language == expected);
    CHECK(t.now.stack == stack);
    CHECK(t.messages.size() == 1);
  }
}

TEST_CASE("帮助 and 为什么 answer and come back to the same question") {
  talk t = at_contact();
  const snapshot before = t.now;
  t.say("帮助");
  CHECK(t.says("返回"));
  CHECK(t.says("联系人姓名"));
  CHECK(t.now.stack == before.stack);
  t.say("为什么");
  CHECK(t.says("回电"));
  CHECK(t.now.stack == before.stack);
}

TEST_CASE("a picture where text is needed is said so, is free once, and cannot go on for ever") {
  talk t = at_contact();
  t.feed(event::media{"image", "m1", ""});
  CHECK(t.says("请用文字回复"));
  CHECK(t.says("联系人姓名"));
  CHECK(t.now.stack.back().attempt == 0);
  t.feed(event::media{"voice", "m2", ""});
  CHECK(t.now.stack.back().attempt == 1);
  t.feed(event::media{"voice", "m3", ""}).feed(event::media{"voice", "m4", ""});
  CHECK(t.now.owner == talker::queue);
}

TEST_CASE("an empty message, an emoji, 10 kB and broken bytes are all answered") {
  for (const std::string& line : {std::string{}, std::string{"  \n"}, std::string{"🙂"}, std::string(10 * 1024, 'x'),
                                  std::string{"\xff\xfe"}, std::string{"a\0b", 3}}) {
    talk t;
    t.enter("company_profile").say(line);
    CHECK(t.messages.size() == 1);
    CHECK(t.state() == "name");
  }
}

TEST_CASE("a menu tap opens its dialog, and what was under way waits below it") {
  talk t = at_contact();
  t.feed(event::menu{"company_profile"});
  CHECK(t.state() == "name");
  t.all("泉州海丰纺织有限公司", "9144030071526726XG", "制造业", "2", "丰泽区", "确认");
  CHECK(t.dialog() == "raise_problem");
  CHECK(t.state() == "contact");
  CHECK(t.says("已保存"));
  CHECK(t.says("联系人姓名"));
}

TEST_CASE("a menu tap on the dialog under way shows its pending question") {
  talk t = at_contact();
  const auto stack = t.now.stack;
  t.feed(event::menu{"raise_problem"});
  CHECK(t.now.stack == stack);
  CHECK(t.says("联系人姓名"));
}

TEST_CASE("a menu key can be a command, and an unknown one shows where we are") {
  talk t;
  t.feed(event::menu{"人工"});
  CHECK(t.now.owner == talker::queue);
  talk lost;
  lost.feed(event::menu{"V1001_GOOD"});
  CHECK(lost.state() == "menu");
  CHECK(prompts_in(lost.messages) == 1);
}

TEST_CASE("unfollowing clears drafts and keeps the profile") {
  talk t = at_contact();
  t.now.profile["company_name"] = "海丰";
  t.feed(event::left{});
  CHECK(t.messages.empty());
  CHECK(t.now.stack.empty());
  CHECK(t.now.timers.empty());
  CHECK(t.now.profile.size() == 1);
}

TEST_CASE("a notice changes nothing and says nothing") {
  talk t = at_contact();
  const snapshot before = t.now;
  t.feed(event::notice{"TEMPLATESENDJOBFINISH", "success"});
  CHECK(t.now == before);
  CHECK(t.messages.empty());
}
