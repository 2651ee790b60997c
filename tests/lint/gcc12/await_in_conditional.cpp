// Rule conditional_with_await: one branch of ?: awaits.
// Write: if and else.
#include "task.hpp"

task<counted> make() { co_return counted{long_text('a')}; }

task<int> subject() {
  const bool yes = live == 0;
  counted c = yes ? co_await make() : counted{"z"};
  co_return static_cast<int>(c.text.size());
}
