#pragma once
// Random lives of a conversation over any scripts: at each place what fits there, commands, time, and everything that people and
// platforms send besides. For the laws.

#include "tests/unit/dialogs/talk.hpp"

#include <rapidcheck.h>

#include <iosfwd>
#include <string>
#include <vector>

namespace zhuqi::dialogs::test {

/// One thing that happens; made into an event when the place is known, because timers and answers depend on it.
struct happening {
  int kind = 0;
  std::size_t pick = 0;
  std::string text;
};
std::ostream& operator<<(std::ostream& out, const happening& h);

inline constexpr std::int64_t lives_begin_ms = 1'800'000'000'000;

rc::Gen<std::string> some_text();
rc::Gen<std::vector<happening>> some_life(std::size_t longest);
/// Nothing but answers that fit, the pick-th of each place, and what services answer.
rc::Gen<std::vector<happening>> some_good_answers(std::size_t count);

any_event event_of(const happening& h, const snapshot& now, const script_set& scripts = shipped());

/// The question that awaits an answer; nullptr where none does.
const ask_node* pending(const snapshot& s, const script_set& scripts = shipped());

/// Words that the type takes, in the order of a fixed list; empty for files.
std::vector<std::string> fitting_words(const variable_type& type);

}  // namespace zhuqi::dialogs::test
