#pragma once
// A checked expression, ready to run: the tree lowered to compact codes with names resolved to slots, constants folded
// and patterns compiled. Immutable; any number of threads may evaluate one program.

#include "dialogs/cel/ast.hpp"
#include "dialogs/cel/builtin.hpp"
#include "dialogs/cel/environment.hpp"
#include "dialogs/cel/regex.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace zhuqi::dialogs::cel {

enum class opcode : std::uint8_t {
  constant,  ///< constants[operand]
  fact,      ///< the host's slot `operand`
  local,     ///< the macro variable in place `operand`
  failing,   ///< constants[operand], an error
  select,    ///< names[operand]
  has,       ///< the same, but whether it is there
  call,
  host_call,  ///< hosts[operand]
  all_of,
  any_of,
  conditional,
  list,
  map,
  macro,
};

struct code {
  opcode op = opcode::constant;
  builtin function = builtin::equal;
  macro_kind macro = macro_kind::has;
  bool total = false;  ///< cannot fail once its facts are known
  bool two_variables = false;
  std::uint32_t operand = 0;
  std::uint32_t first = 0;  ///< of its children in program::children
  std::uint32_t count = 0;
  std::uint32_t at = 0;  ///< byte of the source, for errors
};

/// What a static checker reasons about: one comparison of a name with a constant or another name, or a bool name by
/// itself; `other` is every other condition.
struct atom {
  enum class form : std::uint8_t { truth, compared_constant, compared_name, one_of, other };
  form how = form::other;
  operation op = operation::equal;  ///< with the name on the left
  std::string name;
  std::string other_name;  ///< of compared_name
  value constant;          ///< of compared_constant; of one_of the list
  node_id part = 0;
};

struct program {
  std::vector<code> codes;
  std::vector<std::uint32_t> children;
  std::vector<value> constants;
  std::vector<std::string> names;                      ///< fields, and the names of facts by slot
  std::vector<std::vector<overload>> hosts;            ///< candidates; the types at run time decide
  std::vector<std::shared_ptr<const regex>> patterns;  ///< by code; nullptr where the pattern is no constant
  std::uint32_t root = 0;
  std::uint32_t locals = 0;  ///< most macro variables alive at once
  type result;
};

}  // namespace zhuqi::dialogs::cel
