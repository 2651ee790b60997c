// Functions of values that are known only within bounds. The rule: an answer is given only where every value within the
// bounds gives it; where one of them would be an error, the result is unknown.

#include "dialogs/cel/evaluator.hpp"
#include "dialogs/cel/fixed.hpp"

#include <algorithm>
#include <array>
#include <compare>

namespace zhuqi::dialogs::cel {
namespace {

value low_of(const value& v) { return v.is(kind::interval) ? value::scalar(v.interval().of, v.interval().low) : v; }
value high_of(const value& v) { return v.is(kind::interval) ? value::scalar(v.interval().of, v.interval().high) : v; }
bool is_open(const value& v) {
  return v.is(kind::interval) && (v.interval().low == value::open_low || v.interval().high == value::open_high);
}

name_set names_of(std::span<const value> arguments) {
  name_set out;
  for (const value& v : arguments) out = joined(out, v.open_names());
  return out;
}

value undecided(std::span<const value> arguments) { return value::unknown(names_of(arguments)); }

value compared(builtin f, std::span<const value> arguments) {
  const value& a = arguments[0];
  const value& b = arguments[1];
  const auto low_high = order(low_of(a), high_of(b));
  const auto high_low = order(high_of(a), low_of(b));
  if (!low_high || !high_low) {
    const bool equality = f == builtin::equal || f == builtin::unequal;
    return equality ? value::boolean(f == builtin::unequal) : value::error(fault::no_overload);
  }
  // A NaN on either side makes both orders unordered: no comparison holds, for any value within the bounds.
  const bool unordered = *low_high == std::partial_ordering::unordered;
  std::optional<bool> out;
  switch (f) {
    case builtin::equal:
    case builtin::unequal:
      if (std::is_gt(*low_high) || std::is_lt(*high_low) || unordered) out = f == builtin::unequal;
      break;
    case builtin::less:
      if (std::is_lt(*high_low)) out = true;
      if (std::is_gteq(*low_high) || unordered) out = false;
      break;
    case builtin::less_equal:
      if (std::is_lteq(*high_low)) out = true;
      if (std::is_gt(*low_high) || unordered) out = false;
      break;
    case builtin::greater:
      if (std::is_gt(*low_high)) out = true;
      if (std::is_lteq(*high_low) || unordered) out = false;
      break;
    default:
      if (std::is_gteq(*low_high)) out = true;
      if (std::is_lt(*high_low) || unordered) out = false;
  }
  return out ? value::boolean(*out) : undecided(arguments);
}

// The interval from one computed end to another, or unknown where an end cannot be computed.
value spanned(const value& low, const value& high, std::span<const value> arguments) {
  if (!low.known() || low.kind() != high.kind() || !has_intervals(low.kind())) return undecided(arguments);
  return value::interval(low.kind(), std::min(low.number(), high.number()), std::max(low.number(), high.number()),
                         names_of(arguments));
}

value multiplied(std::span<const value> arguments, meter& cost) {
  std::int64_t low = value::open_high;
  std::int64_t high = value::open_low;
  value last;
  for (const value& a : {low_of(arguments[0]), high_of(arguments[0])}) {
    for (const value& b : {low_of(arguments[1]), high_of(arguments[1])}) {
      last = apply_arithmetic(builtin::multiply, a, b, cost);
      if (!last.known()) return undecided(arguments);
      low = std::min(low, last.number());
      high = std::max(high, last.number());
    }
  }
  return spanned(value::scalar(last.kind(), low), value::scalar(last.kind(), high), arguments);
}

// A function that rises (or falls) with its first argument, the others being known.
value along_first(builtin f, std::span<const value> arguments, meter& cost) {
  std::array<value, 4> ends;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i].is(kind::interval)) return undecided(arguments);
    ends[i] = arguments[i];
  }
  const std::span<const value> given{ends.data(), arguments.size()};
  ends[0] = low_of(arguments[0]);
  const value low = apply(f, given, cost, nullptr);
  ends[0] = high_of(arguments[0]);
  return spanned(low, apply(f, given, cost, nullptr), arguments);
}

value capped(std::span<const value> arguments, meter& cost) {
  const std::array low{low_of(arguments[0]), low_of(arguments[1])};
  const std::array high{high_of(arguments[0]), high_of(arguments[1])};
  return spanned(apply(builtin::cap, low, cost, nullptr), apply(builtin::cap, high, cost, nullptr), arguments);
}

// With a negative rate the sum of brackets may fall and rise again between two ends.
bool rises(const value& table) {
  if (!table.is(kind::list)) return false;
  return std::all_of(table.list().items.begin(), table.list().items.end(), [](const value& row) {
    return row.is(kind::list) && row.list().items.size() == 2 && row.list().items[1].number() >= 0;
  });
}

}  // namespace

value apply_interval(builtin f, std::span<const value> arguments, meter& cost) {
  if (f <= builtin::greater_equal) return compared(f, arguments);
  switch (f) {
    case builtin::cap: return capped(arguments, cost);
    case builtin::clamp: return along_first(f, arguments, cost);
    default: break;
  }
  // An open end stands for values up to the greatest there is; these functions overflow somewhere on the way.
  if (std::any_of(arguments.begin(), arguments.end(), is_open)) return undecided(arguments);
  switch (f) {
    case builtin::add:
      return spanned(apply_arithmetic(f, low_of(arguments[0]), low_of(arguments[1]), cost),
                     apply_arithmetic(f, high_of(arguments[0]), high_of(arguments[1]), cost), arguments);
    case builtin::subtract:
      return spanned(apply_arithmetic(f, low_of(arguments[0]), high_of(arguments[1]), cost),
                     apply_arithmetic(f, high_of(arguments[0]), low_of(arguments[1]), cost), arguments);
    case builtin::multiply: return multiplied(arguments, cost);
    case builtin::negate:
    case builtin::pct:
    case builtin::round_fen:
    case builtin::fen: return along_first(f, arguments, cost);
    case builtin::yuan:
      return arguments[0].interval().of == kind::integer ? along_first(f, arguments, cost) : undecided(arguments);
    case builtin::brackets: return rises(arguments[1]) ? along_first(f, arguments, cost) : undecided(arguments);
    default: return undecided(arguments);
  }
}

value hull(const value& a, const value& b, const name_set& more) {
  const value low_a = low_of(a);
  const value low_b = low_of(b);
  const bool scales = low_a.kind() == low_b.kind() && has_intervals(low_a.kind());
  if (!scales) return value::unknown(more);
  return value::interval(low_a.kind(), std::min(low_a.number(), low_b.number()),
                         std::max(high_of(a).number(), high_of(b).number()), more);
}

}  // namespace zhuqi::dialogs::cel
