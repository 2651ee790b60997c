#pragma once
// What must hold of scripts before anyone talks to them, beyond being readable. Pure; the same for the command line, the
// server's publish gate and the editor.

#include "dialogs/diagnostic.hpp"
#include "dialogs/question_bound.hpp"
#include "dialogs/script.hpp"

#include <vector>

namespace zhuqi::dialogs {

enum class completeness : std::uint8_t;

struct checked_scripts {
  std::vector<diagnostic> findings;  ///< in no particular order
  question_bounds questions;
};

checked_scripts check_scripts(const script_source& source, completeness wanted);

/// Has the main menu, every sentence and a word for every command, so that it can be run.
bool is_whole(const script_source& source);

}  // namespace zhuqi::dialogs
