#pragma once
// Checking: names and functions resolved, every part given a type, all mistakes reported, and a program made of it.

#include "dialogs/cel/program.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi::dialogs::cel {

enum class strictness : std::uint8_t {
  typed,    ///< mistakes of type are problems
  dynamic,  ///< they are errors when the part is evaluated, as in unchecked CEL
};

struct check_options {
  strictness how = strictness::typed;
  std::optional<type> wanted{};  ///< the type that the place needs, e.g. bool for a guard
};

struct checked {
  std::shared_ptr<const program> runnable;  ///< nullptr where there are problems
  type result{type_kind::error};
  std::vector<problem> problems;   ///< all of them, by place
  std::vector<std::string> reads;  ///< declared names, sorted
  std::vector<std::string> calls;  ///< the host's functions, sorted
  std::vector<atom> atoms;         ///< every condition that is no &&, ||, ! or ?: itself, in source order
  bool good() const { return problems.empty(); }
};

/// `tree` must be good. The program keeps nothing of `tree` and `names`.
checked check(const syntax_tree& tree, const environment& names, const check_options& options = {});

}  // namespace zhuqi::dialogs::cel
