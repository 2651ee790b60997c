#pragma once
// An expression of a script: what was written, where, and, once its dialog is linked, the checked program that the engine
// runs. Copies share the program.

#include "dialogs/source_mark.hpp"

#include <memory>
#include <string>

namespace zhuqi::dialogs {

class program;  // dialogs/program.hpp: a checked expression bound to the names of its dialog

struct formula {
  std::string source;
  source_mark where;
  std::shared_ptr<const program> code;  ///< linked
};

}  // namespace zhuqi::dialogs
