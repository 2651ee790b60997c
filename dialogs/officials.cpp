// Who talks to the user, as far as officials decide it. Whether they may is the pipeline's question (bot/pipeline/ownership.hpp).
#include "bot/base/text.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {

void turn::on(const event::official& e) {
  using act = event::official::act;
  switch (e.what) {
    case act::take:
      next_.owner = talker::human;
      next_.grade_asked = {};
      next_.timers.clear();  // the bot reminds nobody while a person talks
      return say(system(system_text::taken));
    case act::transfer:
    case act::accept: acted_ = false; return;  // between officials: the user notices nothing
    case act::release: next_.owner = talker::queue; return say(system(system_text::released));
    case act::hand_back: return hand_back(e);
    case act::close:
      next_.owner = talker::closed;
      next_.stack.clear();
      next_.timers.clear();
      say(system(system_text::finished));
      return ask_grade();
  }
}

namespace {

constexpr int grades = 5;
constexpr int worst_that_is_fine = 3;
constexpr std::int64_t grade_open_ms = 7LL * 24 * 3'600'000;  // later a number means something else again

/// 5 is the best, and the first of the list.
system_text label_of(int grade) {
  return static_cast<system_text>(static_cast<int>(system_text::grade_very_good) + grades - grade);
}

}  // namespace

/// Five grades, one tap. A version of the scripts from before there were grades asks for none.
void turn::ask_grade() {
  if (messages_.empty() || scripts_.text(system_text::grade_very_good).empty()) return;
  message& last = messages_.back();
  for (int grade = grades; grade >= 1; --grade) {
    last.options.push_back({std::to_string(grades + 1 - grade), system(label_of(grade))});
  }
  last.hint = system(system_text::hint_choice);
  next_.grade_asked = env_.now;
}

/// Whether the words are the grade that was asked for after an official's service. A bad one brings the conversation back to the
/// officials: nobody has to ask twice.
bool turn::took_grade(std::string_view folded) {
  if (before_.owner != talker::closed || !before_.grade_asked) return false;
  next_.grade_asked = {};
  if (env_.now - before_.grade_asked > grade_open_ms) return false;
  int given = 0;
  for (int grade = grades; grade >= 1; --grade) {
    const bool tapped = values::ordinal(folded) == static_cast<std::size_t>(grades + 1 - grade);
    if (tapped || folded == text::fold(system(label_of(grade)))) given = grade;
  }
  if (given == 0) return false;
  effects_.emplace_back(effect::graded{given});
  if (given >= worst_that_is_fine) {
    say(system(system_text::graded));
    return true;
  }
  bring_back(given, {});
  return true;
}

/// To the officials, with what was wrong.
void turn::bring_back(int grade, const std::string& more) {
  say(system(system_text::graded_bad));
  const std::string label = render(scripts_.text(label_of(grade)), nullptr, lang::zh_cn);
  std::string note = system(system_text::note_graded, lang::zh_cn, {{"value", label}});
  if (!more.empty()) note.append("\n").append(more);
  effects_.emplace_back(effect::handoff{scripts_.system().queue, std::move(note), shown_slots()});
  next_.owner = talker::queue;
  next_.timers.clear();
}

/// A grade that was given by telephone counts as one that was tapped, also where the user talks with the bot again by now.
void turn::on(const event::revisited& e) {
  const bool graded = e.result == event::revisited::outcome::reached && e.grade >= 1 && e.grade <= grades;
  if (!graded || is_silent()) {
    acted_ = false;
    return;
  }
  next_.grade_asked = {};
  effects_.emplace_back(effect::graded{e.grade});
  if (e.grade < worst_that_is_fine) bring_back(static_cast<int>(e.grade), e.text);
}

void turn::on(const event::queued& e) {
  if (next_.owner != talker::queue) {
    acted_ = false;
    return;
  }
  const std::string ahead = std::to_string(e.ahead), minutes = std::to_string(e.minutes);
  e.ahead == 0 ? say(system(system_text::queue_next, next_.language, {{"minutes", minutes}}))
               : say(system(system_text::queue_place, next_.language, {{"ahead", ahead}, {"minutes", minutes}}));
}

/// To the named state with the answers that its dialog has; without one to the question that was pending, or the menu.
void turn::hand_back(const event::official& e) {
  next_.owner = talker::bot;
  say(system(system_text::handed_back));
  const dialog* d = scripts_.find(e.dialog);
  if (d == nullptr || d->id == main_menu_id) {
    next_.stack.empty() || here().ask == nullptr ? go_to_main_menu() : prompt(here());
    return arm_timers();
  }
  const auto kept =
      std::find_if(next_.stack.begin(), next_.stack.end(), [&](const frame& f) { return f.dialog == d->id; });
  if (kept != next_.stack.end()) {
    next_.stack.erase(kept + 1, next_.stack.end());
    top().awaits.clear();
    run(d->find_state(e.state).value_or(d->start_target));
  } else {
    if (next_.stack.empty() || here().ask == nullptr) sit_at_main_menu();
    const auto wanted = d->find_state(e.state);
    if (wanted) {
      push(*d);
      run(*wanted);
    } else {
      start(*d);
    }
  }
  arm_timers();
}

}  // namespace zhuqi::dialogs
