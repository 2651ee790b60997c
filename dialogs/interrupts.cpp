// Commands that work at any question. Each ends at a question shown once: the same one after a digression, an earlier one after
// 返回, the menu after 重新开始, or at a human.
#include "bot/base/limits.hpp"
#include "dialogs/faq.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs {
namespace {

/// Marks around a command: 人工！ (help) 返回。
std::string_view bare(std::string_view folded) {
  constexpr std::array<std::string_view, 16> marks{"!", "?", ".", "。", "~",  ",", "、", "\"",
                                                   "'", "“", "”", "「", "」", "(", ")",  "…"};
  for (bool again = true; again;) {
    again = false;
    for (std::string_view m : marks) {
      if (folded.size() > m.size() && folded.starts_with(m)) folded.remove_prefix(m.size()), again = true;
      if (folded.size() > m.size() && folded.ends_with(m)) folded.remove_suffix(m.size()), again = true;
    }
  }
  return folded;
}

constexpr std::size_t longest_plea_bytes = 90;  // 30 characters; longer texts mention 人工 for other reasons

}  // namespace

bool turn::asks_for_human(std::string_view folded) const {
  if (folded.size() > longest_plea_bytes || folded.find("不") != std::string_view::npos) return false;
  const auto& keys = scripts_.system().human_keys;
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& k) { return folded.find(k) != std::string_view::npos; });
}

std::optional<interrupt> turn::exact_command(std::string_view folded) const {
  const auto command = scripts_.find_interrupt(folded);
  return command ? command : scripts_.find_interrupt(bare(folded));
}

bool turn::interrupted(const position& at, std::string_view folded) {
  if (folded.empty()) return false;
  if (own_interrupted(at, folded)) return true;
  auto command = exact_command(folded);
  const bool free_text = at.ask != nullptr && takes_anything(at.asked().type);
  if (!command && !free_text && asks_for_human(folded)) command = interrupt::human;
  if (!command) return at.ask != nullptr && change_answer(folded);
  if (!can_obey(*command, at)) return false;
  obey(*command, at);
  return true;
}

/// Whether the command has a meaning here. While a service is at work there is no question to go back to.
bool turn::can_obey(interrupt what, const position& at) const {
  switch (what) {
    case interrupt::human:
    case interrupt::restart:
    case interrupt::cancel:
    case interrupt::withdraw: return true;
    case interrupt::keep: return at.ask != nullptr && offered(next_.stack.back(), at.asked()) != nullptr;
    case interrupt::resume: return at.ask != nullptr && is_idle(next_);
    case interrupt::change: return false;  // it needs to say what
    default: return at.ask != nullptr;
  }
}

/// A question in between that the dialog lets be answered.
bool turn::answered_in_between(const position& at, std::string_view folded) {
  // Free text takes anything for an answer; only a known question, word for word, is none.
  constexpr int word_for_word = 100;
  const bool free_text = takes_anything(at.asked().type);
  const auto own = std::find_if(at.d->interrupts.begin(), at.d->interrupts.end(),
                                [](const own_interrupt& i) { return i.then == own_interrupt::action::faq; });
  if (own == at.d->interrupts.end()) return false;
  const faq_entry* entry = best_answer(scripts_.source().faq, folded, free_text ? word_for_word : own->min_percent);
  if (entry == nullptr) return false;
  say(render(entry->answer, nullptr, next_.language) + (entry->cite.empty() ? "" : "\n（" + entry->cite + "）"));
  prompt(at);
  return true;
}

bool turn::own_interrupted(const position& at, std::string_view folded) {
  for (const own_interrupt& i : at.d->interrupts) {
    if (std::find(i.keys.begin(), i.keys.end(), folded) == i.keys.end()) continue;
    switch (i.then) {
      case own_interrupt::action::go: go_aside(at, i); break;
      case own_interrupt::action::back: go_back(); break;
      case own_interrupt::action::faq: continue;
      case own_interrupt::action::resume:
        say(render(i.say, &top(), next_.language));
        prompt(at);
        break;
    }
    return true;
  }
  return false;
}

void turn::go_aside(const position& at, const own_interrupt& i) {
  pass(passage::by::interrupt, static_cast<std::size_t>(&i - at.d->interrupts.data()));
  run(i.target);
}

