// Correct: a temporary with a constructor, not an aggregate.
#include "task.hpp"

task<int> length(counted c) {
  const int n = co_await seven();
  co_return static_cast<int>(c.text.size()) + n;
}

task<int> subject() {
  const int n = co_await length(counted{long_text('a')});
  co_return n;
}
