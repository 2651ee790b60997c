#pragma once
// The dialog engine: a pure function. Same script, snapshot, event and time give the same result, bit for bit, on every
// machine and in every build; that is how conversations are replayed, tested and shadow-published.

#include "dialogs/effect.hpp"
#include "dialogs/event.hpp"
#include "dialogs/script.hpp"
#include "dialogs/state.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace zhuqi::dialogs {

/// One thing that a step passed through: a state that was entered, or a way out of one that was taken.
struct passage {
  enum class by : std::uint8_t {
    entry,      ///< the state was entered
    branch,     ///< `next`, the branch of `index`
    on_fail,    ///< the last try failed
    unknown,    ///< 「不清楚」
    on_error,   ///< the service failed
    closed,     ///< a handoff outside office hours
    interrupt,  ///< the dialog's own, with `to`, of `index`
    on_human,
    on_expire,
  };
  std::string dialog;
  std::string state;
  by how = by::entry;
  std::size_t index = 0;
  auto operator<=>(const passage&) const = default;
};

/// All that a step may know besides its arguments.
struct environment {
  unix_ms now;
  std::vector<passage>* passed = nullptr;  ///< where tests and comparisons want to see the way; nullptr costs nothing
};

struct step_result {
  snapshot next;
  std::vector<message> messages;
  std::vector<any_effect> effects;
};

/// Advances one conversation by one event. Never throws for user input and always terminates: at most
/// limits::engine_steps states are entered, and a script that loops without asking ends in a handoff.
///
/// `before` may be a default-constructed snapshot (a new conversation). `scripts` must be the version that
/// `before.version` names, or any version for a new or idle conversation (see is_idle()).
step_result step(const script_set& scripts, const snapshot& before, const any_event& what, const environment& env);

/// What type each answer of the conversation has in the version that it runs on, by "dialog.variable". For event::moved: a new
/// version may give a variable another type, and the same text another meaning.
std::map<std::string, std::string> answer_types(const script_set& scripts, const snapshot& s);

/// What the conversation has collected, label → value, as officials read it.
std::map<std::string, std::string> shown_answers(const script_set& scripts, const snapshot& s);

/// True where no dialog is under way, so that the conversation may move to the live version of the scripts.
bool is_idle(const snapshot& s);

}  // namespace zhuqi::dialogs
