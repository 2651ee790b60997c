// Correct: the lambda has a name before the co_await.
#include "task.hpp"

task<int> with(std::function<task<int>()> body) { co_return co_await body(); }

task<int> subject() {
  counted owned{long_text('a')};
  auto body = [owned]() -> task<int> { co_return static_cast<int>(owned.text.size()); };
  const int n = co_await with(std::move(body));
  co_return n;
}
