#pragma once
// What changed between two versions of a script set, in sentences. Order of keys and of states, layout, comments and
// spellings of expressions are no changes; the order of branches, options and checks is one.

#include "dialogs/script.hpp"

#include <string>
#include <vector>

namespace zhuqi::dialogs {

struct script_change {
  std::string dialog;  ///< id; "" for what dialogs share
  std::string item;    ///< "state staff", "variable reg", "parameter small", "dialog", …
  std::string key;     ///< of the item: "next", "ask", "ask@en", …; "" where the whole item came or went
  std::string zh, en;  ///< the sentence
};

/// By dialog, then in the order of the new files; what went is told at its place in the old ones, first.
std::vector<script_change> diff_scripts(const script_source& before, const script_source& after);

}  // namespace zhuqi::dialogs
