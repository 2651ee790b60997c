// Laws of the engine, tried on random conversations that begin in each of the shipped dialogs.
#include "bot/base/limits.hpp"
#include "tests/unit/dialogs/lives.hpp"

#include <algorithm>
#include <set>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

step_result go(const snapshot& s, const any_event& e) { return step(shipped(), s, e, {{lives_begin_ms}}); }
snapshot after(const snapshot& s, const std::string& text) { return go(s, event::text{text}).next; }

int times_in(const std::string& text, const std::string& part) {
  int n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

/// How often the pending question's own words are in what was said.
int prompts_of(const ask_node& ask, lang l, const std::vector<message>& messages) {
  std::string words;  // a prompt may begin with a placeholder: the longest stretch of its own
  for (const auto& part : ask.prompt.shown_in(l).parts()) {
    if (part.literal.size() > words.size()) words = part.literal;
  }
  int n = 0;
  for (const message& m : messages) n += times_in(m.text, words);
  return n;
}

/// Awaiting an answer or a service, handed over, or idle: there is no other place.
bool is_somewhere(const snapshot& s) {
  if (s.owner != talker::bot || s.stack.empty()) return true;
  return pending(s) != nullptr || !s.stack.back().awaits.empty();
}

void check_law(bool held) { REQUIRE(held); }

/// Where lives begin: nowhere, in a half-filled form, or at the first question of each dialog.
rc::Gen<snapshot> some_beginning() {
  static const std::vector<snapshot> all = [] {
    std::vector<snapshot> out{snapshot{}, at_contact().now};
    for (const dialog& d : shipped().dialogs()) out.push_back(go(snapshot{}, event::entered{d.id}).next);
    return out;
  }();
  return rc::gen::elementOf(all);
}

/// An official has finished now and then, or the lives would end in the queue.
void finish_case(snapshot& s, const happening& h) {
  if (s.owner == talker::queue && h.pick % 3 == 0) s.owner = talker::closed;
}

/// Tries `law` at every place of random conversations where an answer is awaited. `law` gives whether it applied there; it must
/// have applied often enough to mean something.
template <class Law>
void holds_everywhere(Law law) {
  int applied = 0;
  // A law with a narrow precondition may apply 40 times in a hundred lives: then more lives are lived, not less asked.
  for (int round = 0; applied <= 50 && round < 10; ++round) {
    check_law(rc::check([&] {
      snapshot s = *some_beginning();
      for (const happening& h : *some_life(25)) {
        s = go(s, event_of(h, s)).next;
        finish_case(s, h);
        if (pending(s) != nullptr && law(s)) ++applied;
      }
    }));
  }
  CHECK(applied > 50);
}

}  // namespace

TEST_CASE("law: never stuck, never two prompts, always the same, always storable, always within bounds") {
  std::set<std::string> dialogs_seen;
  check_law(rc::check([&] {
    snapshot s = *some_beginning();
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
      RC_ASSERT(is_somewhere(r.next));
      const std::string bytes = serialize(r.next);
      RC_ASSERT(bytes.size() <= limits::snapshot_bytes);
      const auto back = deserialize(bytes);
      RC_ASSERT(back.has_value());
      RC_ASSERT(*back == r.next);
      RC_ASSERT(serialize(*back) == bytes);
      s = r.next;
      for (const frame& f : s.stack) dialogs_seen.insert(f.dialog);
      finish_case(s, h);
    }
  }));
  CHECK(dialogs_seen.size() == shipped().dialogs().size());
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

TEST_CASE("law: each run ends within the number of questions that the checker proved") {
  const question_bounds proved = load_library(library::files()).questions;
  for (const dialog& d : shipped().dialogs()) {
    const auto bound = proved.find(d.id);
    INFO(d.id);
    REQUIRE(bound != proved.end());
    if (d.id == main_menu_id) continue;  // it never ends
    check_law(rc::check([&] {
      snapshot s = go(snapshot{}, event::entered{d.id}).next;
      std::map<std::string, std::size_t> asked;
      std::size_t questions = 0, rounds = 1;
      for (const happening& h : *some_good_answers(400)) {
        if (s.owner != talker::bot || s.stack.back().dialog != d.id) return;
        const frame& f = s.stack.back();
        if (pending(s) != nullptr && f.attempt == 0) rounds = std::max(rounds, ++asked[f.state]);
        questions += pending(s) != nullptr ? 1 : 0;
        RC_ASSERT(questions <= bound->second.most * (bound->second.rounds ? rounds : 1));
        s = go(s, event_of(h, s)).next;
      }
      RC_FAIL("400 fitting answers and no end");
    }));
  }
}
