// Entering states, run to completion: from one state to the next until a question waits, a human takes over, or the stack
// is empty. A frame ends by finish(), which gives its caller the word.
#include "bot/base/limits.hpp"
#include "dialogs/office.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// The text of a state that only speaks.
const localized* said_by(const state& s) {
  if (const auto* say = std::get_if<say_node>(&s.what)) return &say->text;
  const auto* end = std::get_if<end_node>(&s.what);
  ZHUQI_ASSERT(end != nullptr);
  return &end->say;
}

}  // namespace

turn::position turn::at(const frame& f) const {
  const dialog* d = scripts_.find(f.dialog);
  if (d == nullptr) return {};
  const auto index = d->find_state(f.state);
  if (!index) return {d, nullptr, nullptr, nullptr};
  const state& s = d->states[*index];
  return {d, &s, std::get_if<ask_node>(&s.what), f.awaits.empty() ? nullptr : std::get_if<do_node>(&s.what)};
}

turn::position turn::here() const { return next_.stack.empty() ? position{} : at(next_.stack.back()); }

void turn::pass(passage::by how, std::size_t index) {
  if (env_.passed != nullptr) env_.passed->push_back({top().dialog, top().state, how, index});
}

void turn::run(target next) {
  while (next) {
    if (++entered_ > limits::engine_steps || next_.stack.empty()) return give_up();
    frame& f = top();
    const dialog* d = scripts_.find(f.dialog);
    if (d == nullptr || *next >= d->states.size()) return give_up();
    const state& s = d->states[*next];
    f.state = s.id;
    pass(passage::by::entry);
    next = std::visit([this](const auto& n) { return enter(n); }, s.what);
  }
}

turn::target turn::enter(const ask_node& n) {
  frame& f = top();
  const position at = here();
  const variable& v = at.asked();
  f.attempt = 0;
  f.asides = 0;
  f.confirming = false;
  // Coming round to a question again cuts the trail there, so that a trail is never longer than the dialog.
  f.trail.erase(std::find(f.trail.begin(), f.trail.end(), f.state), f.trail.end());
  if (v.label.empty()) f.vars.erase(n.into);  // a step of the way, not something to keep
  const std::string* known = replayed(f, at);
  std::erase(f.replay, f.state);
  if (known == nullptr && !f.vars.contains(n.into) && v.slot != language_slot) {
    const std::string* told = offered(f, v);
    const auto since = next_.known_since.find(v.slot);
    const bool fresh = since != next_.known_since.end() && env_.now.value - since->second.value < v.fresh_ms;
    if (told != nullptr && fits(at, *told)) {
      if (fresh) known = told;
      f.confirming = !fresh;
    }
  }
  if (known != nullptr) {
    f.vars.insert_or_assign(n.into, std::string{*known});
    f.trail.push_back(f.state);
    return follow(n.next);
  }
  prompt(at);
  return std::nullopt;
}

turn::target turn::enter(const say_node& n) {
  if (!walking_again_ || top().replay.empty()) say(render(n.text, &top(), next_.language));
  return follow(n.next);
}

turn::target turn::enter(const call_node& n) {
  if (!n.say.empty()) say(render(n.say, &top(), next_.language));
  const dialog& called = scripts_.dialogs()[n.target];
  std::map<std::string, std::string> inputs;
  for (const auto& [input, value] : n.with) {
    const auto index = called.find_variable(input);
    auto text = index ? canonical_text(evaluate(value, &top()), called.vars[*index].type) : std::nullopt;
    if (text) inputs.emplace(input, std::move(*text));
  }
  push(called);
  top().vars = std::move(inputs);
  return called.start_target;
}

void turn::take_outputs(const call_node& n, const frame& ended) {
  for (const auto& [into, output] : n.take) {
    if (const auto value = ended.vars.find(output); value != ended.vars.end()) {
      top().vars.insert_or_assign(into, value->second);
    }
  }
}

