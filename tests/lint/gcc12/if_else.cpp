// Correct: if and else around the co_await.
#include "task.hpp"

task<counted> make(char c) { co_return counted{long_text(c)}; }

task<int> subject() {
  counted c;
  if (live == 1) {
    c = co_await make('a');
  } else {
    c = co_await make('b');
  }
  co_return static_cast<int>(c.text.size());
}
