// Rule aggregate_with_await: a temporary aggregate with a non-trivial member is an argument of the awaited call.
// Write: name it and std::move it, or give the type a constructor.
#include "task.hpp"

struct options {
  std::string name;
  int extra = 0;
};

task<int> length(options o) {
  const int n = co_await seven();
  co_return static_cast<int>(o.name.size()) + n + o.extra;
}

task<int> subject() {
  const int n = co_await length({.name = long_text('a'), .extra = 1});
  co_return n;
}
