// Runs conversations of tests through the engine. Time stands still but for `wait`; services answer what the test
// says, at once,
// and are unavailable otherwise.
#include "dialogs/script_tests.hpp"

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/understand.hpp"

#include <algorithm>
#include <utility>

namespace zhuqi::dialogs {
namespace {

/// Timers that may come due in one `wait`: reminders and expiries of every question of a long dialog, many times over.
constexpr int most_timers = 1'000;
constexpr std::size_t shown_bytes = 300;

struct mismatch {
  std::string expected_zh, expected_en, came_zh, came_en;
};

std::string in_quotes(std::string_view text, lang l) {
  std::string cut{text::truncate(text, shown_bytes)};
  if (cut.size() < text.size()) cut += "…";
  std::replace(cut.begin(), cut.end(), '\n', ' ');
  return l == lang::zh_cn ? "「" + cut + "」" : "\"" + cut + "\"";
}

class conversation_test {
 public:
  conversation_test(const script_set& scripts, const script_test& test, const test_case& what,
                    std::set<passage>& passed, const step_watch& watch)
      : scripts_{scripts}, test_{test}, case_{what}, passed_{passed}, watch_{watch}, clock_{what.at} {
    now_.language = what.language;
    for (const auto& [slot, value] : what.profile) {
      now_.profile.insert_or_assign(slot, value);
      now_.known_since.insert_or_assign(slot, clock_);
    }
  }

  std::optional<test_failure> run() {
    for (std::size_t i = 0; i < case_.steps.size(); ++i) {
      const test_action& action = case_.steps[i];
      const bool input = action.what.index() <= 3;               // user, media, menu, wait
      if (i == 0 && !input) begin({event::menu{test_.dialog}});  // a test that begins with what the dialog says
      if (auto wrong = std::visit([this](const auto& step) { return take(step); }, action.what)) {
        return test_failure{action.where, std::move(wrong->expected_zh), std::move(wrong->expected_en),
                            std::move(wrong->came_zh), std::move(wrong->came_en)};
      }
    }
    return std::nullopt;
  }

 private:
  using verdict = std::optional<mismatch>;

  // --- input ---

  void begin(const any_event& e) {
    said_.clear();
    effects_.clear();
    way_.clear();
    feed(e);
  }

  /// The event, and the answers of services that it leads to.
  void feed(const any_event& e) {
    std::vector<any_event> open{e};
    for (std::size_t i = 0; i < open.size() && i < limits::engine_steps; ++i) {
      if (watch_) watch_(now_, open[i], clock_);
      step_result r = step(scripts_, now_, open[i], {clock_, &way_});
      now_ = std::move(r.next);
      for (const message& m : r.messages) {
        said_ += m.text + '\n';
        for (const quick_reply& o : m.options) said_ += o.label + '\n';
        if (!m.hint.empty()) said_ += m.hint + '\n';
      }
      for (any_effect& x : r.effects) {
        if (const auto* call = std::get_if<effect::call>(&x)) {
          if (auto reply = reply_to(*call)) open.push_back(*std::move(reply));
        }
        effects_.push_back(std::move(x));
      }
    }
    passed_.insert(way_.begin(), way_.end());
  }

  std::optional<event::service_result> reply_to(const effect::call& call) {
    const auto mocked = case_.mocks.find(call.service);
    if (mocked == case_.mocks.end() || mocked->second.empty()) {
      return event::service_result{call.id, "unavailable", {}};
    }
    std::size_t& turn = calls_[call.service];
    const mocked_reply& reply = mocked->second[std::min(turn++, mocked->second.size() - 1)];
    if (reply.silent) return std::nullopt;
    return event::service_result{call.id, reply.error, reply.fields};
  }

  verdict take(const test_step::user& s) {
    begin(event::text{s.text});
    return std::nullopt;
  }
  verdict take(const test_step::media& s) {
    begin(s.what);
    return std::nullopt;
  }
  verdict take(const test_step::menu& s) {
    begin(event::menu{s.key});
    return std::nullopt;
  }
  verdict take(const test_step::wait& s) {
    said_.clear();
    effects_.clear();
    way_.clear();
    const unix_ms until = clock_ + s.ms;
    for (int fired = 0; fired < most_timers; ++fired) {
      const auto next = std::min_element(now_.timers.begin(), now_.timers.end(),
                                         [](const auto& a, const auto& b) { return a.due < b.due; });
      if (next == now_.timers.end() || next->due > until) break;
      clock_ = std::max(clock_, next->due);
      const std::vector<pending_timer> before = now_.timers;
      feed(event::timer{next->name, next->due});
      if (now_.timers == before) break;  // nobody listens any more
    }
    clock_ = until;
    return std::nullopt;
  }

  // --- expectations ---

  std::string place() const {
    if (now_.owner != talker::bot) return {};
    return now_.stack.empty() ? std::string{} : now_.stack.back().dialog + '.' + now_.stack.back().state;
  }

  /// Where the last input led to: ends and handoffs on the way, then where the bot waits.
  std::vector<std::string> reached() const {
    std::vector<std::string> out;
    for (const passage& p : way_) {
      if (p.how != passage::by::entry) continue;
      const dialog* d = scripts_.find(p.dialog);
      const auto index = d != nullptr ? d->find_state(p.state) : std::nullopt;
      if (!index) continue;
      const node& what = d->states[*index].what;
      const auto* call = std::get_if<call_node>(&what);
      if (std::holds_alternative<end_node>(what) || std::holds_alternative<handoff_node>(what) ||
          (call != nullptr && call->next.empty())) {
        out.push_back(p.dialog + '.' + p.state);
      }
    }
    if (const std::string here = place(); !here.empty()) out.push_back(here);
    return out;
  }

