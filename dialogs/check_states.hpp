#pragma once
// What each state, expression and type of one dialog must satisfy by itself: names that lead somewhere, types that fit.

#include "dialogs/diagnostic.hpp"
#include "dialogs/script.hpp"

#include <string>
#include <vector>

namespace zhuqi::dialogs {

void check_states(const script_source& source, const dialog& d, std::vector<diagnostic>& out);

}  // namespace zhuqi::dialogs
