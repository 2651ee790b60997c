#pragma once
// The checks that need the graph of states: reachability, ends, circles without a question, calls in a circle.

#include "dialogs/diagnostic.hpp"
#include "dialogs/script.hpp"

#include <vector>

namespace zhuqi::dialogs {

/// Guards are taken as if each could be true and false; names that lead nowhere are left to the other checks.
void check_graph(const dialog& d, std::vector<diagnostic>& out);

void check_calls(const script_source& source, std::vector<diagnostic>& out);

}  // namespace zhuqi::dialogs
