#pragma once
// The functions and operators that the language brings along, by number. Which types they take is in standard.cpp; what
// they do, in operators.cpp, functions.cpp, time_functions.cpp and money_functions.cpp.

#include <cstdint>

namespace zhuqi::dialogs::cel {

enum class builtin : std::uint8_t {
  // in the order of enum operation
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  negated,
  index,
  // text and collections
  size,
  contains,
  starts_with,
  ends_with,
  matches,
  // conversions
  to_int,
  to_uint,
  to_double,
  to_string,
  to_bytes,
  to_bool,
  to_timestamp,
  to_duration,
  type_of,
  to_dyn,
  // time
  get_full_year,
  get_month,
  get_date,
  get_day_of_month,
  get_day_of_year,
  get_day_of_week,
  get_hours,
  get_minutes,
  get_seconds,
  get_milliseconds,
  // the dialog language's own
  yuan,
  fen,
  percent,
  decimal,
  date,
  month,
  pct,
  cap,
  clamp,
  round_fen,
  brackets,
  host,  ///< a function of the host
};

}  // namespace zhuqi::dialogs::cel
