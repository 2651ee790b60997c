// Rule lambda_beside_await: one call has both a co_await and a lambda among its arguments.
// Write: await first, name the lambda, then call.
#include "task.hpp"

int apply(int n, std::function<int()> more) { return n + more(); }

task<int> subject() {
  counted owned{long_text('a')};
  const int n = apply(co_await seven(), [owned] { return static_cast<int>(owned.text.size()); });
  co_return n;
}
