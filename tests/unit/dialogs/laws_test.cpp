// Laws of the engine, tried on random conversations over the shipped scripts.
#include "bot/base/limits.hpp"
#include "tests/unit/dialogs/talk.hpp"

#include <rapidcheck.h>

#include <algorithm>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

constexpr std::int64_t start_ms = 1'800'000'000'000;

/// What users send: answers that fit somewhere, commands, and everything else.
rc::Gen<std::string> some_text() {
  const auto fitting = rc::gen::element<std::string>(
      "1", "2", "3", "１", "第二个", "资金", "用工", "我要反映问题", "企业信息", "李敏", "13800138000", "0595-22345678",
      "9144030071526726XG", "泉州海丰纺织有限公司", "丰泽区", "工厂自周一起拿不到通行证", "确认", "修改", "取消", "是",
      "不是", "制造业", "一般", "不变");
  const auto command =
      rc::gen::element<std::string>("返回", "上一步", "主菜单", "重新开始", "语言", "English", "日本語", "中文", "帮助",
                                    "为什么", "why", "人工", "退出", "取消排队");
  const auto odd = rc::gen::element<std::string>("", " ", "🙂", "👍👍", "{summary}", "{", "]]>", "<xml>", "\xff\xfe",
                                                 std::string(10 * 1024, 'x'), std::string(400, '\n'), "不知道",
                                                 "\"\\\b\x01", "999999999999999999999");
  return rc::gen::weightedOneOf<std::string>(
      {{12, fitting}, {5, command}, {3, odd}, {2, rc::gen::string<std::string>()}});
}

/// One thing that happens, as a number that is made into an event when the snapshot is known (timers fire when pending).
struct happening {
  int kind = 0;
  std::string text;
};

std::ostream& operator<<(std::ostream& out, const happening& h) { return out << h.kind << ":" << h.text; }

rc::Gen<std::vector<happening>> some_life(std::size_t longest) {
  const auto one = rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 40), some_text()), [](std::pair<int, std::string> p) {
    return happening{p.first, std::move(p.second)};
  });
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, longest),
                         [one](std::size_t n) { return rc::gen::container<std::vector<happening>>(n, one); });
}

any_event event_of(const happening& h, const snapshot& now) {
  switch (h.kind) {
    case 0: return event::media{"image", "m", ""};
    case 1: return event::entered{h.text};
    case 2: return event::entered{"raise_problem"};
    case 3: return event::menu{"company_profile"};
    case 4: return event::menu{h.text};
    case 5:
      return now.timers.empty() ? event::timer{"expire", {1}}
                                : event::timer{now.timers.back().name, now.timers.back().due};
    case 6:
      return now.timers.empty() ? event::timer{"remind:1", {1}}
                                : event::timer{now.timers.front().name, now.timers.front().due};
    case 7: return event::left{};
    case 8: return event::notice{"x", h.text};
    case 9: return event::menu{"raise_problem"};
    default: return event::text{h.text};
  }
}

const ask_node* pending(const snapshot& s) {
  if (s.owner != talker::bot || s.stack.empty()) return nullptr;
  const dialog* d = shipped().find(s.stack.back().dialog);
  const auto index = d != nullptr ? d->find_state(s.stack.back().state) : std::nullopt;
  return index ? std::get_if<ask_node>(&d->states[*index].what) : nullptr;
}

step_result go(const snapshot& s, const any_event& e) { return step(shipped(), s, e, {{start_ms}}); }
snapshot after(const snapshot& s, const std::string& text) { return go(s, event::text{text}).next; }

int times_in(const std::string& text, const std::string& part) {
  int n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

/// How often the pending question's own words are in what was said.
int prompts_of(const ask_node& ask, lang l, const std::vector<message>& messages) {
  const std::string words = ask.prompt.shown_in(l).parts().front().literal;
  int n = 0;
  for (const message& m : messages) n += times_in(m.text, words);
  return n;
}

void check_law(bool held) { REQUIRE(held); }

/// Tries `law` at every place of random conversations where an answer is awaited. `law` gives whether it applied there; it must
/// have applied often enough to mean something.
template <class Law>
void holds_everywhere(Law law) {
  int applied = 0;
  const snapshot draft = at_contact().now;
  // A law with a narrow precondition may apply 40 times in a hundred lives: then more lives are lived, not less asked.
  for (int round = 0; applied <= 50 && round < 10; ++round) {
    check_law(rc::check([&] {
      snapshot s = *rc::gen::element(snapshot{}, draft);
      for (const happening& h : *some_life(25)) {
        s = go(s, event_of(h, s)).next;
        if (s.owner == talker::queue && h.kind % 3 == 0) s.owner = talker::closed;  // an official has finished
        if (pending(s) != nullptr && law(s)) ++applied;
      }
    }));
  }
  CHECK(applied > 50);
}

}  // namespace