turn::target turn::enter(const handoff_node& n) {
  const frame& f = top();
  const dialog& d = *here().d;
  const bool closed = n.closed_target && !is_open(scripts_.source().hours, env_.now);
  if (closed) pass(passage::by::closed);
  const localized& words = closed ? *said_by(d.states[*n.closed_target]) : n.say;
  if (!words.empty()) say(render(words, &f, next_.language));
  effect::ended ended{d.id, n.outcome, canonical_slots(f, d)};
  std::vector<std::string> files;
  for (const std::string& id : n.attach) {
    if (const auto value = f.vars.find(id); value != f.vars.end()) files.push_back(value->second);
  }
  hand_over(n.queue, n.note.empty() ? summary(lang::zh_cn) : render(n.note, &f, lang::zh_cn));
  auto& handed = std::get<effect::handoff>(effects_.back());
  handed.sla_ms = n.sla_ms;
  handed.attach = std::move(files);
  effects_.emplace_back(std::move(ended));
  return std::nullopt;
}

turn::target turn::enter(const end_node& n) {
  if (!n.say.empty()) say(render(n.say, &top(), next_.language));
  return finish(n.outcome, n.keep);
}

turn::target turn::follow(const std::vector<branch>& branches) {
  for (const branch& b : branches) {
    const cel::value holds = b.guard ? evaluate(*b.guard, &top()) : cel::value{};
    if (!b.guard || holds.is_true()) {
      pass(passage::by::branch, static_cast<std::size_t>(&b - branches.data()));
      return b.target;
    }
    if (holds.is(cel::kind::unknown)) return refine(holds);
    if (!holds.is_false()) break;
  }
  give_up();
  return std::nullopt;
}

turn::target turn::finish(std::string_view outcome, keeping keep) {
  const frame ended = std::move(next_.stack.back());
  next_.stack.pop_back();
  const dialog* d = scripts_.find(ended.dialog);
  if (keep == keeping::profile) keep_profile(ended, *d);
  effects_.emplace_back(effect::ended{ended.dialog, std::string{outcome}, canonical_slots(ended, *d)});
  ended_ = ended;
  outcome_ = outcome;
  if (expiring_) return std::nullopt;
  return return_to_caller();
}

/// The frame below either called the one that ended, or was interrupted at a question by it.
turn::target turn::return_to_caller() {
  while (!next_.stack.empty()) {
    const position below = here();
    if (below.ask != nullptr) {
      prompt(below);
      return std::nullopt;
    }
    const auto* call = below.s != nullptr ? std::get_if<call_node>(&below.s->what) : nullptr;
    if (call != nullptr) {
      take_outputs(*call, ended_);
      top().outcome = outcome_;
      return call->next.empty() ? finish(call->outcome, keeping::nothing) : follow(call->next);
    }
    next_.stack.pop_back();
  }
  return std::nullopt;
}

void turn::push(const dialog& d) {
  frame f;
  f.dialog = d.id;
  next_.stack.push_back(std::move(f));
}

void turn::start(const dialog& d) {
  push(d);
  run(d.start_target);
}

void turn::go_to_main_menu() {
  next_.stack.clear();
  const dialog* menu = scripts_.find(main_menu_id);
  if (menu == nullptr) return give_up();
  start(*menu);
}

/// What was answered on the way that led here, not what was answered on a way since abandoned.
void turn::keep_profile(const frame& f, const dialog& d) {
  for (const std::string& id : f.trail) {
    const auto index = d.find_state(id);
    const auto* ask = index ? std::get_if<ask_node>(&d.states[*index].what) : nullptr;
    if (ask == nullptr) continue;
    const variable& v = d.vars[ask->variable];
    const auto value = f.vars.find(v.id);
    if (v.slot.empty() || value == f.vars.end()) continue;
    if (v.slot != language_slot) {
      next_.profile.insert_or_assign(v.slot, value->second);
      next_.known_since.insert_or_assign(v.slot, env_.now);
    } else if (const auto l = lang_from_tag(value->second == "zh_cn" ? "zh-CN" : std::string_view{value->second})) {
      next_.language = *l;
    }
  }
}

void turn::hand_over(const std::string& queue, const std::string& what) {
  std::string reason = reason_text();
  if (!reason.empty() && !what.empty()) reason += '\n';
  effects_.emplace_back(effect::handoff{queue, reason + what, shown_slots()});
  next_.owner = talker::queue;
  next_.timers.clear();
}

/// The script led nowhere, which its checks should have excluded: a human, never silence.
void turn::give_up() {
  say(system(system_text::fault));
  reason_ = {origin::fault, {}, {}, 0};
  hand_over(scripts_.system().queue, summary(lang::zh_cn));
}

}  // namespace zhuqi::dialogs