  std::string full(const std::string& name) const {
    return name.find('.') == std::string::npos ? test_.dialog + '.' + name : name;
  }

  static mismatch compared(std::string_view what_zh, std::string_view what_en, const std::string& expected,
                           const std::vector<std::string>& came) {
    std::string all;
    for (const std::string& c : came) all.append(all.empty() ? "" : ", ").append(c);
    return {std::string{what_zh} + ' ' + expected, std::string{what_en} + ' ' + expected, all.empty() ? "没有" : all,
            all.empty() ? "none" : all};
  }

  verdict take(const test_step::bot& s) {
    const std::vector<std::string> came = reached();
    const std::string wanted = full(s.state);
    if (std::find(came.begin(), came.end(), wanted) != came.end()) return std::nullopt;
    return compared("状态", "state", wanted, came);
  }

  verdict take(const test_step::says& s) {
    if (said_.find(s.part) != std::string::npos) return std::nullopt;
    return mismatch{"文字含" + in_quotes(s.part, lang::zh_cn), "a text with " + in_quotes(s.part, lang::en),
                    in_quotes(said_, lang::zh_cn), in_quotes(said_, lang::en)};
  }

  verdict take(const test_step::outcome& s) {
    std::vector<std::string> came;
    for (const any_effect& e : effects_) {
      if (const auto* ended = std::get_if<effect::ended>(&e)) came.push_back(ended->dialog + '.' + ended->outcome);
    }
    const std::string wanted = full(s.name);
    if (std::find(came.begin(), came.end(), wanted) != came.end()) return std::nullopt;
    return compared("结果", "outcome", wanted, came);
  }

  verdict take(const test_step::handoff& s) {
    std::vector<std::string> came;
    for (const any_effect& e : effects_) {
      const auto* h = std::get_if<effect::handoff>(&e);
      if (h == nullptr) continue;
      const bool same = (s.queue.empty() || s.queue == h->queue) && h->note.find(s.note) != std::string::npos;
      if (same) return std::nullopt;
      came.push_back(h->queue + " " + in_quotes(h->note, lang::zh_cn));
    }
    const std::string wanted = s.note.empty() ? s.queue : s.queue + " " + in_quotes(s.note, lang::zh_cn);
    return compared("转人工", "a handoff to", wanted, came);
  }

  /// The value in the nearest dialog under way, else among the answers of what ended.
  const std::string* value_of(const std::string& dialog_id, const std::string& name) const {
    for (auto f = now_.stack.rbegin(); f != now_.stack.rend(); ++f) {
      if (f->dialog != dialog_id) continue;
      const auto at = f->vars.find(name);
      return at != f->vars.end() ? &at->second : nullptr;
    }
    for (const any_effect& e : effects_) {
      const auto* ended = std::get_if<effect::ended>(&e);
      if (ended == nullptr || ended->dialog != dialog_id) continue;
      if (const auto at = ended->slots.find(name); at != ended->slots.end()) return &at->second;
    }
    return nullptr;
  }

  verdict take(const test_step::variable& s) {
    const std::string name = full(s.name);
    const std::size_t dot = name.find('.');
    const std::string id = name.substr(dot + 1);
    const dialog* d = scripts_.find(name.substr(0, dot));
    const auto index = d != nullptr ? d->find_variable(id) : std::nullopt;
    const std::string* came = index ? value_of(d->id, id) : nullptr;
    if (came != nullptr && (*came == s.value || read_constant(d->vars[*index].type, s.value) == *came)) {
      return std::nullopt;
    }
    return compared("变量", "variable", name + " = " + s.value,
                    came != nullptr ? std::vector{*came} : std::vector<std::string>{});
  }

  const script_set& scripts_;
  const script_test& test_;
  const test_case& case_;
  std::set<passage>& passed_;
  const step_watch& watch_;
  unix_ms clock_;
  snapshot now_;
  std::string said_;  ///< since the last input, as are the next two
  std::vector<any_effect> effects_;
  std::vector<passage> way_;
  std::map<std::string, std::size_t> calls_;
};

}  // namespace

std::size_t test_results::failures() const {
  return static_cast<std::size_t>(
      std::count_if(cases.begin(), cases.end(), [](const case_result& c) { return c.failure.has_value(); }));
}

test_results run_tests(const script_set& scripts, std::span<const script_test> tests, const step_watch& watch) {
  test_results out;
  for (const script_test& test : tests) {
    for (const test_case& one : test.cases) {
      out.cases.push_back({test.dialog, one.name, test.file, one.where,
                           conversation_test{scripts, test, one, out.passed, watch}.run()});
    }
  }
  return out;
}

std::string to_line(const case_result& failed, lang l) {
  const source_mark at = failed.failure ? failed.failure->where : failed.where;
  std::string out = failed.file + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": ";
  if (!failed.failure) return out + failed.name;
  const test_failure& f = *failed.failure;
  if (l == lang::zh_cn) return out + in_quotes(failed.name, l) + "应为" + f.expected_zh + "，实际是 " + f.came_zh;
  return out + in_quotes(failed.name, l) + ": expected " + f.expected_en + ", came " + f.came_en;
}

}  // namespace zhuqi::dialogs