TEST_CASE("law: never stuck, never two prompts, always the same, always storable, always within bounds") {
  check_law(rc::check([] {
    snapshot s;
    for (const happening& h : *some_life(60)) {
      const any_event e = event_of(h, s);
      const step_result r = go(s, e);
      const step_result again = go(s, e);
      RC_ASSERT(r.next == again.next);
      RC_ASSERT(r.messages == again.messages);
      RC_ASSERT(r.effects == again.effects);
      const bool silent = s.owner == talker::queue || s.owner == talker::human;
      if (std::holds_alternative<event::text>(e) && !silent) RC_ASSERT(!r.messages.empty());
      RC_ASSERT(prompts_in(r.messages) <= 1);
      if (const ask_node* ask = pending(r.next); ask != nullptr && !r.messages.empty()) {
        RC_ASSERT(prompts_of(*ask, r.next.language, r.messages) <= 1);
      }
      for (const message& m : r.messages) RC_ASSERT(plain(m).size() <= limits::wechat_text_bytes);
      // Awaiting an answer or a service, handed over, or idle: there is no other place.
      RC_ASSERT(pending(r.next) != nullptr || r.next.owner != talker::bot || r.next.stack.empty() ||
                !r.next.stack.back().awaits.empty());
      const std::string bytes = serialize(r.next);
      RC_ASSERT(bytes.size() <= limits::snapshot_bytes);
      const auto back = deserialize(bytes);
      RC_ASSERT(back.has_value());
      RC_ASSERT(*back == r.next);
      RC_ASSERT(serialize(*back) == bytes);
      s = r.next;
      if (s.owner == talker::queue && h.kind % 3 == 0) s.owner = talker::closed;
    }
  }));
}

TEST_CASE("law: 返回 and the same answer again is identity") {
  holds_everywhere([](const snapshot& s) {
    const std::string answer = *some_text();
    const snapshot answered = after(s, answer);
    const bool one_further = answered.stack.size() == s.stack.size() && answered.owner == talker::bot &&
                             answered.stack.back().trail.size() == s.stack.back().trail.size() + 1;
    if (!one_further || answered.calls != s.calls) return false;  // a service was asked: that is not taken back
    const snapshot returned = after(answered, "返回");
    RC_ASSERT(returned.stack.back().state == s.stack.back().state);
    RC_ASSERT(after(returned, answer) == answered);
    return true;
  });
}

TEST_CASE("law: no answer is lost by 返回: 不变 takes it up again") {
  holds_everywhere([](const snapshot& s) {
    if (s.stack.back().trail.empty()) return false;
    const frame f = s.stack.back();
    const snapshot returned = after(s, "返回");
    for (const auto& [name, value] : f.vars) {
      const dialog& d = *shipped().find(f.dialog);
      if (!d.vars[*d.find_variable(name)].label.empty()) RC_ASSERT(returned.stack.back().vars.at(name) == value);
    }
    return true;
  });
}

TEST_CASE("law: a digression and its end are identity") {
  holds_everywhere([](const snapshot& s) {
    for (const char* command : {"帮助", "help", "为什么", "ヘルプ"}) RC_ASSERT(after(s, command).stack == s.stack);
    const std::string same_language{tag(s.language)};
    const std::map<lang, const char*> names{
        {lang::zh_cn, "中文"}, {lang::en, "English"}, {lang::ja, "日本語"}, {lang::ko, "한국어"}};
    const auto choosing_already = [](const frame& f) { return f.dialog == language_dialog_id; };
    if (std::any_of(s.stack.begin(), s.stack.end(), choosing_already)) return false;
    RC_ASSERT(after(s, names.at(s.language)) == after(s, "帮助"));
    if (s.stack.size() > limits::interrupt_depth) return true;
    const snapshot choosing = after(s, "语言");
    RC_ASSERT(choosing.stack.size() == s.stack.size() + 1);
    RC_ASSERT(after(choosing, names.at(s.language)) == after(s, "帮助"));
    RC_ASSERT(after(choosing, "返回").stack == s.stack);
    return true;
  });
}

TEST_CASE("law: a script that always gets a fitting answer comes to an end") {
  for (const char* id : {"raise_problem", "company_profile"}) {
    talk t;
    t.enter(id);
    int answers = 0;
    while (pending(t.now) != nullptr && t.dialog() == id && answers < 20) {
      const ask_node& ask = *pending(t.now);
      const variable& v = shipped().find(id)->vars[ask.variable];
      t.say(std::holds_alternative<choice_type>(v.type)  ? "1"
            : std::holds_alternative<phone_type>(v.type) ? "13800138000"
            : std::holds_alternative<uscc_type>(v.type)  ? "9144030071526726XG"
                                                         : "一二三四五六");
      ++answers;
    }
    CHECK(answers == 6);
  }
}
