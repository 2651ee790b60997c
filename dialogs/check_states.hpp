#pragma once
// What each state, expression and type of one dialog must satisfy by itself: names that lead somewhere, types that fit.

#include "dialogs/diagnostic.hpp"
#include "dialogs/script.hpp"

#include <string>
#include <vector>

namespace zhuqi::dialogs {

void check_states(const script_source& source, const dialog& d, std::vector<diagnostic>& out);

/// "a, b, c"; "–" for none.
std::string joined_names(const std::vector<std::string>& names);

template <class Items>
std::string ids_of(const Items& items) {
  std::vector<std::string> ids;
  for (const auto& i : items) ids.push_back(i.id);
  return joined_names(ids);
}

}  // namespace zhuqi::dialogs
