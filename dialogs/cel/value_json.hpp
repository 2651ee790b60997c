#pragma once
// Values as JSON. Plain where JSON can say it: null, true, "text", 5 (int), 5.0 (double), [ ], { } with string keys.
// Tagged, as an object of one key, where it cannot:
//   {"int": "5"} {"uint": "5"} {"double": "NaN"} {"bytes": "aGk="} {"timestamp": "2024-03-01T00:00:00Z"}
//   {"duration": "90s"} {"type": "int"} {"money": "1500.00"} (yuan) {"percent": "5.5"} {"decimal": "0.1"}
//   {"date": "2024-03-01"} {"month": "2024-03"} {"map": [[key, value], …]} {"opaque": ["file", "handle"]}
//   {"interval": {"of": "int", "low": "20", "high": "29"}}, either end may be left out
// A map whose only key is one of these words must be written with "map".

#include "bot/base/json.hpp"
#include "dialogs/cel/type.hpp"
#include "dialogs/cel/value.hpp"

#include <optional>
#include <string>

namespace zhuqi::dialogs::cel {

enum class json_form : std::uint8_t {
  plain,   ///< tags only where JSON has no way of its own
  tagged,  ///< every number tagged, so that nothing is lost in a reader whose numbers are doubles
};

/// Of known values; unknowns and errors are the caller's to show.
json to_json(const value& v, json_form form);

/// nullopt for what is no value. `name` is what the bounds of an interval are called when they leave something open.
std::optional<value> value_from_json(const json& j, const std::string& name = {});

/// The narrowest type that the value fits; a list of different things is list(dyn).
type type_of(const value& v);

}  // namespace zhuqi::dialogs::cel
