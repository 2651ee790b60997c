#pragma once
// A script's expression, checked against the names of its dialog. Values live in the state as canonical texts; this is where
// they become what expressions compute with, and back.

#include "dialogs/cel/check.hpp"
#include "dialogs/cel/evaluate.hpp"
#include "dialogs/variable_type.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

struct dialog;
struct script_source;

/// Where the value of a name comes from.
struct name_binding {
  enum class from : std::uint8_t { variable, parameter, result, outcome };
  from where = from::variable;
  std::string id;      ///< of the variable, parameter or result field
  variable_type type;  ///< how its text is read and shown
};

/// The names that the expressions of one dialog may use: its variables, p.<parameter>, result.<field>, outcome.
class name_scope {
 public:
  name_scope(const script_source& set, const dialog& d);

  const cel::environment& names() const { return names_; }
  const std::vector<name_binding>& bindings() const { return bindings_; }  ///< by slot

 private:
  void declare(const std::string& name, name_binding binding);
  cel::environment names_;
  std::vector<name_binding> bindings_;
};

/// The type that a variable's value has in expressions.
cel::type expression_type(const variable_type& type);
/// An error value for a text that is no canonical value of the type; an interval, of `name`, for a range.
cel::value to_value(const variable_type& type, const std::string& canonical, const std::string& name);
/// nullopt for what is not known, an error, or of another type.
std::optional<std::string> canonical_text(const cel::value& value, const variable_type& type);

/// The canonical texts of names, for one evaluation.
class name_values {
 public:
  virtual const std::string* of(const name_binding& name) const = 0;  ///< nullptr: it has none

 protected:
  ~name_values() = default;
};

class program {
 public:
  /// `wanted`: the type that the place needs. nullptr where `findings` then holds problems.
  static std::shared_ptr<const program> compile(std::string_view source, const name_scope& scope,
                                                std::optional<cel::type> wanted, cel::checked& findings);

  cel::value run(const name_values& values) const;

  /// The name that the expression consists of, if it is one: its value is shown as people write that type.
  const name_binding* only_name() const { return only_name_ ? &*only_name_ : nullptr; }

 private:
  struct read {
    std::uint32_t slot;
    std::string name;
    name_binding binding;
  };
  std::shared_ptr<const cel::program> code_;
  std::vector<read> reads_;
  std::uint32_t slots_ = 0;
  std::optional<name_binding> only_name_;
};

}  // namespace zhuqi::dialogs
