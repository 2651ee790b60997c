#include "dialogs/cel/check.hpp"

#include "dialogs/cel/checker.hpp"

#include "bot/base/result.hpp"

#include <algorithm>
#include <set>

namespace zhuqi::dialogs::cel {
namespace {

void collect(const checker& from, const environment& names, checked& out) {
  std::set<std::string> reads;
  std::set<std::string> calls;
  for (const meaning& m : from.meanings()) {
    if (m.how == meaning::form::fact) reads.insert(names.variables()[m.slot].name);
    for (const overload* o : m.picks) {
      if (o->code == builtin::host) calls.insert(o->name);
    }
  }
  out.reads.assign(reads.begin(), reads.end());
  out.calls.assign(calls.begin(), calls.end());
}

bool fits(const type& wanted, const type& found) { return solver{}.assignable(found, wanted); }

}  // namespace

checked check(const syntax_tree& tree, const environment& names, const check_options& options) {
  ZHUQI_ASSERT(tree.size() > 0);
  checked out;
  checker pass{tree, names, options.how};
  out.result = pass.run();
  if (options.wanted && !fits(*options.wanted, out.result)) {
    pass.report(rule::wrong_result, tree.root_id(), {to_text(*options.wanted), to_text(out.result)});
  }
  lowered low;
  if (pass.problems().empty()) low = lower(tree, pass, names, options.how);
  collect(pass, names, out);
  out.problems = std::move(pass.problems());
  std::stable_sort(out.problems.begin(), out.problems.end(),
                   [](const problem& a, const problem& b) { return a.begin < b.begin; });
  if (!out.good()) return out;
  out.atoms = atoms_of(tree, pass, low);
  low.made.result = out.result;
  out.runnable = std::make_shared<const program>(std::move(low.made));
  return out;
}

}  // namespace zhuqi::dialogs::cel
