// Who talks to the user, as far as officials decide it. Whether they may is the pipeline's question (bot/pipeline/ownership.hpp).
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {

void turn::on(const event::official& e) {
  using act = event::official::act;
  switch (e.what) {
    case act::take:
      next_.owner = talker::human;
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
      return say(system(system_text::finished));
  }
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
