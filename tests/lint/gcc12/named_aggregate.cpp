// Correct: the aggregate has a name before the co_await.
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
  options o{.name = long_text('a'), .extra = 1};
  const int n = co_await length(std::move(o));
  co_return n;
}
