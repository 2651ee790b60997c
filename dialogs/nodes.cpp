// Entering states, run to completion: from one state to the next until a question waits, a human takes over, or the stack
// is empty. A frame ends by finish(), which gives its caller the word.
#include "bot/base/limits.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {

turn::position turn::at(const frame& f) const {
  const dialog* d = scripts_.find(f.dialog);
  if (d == nullptr) return {};
  const auto index = d->find_state(f.state);
  if (!index) return {d, nullptr, nullptr};
  const state& s = d->states[*index];
  return {d, &s, std::get_if<ask_node>(&s.what)};
}

turn::position turn::here() const { return next_.stack.empty() ? position{} : at(next_.stack.back()); }

void turn::run(std::size_t first) {
  target next = first;
  while (next) {
    if (++entered_ > limits::engine_steps || next_.stack.empty()) return give_up();
    frame& f = top();
    const dialog* d = scripts_.find(f.dialog);
    if (d == nullptr || *next >= d->states.size()) return give_up();
    const state& s = d->states[*next];
    f.state = s.id;
    next = std::visit([this](const auto& n) { return enter(n); }, s.what);
  }
}

turn::target turn::enter(const ask_node& n) {
  frame& f = top();
  const position at = here();
  f.attempt = 0;
  f.asides = 0;
  // Coming round to a question again cuts the trail there, so that a trail is never longer than the dialog.
  f.trail.erase(std::find(f.trail.begin(), f.trail.end(), f.state), f.trail.end());
  if (at.d->vars[n.variable].label.empty()) f.vars.erase(n.into);  // a step of the way, not something to keep
  prompt(at);
  return std::nullopt;
}

turn::target turn::enter(const say_node& n) {
  say(render(n.text, &top(), next_.language));
  return follow(n.next);
}

turn::target turn::enter(const call_node& n) {
  if (!n.say.empty()) say(render(n.say, &top(), next_.language));
  const dialog& called = scripts_.dialogs()[n.target];
  push(called);
  return called.start_target;
}

turn::target turn::enter(const handoff_node& n) {
  const frame& f = top();
  const dialog& d = *here().d;
  if (!n.say.empty()) say(render(n.say, &f, next_.language));
  effect::ended ended{d.id, n.outcome, canonical_slots(f, d)};
  hand_over(n.queue, n.note.empty() ? summary(lang::zh_cn) : render(n.note, &f, lang::zh_cn));
  effects_.emplace_back(std::move(ended));
  return std::nullopt;
}

turn::target turn::enter(const end_node& n) {
  if (!n.say.empty()) say(render(n.say, &top(), next_.language));
  return finish(n.outcome, n.keep);
}

turn::target turn::follow(const std::vector<branch>& branches) {
  const frame& f = top();
  for (const branch& b : branches) {
    if (!b.guard || b.guard->holds(f.vars)) return b.target;
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
    if (call != nullptr && !call->next.empty()) return follow(call->next);
    if (call != nullptr) return finish(call->outcome, keeping::nothing);
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
