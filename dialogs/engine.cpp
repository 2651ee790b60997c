// What each event means. Reads top down: who may speak, which question is pending, is this its answer, a command, or a miss.
#include "dialogs/engine.hpp"

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// Longer texts cannot be a command or an option; folding them would only cost.
constexpr std::size_t longest_keyword_bytes = 600;

std::string folded_keyword(std::string_view raw) {
  return raw.size() <= longest_keyword_bytes ? text::fold(raw) : std::string{};
}

}  // namespace

bool is_idle(const snapshot& s) {
  return s.owner == talker::closed || s.stack.empty() ||
         (s.stack.size() == 1 && s.stack.front().dialog == main_menu_id);
}

step_result step(const script_set& scripts, const snapshot& before, const any_event& what, const environment& env) {
  return turn{scripts, before, env}.take(what);
}

std::map<std::string, std::string> shown_answers(const script_set& scripts, const snapshot& s) {
  return turn{scripts, s, {}}.shown_slots();
}

step_result turn::take(const any_event& what) {
  std::visit([this](const auto& e) { on(e); }, what);
  if (!acted_) return {before_, {}, {}};
  next_.version = scripts_.version();
  return {std::move(next_), std::move(messages_), std::move(effects_)};
}

/// The bot speaks (again): a closed conversation begins anew, and a place that the scripts no longer have is left.
void turn::wake() {
  if (next_.owner == talker::closed) next_.stack.clear();
  next_.owner = talker::bot;
  if (!next_.stack.empty() && !here().waits()) next_.stack.clear();
}

void turn::on(const event::text& e) {
  std::string cut;
  std::string_view raw = e.text;
  if (raw.size() > limits::user_text_bytes) raw = text::truncate(raw, limits::user_text_bytes);
  if (!text::is_utf8(raw)) {
    cut = text::to_valid_utf8(raw);
    raw = cut;
  }
  const std::string folded = folded_keyword(raw);
  if (is_silent()) return withdraw_from_queue(folded);
  const bool was_lost = before_.owner == talker::bot && !before_.stack.empty() && !here().waits();
  wake();
  if (was_lost) say(system(system_text::lost));
  if (next_.stack.empty()) {
    first_words(raw, folded);
  } else if (before_.version != scripts_.version() && is_idle(next_) && values::ordinal(folded) > 0) {
    go_to_main_menu();  // the number was read off a menu of another version
  } else if (here().doing != nullptr) {
    if (!interrupted(here(), folded)) say(system(system_text::working));
  } else if (text::trim(raw).empty()) {
    aside(system_text::empty);
  } else {
    answer(here(), raw, folded);
  }
  arm_timers();
}

/// At the menu's question without having shown it; false if the menu does not begin with one.
bool turn::sit_at_main_menu() {
  const dialog* menu = scripts_.find(main_menu_id);
  if (menu == nullptr || !std::holds_alternative<ask_node>(menu->states[menu->start_target].what)) return false;
  next_.stack.clear();
  push(*menu);
  top().state = menu->start;
  return true;
}

/// Nothing is pending: what was typed may still name an entry of the menu or be a command; else it gets the menu.
void turn::first_words(std::string_view raw, std::string_view folded) {
  if (!sit_at_main_menu()) return go_to_main_menu();
  const position at = here();
  if (values::ordinal(folded) == 0) {  // a number answers a list, and none was shown
    auto p = understand(at.asked().type, raw, folded, about());
    if (p.good()) return accept(at, std::move(p.value));
  }
  if (interrupted(at, folded)) return;
  say(system(before_.version.empty() ? system_text::greeting : system_text::welcome_back));
  go_to_main_menu();
}

void turn::withdraw_from_queue(std::string_view folded) {
  acted_ = before_.owner == talker::queue && exact_command(folded) == interrupt::withdraw;
  if (!acted_) return;
  next_.owner = talker::bot;
  effects_.emplace_back(effect::withdrawn{});
  say(system(system_text::withdrawn));
  go_to_main_menu();
  arm_timers();
}

bool turn::stays_silent() {
  if (is_silent()) acted_ = false;
  return is_silent();
}

void turn::on(const event::media& e) {
  if (stays_silent()) return;
  wake();
  if (next_.stack.empty()) {
    say(system(system_text::media));
    go_to_main_menu();
  } else if (here().doing != nullptr) {
    say(system(system_text::working));
  } else if (!e.ref.empty() && std::holds_alternative<file_type>(here().asked().type)) {
    take_file(here(), e);
  } else {
    aside(system_text::media);
  }
  arm_timers();
}

