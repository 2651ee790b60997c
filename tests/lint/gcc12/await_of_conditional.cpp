// Rule conditional_with_await: what is awaited is chosen by ?:.
// Write: if and else.
#include "task.hpp"

task<counted> make(char c) { co_return counted{long_text(c)}; }

task<int> subject() {
  const bool yes = live == 0;
  counted c = co_await (yes ? make('a') : make('b'));
  co_return static_cast<int>(c.text.size());
}
