#pragma once
// Every way out of the states of a dialog, one list for diagrams, exports and the coverage of tests.

#include "dialogs/dialog.hpp"
#include "dialogs/engine.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

struct edge {
  std::string from;  ///< "" = works at every question of the dialog
  passage::by how = passage::by::branch;
  std::size_t index = 0;
  std::string guard;  ///< source of a branch's condition, "" = otherwise
  std::string to;
  source_mark where;
};

/// In the order of the file: each state's, then those of the whole dialog.
std::vector<edge> edges_of(const dialog& d);

/// "branch", "on_fail", …, as in the passage's enumerators.
std::string_view name_of(passage::by how);

/// The sentence of the state in the main language ("" where it has none): its question, or what it says.
std::string_view spoken_by(const state& s);

}  // namespace zhuqi::dialogs