void turn::on(const event::entered& e) {
  if (stays_silent()) return;
  wake();
  std::string_view scene = e.scene;
  if (scene.starts_with("qrscene_")) scene.remove_prefix(8);
  // The web page tells a newcomer's language this way; somebody known has chosen theirs.
  if (constexpr std::string_view prefix = "lang:"; before_.version.empty() && scene.starts_with(prefix)) {
    next_.language = lang_from_tag(scene.substr(prefix.size())).value_or(next_.language);
  }
  const dialog* wanted = scene == main_menu_id ? nullptr : scripts_.find(scene);
  const bool under_way = !is_idle(next_);
  say(system(before_.version.empty() ? system_text::greeting
             : under_way             ? system_text::resumed
                                     : system_text::welcome_back));
  if (wanted != nullptr) {
    open_dialog(*wanted);
  } else if (under_way && here().ask != nullptr) {
    prompt(here());
  } else if (!under_way) {
    go_to_main_menu();
  }
  arm_timers();
}

/// Nothing can reach the user any more: drafts go, what the enterprise told about itself stays.
void turn::on(const event::left&) {
  if (stays_silent()) return;
  next_.stack.clear();
  next_.timers.clear();
}

void turn::on(const event::menu& e) {
  if (stays_silent()) return;
  wake();
  const dialog* wanted = scripts_.find(e.key);
  const auto command = wanted == nullptr ? scripts_.find_interrupt(text::fold(e.key)) : std::nullopt;
  if (wanted != nullptr && wanted->id == main_menu_id) {
    restart();
  } else if (wanted != nullptr) {
    open_dialog(*wanted);
  } else if (next_.stack.empty() && !sit_at_main_menu()) {
    go_to_main_menu();
  } else if (here().doing != nullptr) {
    say(system(system_text::working));
  } else if (command && can_obey(*command, here())) {
    obey(*command, here());
  } else {
    prompt(here());
  }
  arm_timers();
}

/// By menu or QR code: what was under way waits below and is taken up again afterwards, not lost.
void turn::open_dialog(const dialog& d) {
  for (std::size_t i = 0; i < next_.stack.size(); ++i) {
    if (next_.stack[i].dialog != d.id) continue;
    next_.stack.resize(i + 1);
    const position at = here();
    if (at.ask != nullptr) return prompt(at);
    next_.stack.pop_back();
    break;
  }
  if (next_.stack.empty()) sit_at_main_menu();
  if (next_.stack.size() > limits::interrupt_depth) next_.stack.pop_back();
  start(d);
}

void turn::on(const event::timer& e) {
  const auto pending = std::find(next_.timers.begin(), next_.timers.end(), pending_timer{e.name, e.due});
  acted_ = before_.owner == talker::bot && pending != next_.timers.end() && !next_.stack.empty() && here().waits();
  if (!acted_) return;
  if (e.name.starts_with("call:")) return on(event::service_result{e.name.substr(5), "timeout", {}});
  next_.timers.erase(pending);
  if (e.name == "expire") return expire();
  say(system(system_text::remind));
  prompt(here());
}

void turn::expire() {
  expiring_ = true;
  next_.timers.clear();
  park();
  next_.stack.resize(main_frame() + 1);
  const dialog& d = *here().d;
  if (d.expire_target) {
    pass(passage::by::on_expire);
    run(*d.expire_target);
  } else {
    say(system(system_text::expired));
  }
  if (next_.owner == talker::bot) next_.stack.clear();
}

void turn::on(const event::notice&) { acted_ = false; }

/// What the user came for: it decides how long everything above it may wait.
std::size_t turn::main_frame() const {
  return next_.stack.size() > 1 && next_.stack.front().dialog == main_menu_id ? 1 : 0;
}

void turn::arm_timers() {
  const bool calling = !next_.stack.empty() && here().doing != nullptr;
  std::erase_if(next_.timers, [&](const pending_timer& t) { return !calling || !t.name.starts_with("call:"); });
  if (next_.owner != talker::bot || next_.stack.empty()) return;
  const dialog* d = scripts_.find(next_.stack[main_frame()].dialog);
  if (here().ask == nullptr || d == nullptr || d->expire_ms == 0) return;
  for (std::size_t i = 0; i < d->remind_ms.size() && d->remind_ms[i] < d->expire_ms; ++i) {
    next_.timers.push_back({"remind:" + std::to_string(i + 1), env_.now + d->remind_ms[i]});
  }
  next_.timers.push_back({"expire", env_.now + d->expire_ms});
}

}  // namespace zhuqi::dialogs
