#pragma once
// Types as the checker knows them: CEL's own without messages and enums, the extension types of the dialog language,
// and opaque types that a host names. As text: "int", "list(string)", "map(string, dyn)", "money", "file"; a single
// capital letter is a parameter of a signature.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::cel {

enum class type_kind : std::uint8_t {
  error,  ///< already reported; agrees with everything
  dyn,
  null,
  boolean,
  integer,
  unsigned_integer,
  floating,
  string,
  bytes,
  timestamp,
  duration,
  list,       ///< one parameter
  map,        ///< key, value
  type,       ///< the type of a type
  money,      ///< 分
  percent,    ///< 5.5 means 5.5 %
  decimal,    ///< fixed point, six places
  date,       ///< a civil day
  month,      ///< a civil month
  opaque,     ///< the host's, by name
  parameter,  ///< in signatures, and while the checker solves for it
};

struct type {
  type_kind kind = type_kind::dyn;
  std::string name{};      ///< of an opaque type or a parameter
  std::vector<type> of{};  ///< parameters
  bool operator==(const type&) const = default;

  bool is(type_kind k) const { return kind == k; }
};

/// nullopt for text that is no type. Unknown lower-case words are opaque types.
std::optional<type> parse_type(std::string_view text);
/// What parse_type reads.
std::string to_text(const type& t);
/// "int", "google.protobuf.Timestamp", "list": the name that type(x) has in CEL.
std::string_view name_of(type_kind k);

type list_of(type element);
type map_of(type key, type item);

}  // namespace zhuqi::dialogs::cel
