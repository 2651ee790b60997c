// Rule aggregate_with_await: a temporary aggregate stands beside a co_await in one call.
// Write: await first into a named value.
#include "task.hpp"

struct pair_of {
  counted first;
  counted second;
};

int use(pair_of p, int n) { return static_cast<int>(p.first.text.size() + p.second.text.size()) + n; }

task<int> subject() {
  const int n = use(pair_of{counted{long_text('a')}, counted{long_text('b')}}, co_await seven());
  co_return n;
}