/// 「我想问房租补贴」: a short sentence that answers nothing, but names the words of just one of the dialog's own ways.
bool turn::went_where_mentioned(const position& at, std::string_view folded) {
  if (takes_anything(at.asked().type) || folded.size() > longest_plea_bytes) return false;
  for (std::string_view negation : {"不", "没", "别"}) {
    if (folded.find(negation) != std::string_view::npos) return false;
  }
  // Letters would need word boundaries ("rate" is in "generate"); a single character is in too many words.
  constexpr std::size_t shortest_bytes = 2 * 3;
  const auto names = [&](const std::string& key) {
    return key.size() >= shortest_bytes && static_cast<unsigned char>(key.front()) >= 0x80 &&
           folded.find(key) != std::string_view::npos;
  };
  const own_interrupt* only = nullptr;
  for (const own_interrupt& i : at.d->interrupts) {
    if (i.then != own_interrupt::action::go || std::none_of(i.keys.begin(), i.keys.end(), names)) continue;
    if (only != nullptr) return false;
    only = &i;
  }
  if (only == nullptr) return false;
  go_aside(at, *only);
  return true;
}

void turn::obey(interrupt what, const position& at) {
  switch (what) {
    case interrupt::human: return go_to_human(at);
    case interrupt::back: return go_back();
    case interrupt::restart: return restart();
    case interrupt::language: return choose_language();
    case interrupt::help: say(system(system_text::help)); return prompt(at);
    case interrupt::why:
      say(at.ask->why.empty() ? system(system_text::no_why) : render(at.ask->why, &top(), next_.language));
      return prompt(at);
    case interrupt::keep: {
      const std::string* kept = offered(top(), at.asked());
      return kept != nullptr ? accept(at, std::string{*kept}) : prompt(at);
    }
    case interrupt::speak_zh_cn: return speak(lang::zh_cn);
    case interrupt::speak_en: return speak(lang::en);
    case interrupt::speak_ja: return speak(lang::ja);
    case interrupt::speak_ko: return speak(lang::ko);
    case interrupt::withdraw:  // there is no queue to leave, but something
    case interrupt::cancel: return cancel();
    case interrupt::resume:
      if (!resume()) {
        say(system(system_text::nothing_saved));
        prompt(at);
      }
      return;
    case interrupt::change:
    case interrupt::count_: return prompt(at);
  }
}

void turn::go_to_human(const position& at) {
  reason_ = {origin::asked, at.ask != nullptr ? render(at.ask->prompt, &top(), lang::zh_cn) : std::string{}, {}, 0};
  if (at.d->human_target) {
    pass(passage::by::on_human);
    return run(*at.d->human_target);
  }
  say(system(system_text::human));
  hand_over(scripts_.system().queue, summary(lang::zh_cn));
}

/// To the last question that was answered, its answer still offered; from the first question to what lies below, or the menu.
void turn::go_back() {
  while (!next_.stack.empty()) {
    frame& f = top();
    if (!f.trail.empty()) {
      const std::string last = f.trail.back();
      const auto question = scripts_.find(f.dialog)->find_state(last);
      if (question) return run(*question);
      f.trail.pop_back();
      continue;
    }
    if (next_.stack.size() == 1) break;
    next_.stack.pop_back();
    const position below = here();
    if (below.ask != nullptr) return prompt(below);  // it was interrupted here and has answers of its own
  }
  go_to_main_menu();
}

void turn::restart() {
  const bool draft = std::any_of(next_.stack.begin(), next_.stack.end(),
                                 [](const frame& f) { return f.dialog != main_menu_id && !f.trail.empty(); });
  if (draft) say(system(system_text::restarted));
  go_to_main_menu();
}

/// Out of the dialog under way and of those that called it: to the question that it interrupted, or the menu.
void turn::cancel() {
  const bool at_menu = is_idle(next_);
  if (!at_menu) say(system(system_text::cancelled));
  next_.stack.pop_back();
  while (!next_.stack.empty() && here().ask == nullptr) next_.stack.pop_back();
  next_.stack.empty() ? go_to_main_menu() : prompt(here());
}

void turn::choose_language() {
  const dialog* d = scripts_.find(language_dialog_id);
  const bool open = std::any_of(next_.stack.begin(), next_.stack.end(),
                                [](const frame& f) { return f.dialog == language_dialog_id; });
  if (d == nullptr || open || next_.stack.size() > limits::interrupt_depth) return prompt(here());
  start(*d);
}

void turn::speak(lang l) {
  const auto spoken = scripts_.languages();
  if (std::find(spoken.begin(), spoken.end(), l) != spoken.end()) next_.language = l;
  say(system(system_text::language_set));
  if (top().dialog == language_dialog_id) {
    next_.stack.pop_back();
    if (const target next = return_to_caller()) run(*next);
    if (next_.stack.empty()) go_to_main_menu();
    return;
  }
  prompt(here());
}

}  // namespace zhuqi::dialogs
