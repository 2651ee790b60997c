#pragma once
// What an expression yields: one of CEL's values, one of the extension types, or one of the three ways of not being
// known: unknown (a set of names), interval (bounds, and the names they come from), error. Scalars live in the object
// itself; copying anything else shares it. Values never change.

#include "dialogs/cel/type.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::cel {

enum class kind : std::uint8_t {
  unset,  ///< the host has bound nothing to the name
  null,
  boolean,
  integer,
  unsigned_integer,
  floating,
  string,
  bytes,
  list,
  map,
  type,
  timestamp,
  duration,
  money,
  percent,
  decimal,
  date,
  month,
  opaque,
  unknown,
  interval,
  error,
};

/// Why an evaluation failed. fault_id() and sentence() word it.
enum class fault : std::uint8_t {
  no_value,  ///< the host bound nothing to a name
  no_overload,
  overflow,
  division_by_zero,
  no_such_key,
  index_out_of_range,
  bad_key,  ///< a map key that is no bool, int, uint or string
  duplicate_key,
  bad_conversion,
  bad_argument,
  bad_pattern,
  out_of_range,      ///< a time outside the years 1 to 9999, or a duration over 292 years
  unknown_function,  ///< only where the check was dynamic
  unknown_name,      ///< only where the check was dynamic
  too_costly,        ///< the budget of steps is spent; nothing absorbs this one
  too_large,         ///< the budget of memory is spent; nothing absorbs this one
  host_failed,       ///< a host's function said so
};

/// Sorted, without duplicates.
using name_set = std::vector<std::string>;
name_set joined(const name_set& a, const name_set& b);

class value;

struct list_data {
  std::vector<value> items;
  std::uint64_t weight = 1;  ///< bytes that the value would take if nothing were shared
};

/// Entries in the order written; `order` sorts them by key for look-up.
struct map_data {
  std::vector<std::pair<value, value>> entries;
  std::vector<std::uint32_t> order;
  std::uint64_t weight = 1;
};

/// Bounds are part of the interval. An open end is the least or greatest int64.
struct interval_data {
  kind of;
  std::int64_t low;
  std::int64_t high;
  name_set names;
};

struct error_data {
  fault what;
  std::uint32_t at;  ///< byte of the source
  std::string detail;
};

struct opaque_data {
  std::string type_name;
  std::string handle;
};

class value {
 public:
  static constexpr std::int64_t open_low = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t open_high = std::numeric_limits<std::int64_t>::max();

  value() = default;

  static value null() { return scalar(cel::kind::null, 0); }
  static value boolean(bool b) { return scalar(cel::kind::boolean, b ? 1 : 0); }
  static value integer(std::int64_t n) { return scalar(cel::kind::integer, n); }
  static value unsigned_integer(std::uint64_t n) {
    return scalar(cel::kind::unsigned_integer, static_cast<std::int64_t>(n));
  }
  static value floating(double d);
  static value string(std::string text);
  static value bytes(std::string octets);
  static value list(std::vector<value> items);
  /// Keys must be usable and different; make_map of compare.hpp checks that.
  static value map(std::shared_ptr<const map_data> data);
  static value type_named(std::string name);
  /// Seconds since 1970 and nanoseconds within the second (0 to 999,999,999).
  static value timestamp(std::int64_t seconds, std::int32_t nanos);
  /// Nanoseconds.
  static value duration(std::int64_t nanos) { return scalar(cel::kind::duration, nanos); }
  /// 分.
  static value money(std::int64_t fen) { return scalar(cel::kind::money, fen); }
  /// Millionths of a percent point: 5.5 % is 5'500'000.
  static value percent(std::int64_t millionths) { return scalar(cel::kind::percent, millionths); }
  static value decimal(std::int64_t millionths) { return scalar(cel::kind::decimal, millionths); }
  /// Days since 1970-01-01.
  static value date(std::int64_t days) { return scalar(cel::kind::date, days); }
  /// Months since January 1970.
  static value month(std::int64_t months) { return scalar(cel::kind::month, months); }
  static value opaque(std::string type_name, std::string handle);
  static value unknown(name_set names);
  /// Of integer, money, percent, decimal, date or month. One point is that point, an empty interval an error.
  static value interval(cel::kind of, std::int64_t low, std::int64_t high, name_set names);
  static value error(fault what, std::uint32_t at = 0, std::string detail = {});
  /// Of a scalar kind that has one int64 behind it.
  static value scalar(cel::kind k, std::int64_t bits) {
    value out;
    out.kind_ = k;
    out.bits_ = bits;
    return out;
  }

  cel::kind kind() const { return kind_; }
  bool is(cel::kind k) const { return kind_ == k; }
  /// Neither unset, unknown, an interval nor an error.
  bool known() const { return kind_ != cel::kind::unset && kind_ < cel::kind::unknown; }
  bool is_true() const { return kind_ == cel::kind::boolean && bits_ != 0; }
  bool is_false() const { return kind_ == cel::kind::boolean && bits_ == 0; }

  /// The int64 behind integer, duration and the extension types; the seconds of a timestamp.
  std::int64_t number() const { return bits_; }
  std::int32_t nanos() const { return nanos_; }
  std::uint64_t as_unsigned() const { return static_cast<std::uint64_t>(bits_); }
  double as_double() const;
  /// The characters of a string, the octets of bytes, the name of a type.
  const std::string& text() const { return *static_cast<const std::string*>(ref_.get()); }
  const list_data& list() const { return *static_cast<const list_data*>(ref_.get()); }
  const map_data& map() const { return *static_cast<const map_data*>(ref_.get()); }
  const opaque_data& opaque() const { return *static_cast<const opaque_data*>(ref_.get()); }
  const name_set& unknown() const { return *static_cast<const name_set*>(ref_.get()); }
  const interval_data& interval() const { return *static_cast<const interval_data*>(ref_.get()); }
  const error_data& error() const { return *static_cast<const error_data*>(ref_.get()); }
  /// The names behind an unknown or an interval; of all others none.
  const name_set& open_names() const;
  /// See list_data::weight.
  std::uint64_t weight() const;

 private:
  cel::kind kind_ = cel::kind::unset;
  std::int32_t nanos_ = 0;
  std::int64_t bits_ = 0;
  std::shared_ptr<const void> ref_;
};

/// What type(x) is called; "" for what is not known.
std::string type_name(const value& v);
/// Integer, money, percent, decimal, date and month: what an interval may range over.
bool has_intervals(kind k);

}  // namespace zhuqi::dialogs::cel
