#pragma once
// What an expression may speak of: declared names with their types, and functions with typed signatures. The language's
// own functions are always there.

#include "dialogs/cel/builtin.hpp"
#include "dialogs/cel/value.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::cel {

/// Called with known values only. Gives a value of the declared type, or an error (fault::host_failed).
using host_function = std::function<value(std::span<const value>)>;

struct overload {
  std::string name;
  bool member = false;  ///< written x.name(…); x is the first parameter
  std::vector<type> parameters;
  type result;
  builtin code = builtin::host;
  std::shared_ptr<const host_function> run;
};

/// Reads "svc.ocr(file) -> map(string, dyn)"; of a member "file::pages() -> int". nullopt for anything else.
std::optional<overload> parse_signature(std::string_view text);

struct variable {
  std::string name;
  type what;
};

class environment {
 public:
  /// A name may be dotted ("p.small"). Its slot is the number of names declared before. nullopt where the name is no
  /// name or already taken.
  std::optional<std::uint32_t> declare(std::string_view name, type what);
  /// false where the signature does not parse, or the name belongs to the language.
  bool declare_function(std::string_view signature, host_function run);

  const std::vector<variable>& variables() const { return variables_; }
  std::optional<std::uint32_t> slot_of(std::string_view name) const;
  /// All signatures of a name, the language's own first.
  std::vector<const overload*> overloads_of(std::string_view name) const;
  bool has_function(std::string_view name) const;
  /// Of all names (or functions) the one spelled most alike, "" where none is near.
  std::string nearest_variable(std::string_view name) const;
  std::string nearest_function(std::string_view name) const;

 private:
  std::vector<variable> variables_;
  std::map<std::string, std::uint32_t, std::less<>> slots_;
  std::map<std::string, std::vector<overload>, std::less<>> functions_;
};

/// The language's own functions and operators; an operator is named by its spelling.
const std::map<std::string, std::vector<overload>, std::less<>>& standard_functions();

}  // namespace zhuqi::dialogs::cel
