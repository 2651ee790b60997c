// Rule lambda_inside_await: a lambda that owns something is made inside the awaited expression.
// Write: name the lambda, then co_await with std::move of it; better, a named coroutine that takes values.
#include "task.hpp"

task<int> with(std::function<task<int>()> body) { co_return co_await body(); }

task<int> subject() {
  counted owned{long_text('a')};
  const int n = co_await with([owned]() -> task<int> { co_return static_cast<int>(owned.text.size()); });
  co_return n;
}
