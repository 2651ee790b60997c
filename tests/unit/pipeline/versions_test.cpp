// What publishing does to conversations under way: nothing by itself; a move takes them along with their answers; a withdrawal
// sends them to a named place. A thousand of them, at every place of a dialog, and the log replays afterwards.
#include "bot/pipeline/replay.hpp"
#include "tests/unit/dialogs/talk.hpp"
#include "tests/unit/pipeline/rig.hpp"

namespace zhuqi::pipeline_tests {
namespace {

constexpr int crowd = 1'000;
const std::vector<std::string> answers{"1", "海丰纺织", "35", "13800138000", "李敏"};

const std::string menu = R"yaml(
dialog: main_menu
title: 主菜单
start: choose
vars: {pick: {type: choice, of: {form: 登记, other: 其他}}}
outcomes: [done]
defaults: {tries: 3, on_fail: human, expire: never}
states:
  choose: {ask: 请选择。, into: pick, next: [{if: pick == "form", to: form}, {to: human}]}
  form: {call: form, next: choose}
  human: {say: 已转人工。, handoff: {queue: 综合}, end: done}
---
)yaml";

const std::string first_version = R"yaml(
dialog: form
title: 登记
start: name
vars:
  name: {type: text, label: 企业名称, min: 2, max: 40}
  staff: {type: int, label: 人数, min: 1, max: 1000}
  phone: {type: phone, label: 电话}
  contact: {type: text, label: 联系人, min: 2, max: 10}
outcomes: [saved, human]
defaults: {tries: 3, on_fail: human, expire: never}
states:
  name: {ask: 请填写企业名称。, next: staff}
  staff: {ask: 有多少人？, next: phone}
  phone: {ask: 请填写电话。, next: contact}
  contact: {ask: 请填写联系人。, next: saved}
  saved: {say: "第一版已保存：{name}，{contact}。", end: saved}
  human: {say: 已转人工。, handoff: {queue: 综合}, end: human}
)yaml";

/// Words a question anew, asks one less in the middle and one more at the end.
const std::string second_version = R"yaml(
dialog: form
title: 登记
start: name
vars:
  name: {type: text, label: 企业名称, min: 2, max: 40}
  phone: {type: phone, label: 电话}
  contact: {type: text, label: 联系人, min: 2, max: 10}
  email: {type: text, label: 邮箱, min: 3, max: 40}
outcomes: [saved, human]
defaults: {tries: 3, on_fail: human, expire: never}
states:
  name: {ask: 请填写企业全称。, next: phone}
  phone: {ask: 请填写电话。, next: contact}
  contact: {ask: 请填写联系人。, next: [{if: contact == "无", to: sorry}, {to: email}]}
  email: {ask: 请填写邮箱。, next: saved}
  sorry: {ask: 政策已调整，请重新填写电话。, into: phone, next: email}
  saved: {say: "第二版已保存：{name}，{contact}。", end: saved}
  human: {say: 已转人工。, handoff: {queue: 综合}, end: human}
)yaml";

dialogs::script_set_ptr scripts(int version) {
  return dialogs::test::with_dialog(menu + (version == 1 ? first_version : second_version));
}

std::string user(int i) { return "u" + std::to_string(i); }

class city {
 public:
  city() {
    publish(1, {});
    for (int i = 0; i < crowd; ++i) {
      r.say(user(i), "hello", "你好");
      for (int k = 0; k < places(i); ++k) say(i, answers[static_cast<std::size_t>(k)]);
    }
  }
  /// How many answers a user has given: every place of the form is taken.
  static int places(int i) { return 1 + i % static_cast<int>(answers.size() - 1); }

  void publish(int version, std::vector<storage::script_move> moves) {
    bool done = false;
    r.scripts.publish(scripts(version), std::move(moves), r.time.now(), [&](result<void> stored) {
      REQUIRE(stored);
      done = true;
    });
    r.settle();
    REQUIRE(done);
  }
  std::string say(int i, const std::string& text) {
    return r.say(user(i), "m" + std::to_string(++messages_), text).bytes;
  }
  std::size_t faults_in_replay(int i) {
    std::size_t faults = 0;
    pipeline::replay again{[&](std::string_view version) { return r.scripts.find(version); },
                           [&](conversation_id, std::string what) { UNSCOPED_INFO(what), ++faults; }};
    for (const auto& e : r.log(user(i))) again.event(e);
    again.finish();
    again.state(r.head(user(i)));
    return faults;
  }

  rig r;

 private:
  int messages_ = 0;
};

}  // namespace

TEST_CASE(
    "versions: publishing while 1,000 conversations are mid-way changes nothing for them, and newcomers get the new "
    "version") {
  city c;
  c.publish(2, {});
  for (int i = 0; i < crowd; ++i) {
    std::string last;
    for (std::size_t k = static_cast<std::size_t>(city::places(i)); k < answers.size(); ++k)
      last = c.say(i, answers[k]);
    REQUIRE(last.find("第一版已保存：海丰纺织，李敏") != std::string::npos);
  }
  CHECK(c.faults_in_replay(0) + c.faults_in_replay(1) + c.faults_in_replay(2) + c.faults_in_replay(3) == 0);
  c.r.say("new", "n1", "你好");
  CHECK(c.r.say("new", "n2", "1").bytes.find("企业全称") != std::string::npos);
}

TEST_CASE("versions: a move takes 1,000 conversations along, asks nothing twice, and none fails or restarts") {
  city c;
  c.publish(2, {{scripts(1)->version(), "", ""}});
  for (int i = 0; i < crowd; ++i) {
    std::string last;
    const auto rest = std::vector<std::string>{answers.begin() + city::places(i), answers.end()};
    for (const std::string& text : rest) {
      // Whoever stood at the question that went is at the next one: a number of people is no telephone number.
      last = c.say(i, text);
      if (last.find("邮箱") != std::string::npos) break;
    }
    INFO(i << ": " << last);
    if (last.find("邮箱") == std::string::npos) last = c.say(i, "李敏");
    REQUIRE(last.find("邮箱") != std::string::npos);
    REQUIRE(c.say(i, "a@example.cn").find("第二版已保存：海丰纺织，李敏") != std::string::npos);
  }
  for (int i = 0; i < 8; ++i) CHECK(c.faults_in_replay(i) == 0);
}

TEST_CASE("versions: a withdrawal sends everybody to the named state, answers kept") {
  city c;
  c.publish(2, {{scripts(1)->version(), "form", "sorry"}});
  for (int i = 0; i < 40; ++i) {
    if (city::places(i) < 2) continue;  // the name is not told yet
    const std::string moved = c.say(i, "在吗");
    INFO(i << ": " << moved);
    REQUIRE(moved.find("政策已调整") != std::string::npos);
    c.say(i, "13900139000");
    c.say(i, "李敏");
    REQUIRE(c.say(i, "a@example.cn").find("第二版已保存：海丰纺织") != std::string::npos);
  }
}

}  // namespace zhuqi::pipeline_tests
