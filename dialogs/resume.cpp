// Walking old answers again. One mechanism serves 改 (later answers are kept while they fit), 「继续」 after an expiry, and moving
// to another version: the dialog runs from its start, and a question whose old answer still fits is not asked.
#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// The answer fits the variable, whose type is the one that it was answered under. What is not known is believed.
bool means_the_same(const dialog& d, const variable& v, const std::string& value,
                    const std::map<std::string, std::string>& types) {
  const auto then = types.find(d.id + '.' + v.id);
  return (then == types.end() || then->second == type_name_of(v.type)) && fits(v.type, value);
}

}  // namespace

std::map<std::string, std::string> answer_types(const script_set& scripts, const snapshot& s) {
  std::map<std::string, std::string> out;
  for (const frame& f : s.stack) {
    const dialog* d = scripts.find(f.dialog);
    for (const auto& [id, _] : f.vars) {
      const auto index = d != nullptr ? d->find_variable(id) : std::nullopt;
      if (index) out.emplace(f.dialog + '.' + id, type_name_of(d->vars[*index].type));
    }
  }
  return out;
}

// --- 改 ---

bool turn::change_answer(std::string_view folded) {
  const auto& words = scripts_.system().change_keys;
  const frame& f = top();
  const dialog* d = scripts_.find(f.dialog);
  if (d == nullptr) return false;
  for (const std::string& w : words) {
    std::string_view label = folded;
    if (folded.size() > w.size() && folded.starts_with(w)) {
      label = text::trim(folded.substr(w.size()));
    } else if (folded.size() > w.size() && folded.ends_with(w)) {
      label = text::trim(folded.substr(0, folded.size() - w.size()));
    } else {
      continue;
    }
    // The latest question that filled it: a dialog may ask for a variable in two places.
    for (auto id = f.trail.rbegin(); id != f.trail.rend(); ++id) {
      const auto index = d->find_state(*id);
      const auto* ask = index ? std::get_if<ask_node>(&d->states[*index].what) : nullptr;
      if (ask == nullptr) continue;
      const auto& keys = d->vars[ask->variable].label_keys;
      if (std::find(keys.begin(), keys.end(), label) == keys.end()) continue;
      ask_again(std::string{*id});
      return true;
    }
  }
  return false;
}

/// The question again, its answer offered; what was answered after it is kept for where the way comes by again.
void turn::ask_again(const std::string& state_id) {
  frame& f = top();
  const auto from = std::find(f.trail.begin(), f.trail.end(), state_id);
  f.replay.clear();
  if (from != f.trail.end()) f.replay.assign(from + 1, f.trail.end());
  run(scripts_.find(f.dialog)->find_state(state_id));
}

const std::string* turn::replayed(const frame& f, const position& at) const {
  if (at.asked().label.empty() || std::find(f.replay.begin(), f.replay.end(), at.s->id) == f.replay.end())
    return nullptr;
  const auto value = f.vars.find(at.ask->into);
  return value != f.vars.end() && fits(at, value->second) ? &value->second : nullptr;
}

bool turn::fits(const position& at, const std::string& value) const {
  return dialogs::fits(at.asked().type, value) && failed_check(at, value) == nullptr;
}

// --- 继续 ---

/// Keeps what the user came for, unless nothing was answered.
void turn::park() {
  const frame& f = next_.stack[main_frame()];
  if (f.trail.empty() || f.dialog == main_menu_id) return;
  parked_dialog p{f.dialog, {}, {}, f.trail, f.results, env_.now};
  const dialog& d = *scripts_.find(f.dialog);
  for (const auto& [id, value] : f.vars) {
    const auto index = d.find_variable(id);
    if (!index || d.vars[*index].label.empty()) continue;
    p.vars.emplace(id, value);
    p.types.emplace(f.dialog + '.' + id, type_name_of(d.vars[*index].type));
  }
  std::erase_if(next_.parked, [&](const parked_dialog& old) { return old.dialog == f.dialog; });
  next_.parked.push_back(std::move(p));
  if (next_.parked.size() > limits::parked_dialogs) next_.parked.erase(next_.parked.begin());
}

/// Takes up the latest that was parked; false where there is none that the scripts still have.
bool turn::resume() {
  while (!next_.parked.empty()) {
    parked_dialog p = std::move(next_.parked.back());
    next_.parked.pop_back();
    if (scripts_.find(p.dialog) == nullptr) continue;
    frame f;
    f.dialog = p.dialog;
    f.vars = std::move(p.vars);
    f.replay = std::move(p.trail);
    f.results = std::move(p.results);
    say(system(system_text::resumed));
    walk_again(std::move(f), p.types);
    return true;
  }
  return false;
}

void turn::drop_misfits(frame& f, const dialog& d, const type_names& types) const {
  std::erase_if(f.vars, [&](const auto& answer) {
    const auto index = d.find_variable(answer.first);
    return !index || !means_the_same(d, d.vars[*index], answer.second, types);
  });
}

/// From the start of the frame's dialog, silently as far as its `replay` reaches.
void turn::walk_again(frame old, const type_names& types) {
  const dialog& d = *scripts_.find(old.dialog);
  drop_misfits(old, d, types);
  next_.stack.push_back(std::move(old));
  walking_again_ = true;
  run(d.start_target);
  walking_again_ = false;
}

// --- other versions ---

/// Everything the frame stands on is in these scripts, and of the same kind.
bool turn::still_stands(const frame& f, const type_names& types) const {
  const position now = at(f);
  if (now.s == nullptr || (!now.waits() && !std::holds_alternative<call_node>(now.s->what))) return false;
  if (now.doing != nullptr) return false;
  const auto answered = [&](const std::string& id) {
    const auto index = now.d->find_state(id);
    const auto* ask = index ? std::get_if<ask_node>(&now.d->states[*index].what) : nullptr;
    const auto value = ask != nullptr ? f.vars.find(ask->into) : f.vars.end();
    return value != f.vars.end() && means_the_same(*now.d, now.d->vars[ask->variable], value->second, types);
  };
  return std::all_of(f.trail.begin(), f.trail.end(), answered);
}

void turn::on(const event::moved& e) {
  if (stays_silent()) return;
  if (next_.stack.empty()) return;
  move_to(e);
  arm_timers();
}

void turn::move_to(const event::moved& where) {
  const auto& stack = next_.stack;
  const bool stands =
      std::all_of(stack.begin(), stack.end(), [&](const frame& f) { return still_stands(f, where.types); });
  if (where.state.empty() && stands) return;  // nobody notices
  frame old = std::move(next_.stack[main_frame()]);
  next_.stack.clear();
  if (!where.dialog.empty()) old.dialog = where.dialog;
  const dialog* d = scripts_.find(old.dialog);
  say(system(system_text::updated));
  if (d == nullptr || d->id == main_menu_id) return go_to_main_menu();
  sit_at_main_menu();
  const auto wanted = where.state.empty() ? std::nullopt : d->find_state(where.state);
  if (!wanted) {
    old.replay = std::exchange(old.trail, {});
    old.awaits.clear();
    old.last_do.clear();
    return walk_again(std::move(old), where.types);
  }
  drop_misfits(old, *d, where.types);
  std::erase_if(old.trail, [&](const std::string& id) {
    const auto index = d->find_state(id);
    const auto* ask = index ? std::get_if<ask_node>(&d->states[*index].what) : nullptr;
    return ask == nullptr || !old.vars.contains(ask->into);
  });
  next_.stack.push_back(std::move(old));
  run(wanted);
}

}  // namespace zhuqi::dialogs
