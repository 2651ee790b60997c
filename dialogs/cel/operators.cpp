// What operators do with known values.

#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/evaluator.hpp"
#include "dialogs/cel/fixed.hpp"

#include <compare>
#include <limits>

namespace zhuqi::dialogs::cel {
namespace {

value from(kind k, std::optional<std::int64_t> n) {
  return n ? value::scalar(k, *n) : value::error(k == kind::duration ? fault::out_of_range : fault::overflow);
}

value instant(std::int64_t seconds, std::int64_t nanos) {
  seconds += nanos / civil::nanos_per_second;
  nanos %= civil::nanos_per_second;
  if (nanos < 0) {
    nanos += civil::nanos_per_second;
    --seconds;
  }
  if (seconds < civil::first_second || seconds > civil::last_second) return value::error(fault::out_of_range);
  return value::timestamp(seconds, static_cast<std::int32_t>(nanos));
}

value shifted(const value& t, std::int64_t nanos) {
  return instant(t.number() + nanos / civil::nanos_per_second, t.nanos() + nanos % civil::nanos_per_second);
}

value between(const value& a, const value& b) {
  const auto seconds = fixed::multiply(a.number() - b.number(), civil::nanos_per_second);
  if (!seconds) return value::error(fault::out_of_range);
  return from(kind::duration, fixed::add(*seconds, a.nanos() - b.nanos()));
}

// A day or month moved by a whole number of them.
value moved(kind k, std::optional<std::int64_t> n) {
  if (!n) return value::error(fault::overflow);
  const bool good = k == kind::date ? civil::in_years(*n) : civil::month_in_years(*n);
  return good ? value::scalar(k, *n) : value::error(fault::out_of_range);
}

bool adds_up(kind k) {
  return k == kind::integer || k == kind::duration || k == kind::money || k == kind::percent || k == kind::decimal;
}

value unsigned_arithmetic(builtin f, std::uint64_t a, std::uint64_t b) {
  std::uint64_t out = 0;
  bool overflow = false;
  switch (f) {
    case builtin::add: overflow = __builtin_add_overflow(a, b, &out); break;
    case builtin::subtract: overflow = __builtin_sub_overflow(a, b, &out); break;
    case builtin::multiply: overflow = __builtin_mul_overflow(a, b, &out); break;
    default:
      if (b == 0) return value::error(fault::division_by_zero);
      out = f == builtin::divide ? a / b : a % b;
  }
  return overflow ? value::error(fault::overflow) : value::unsigned_integer(out);
}

value double_arithmetic(builtin f, double a, double b) {
  switch (f) {
    case builtin::add: return value::floating(a + b);
    case builtin::subtract: return value::floating(a - b);
    case builtin::multiply: return value::floating(a * b);
    default: return value::floating(a / b);
  }
}

value integer_division(builtin f, std::int64_t a, std::int64_t b) {
  if (b == 0) return value::error(fault::division_by_zero);
  if (b == -1) {
    return f == builtin::modulo ? value::integer(0) : from(kind::integer, fixed::subtract(0, a));
  }
  return value::integer(f == builtin::divide ? a / b : a % b);
}

value concatenated(const value& a, const value& b, meter& cost) {
  cost.spend((a.weight() + b.weight()) / 16);
  if (cost.steps == 0 || a.weight() + b.weight() > cost.memory) {
    cost.memory = cost.steps == 0 ? cost.memory : 0;  // before it is built, not after
    return value::error(fault::too_large);
  }
  if (a.is(kind::list)) {
    std::vector<value> items = a.list().items;
    items.insert(items.end(), b.list().items.begin(), b.list().items.end());
    return value::list(std::move(items));
  }
  return a.is(kind::string) ? value::string(a.text() + b.text()) : value::bytes(a.text() + b.text());
}

value add(const value& a, const value& b, meter& cost) {
  const kind k = a.kind();
  if (k == b.kind()) {
    if (adds_up(k)) return from(k, fixed::add(a.number(), b.number()));
    if (k == kind::string || k == kind::bytes || k == kind::list) return concatenated(a, b, cost);
  }
  if (k == kind::timestamp && b.is(kind::duration)) return shifted(a, b.number());
  if (k == kind::duration && b.is(kind::timestamp)) return shifted(b, a.number());
  if ((k == kind::date || k == kind::month) && b.is(kind::integer)) return moved(k, fixed::add(a.number(), b.number()));
  return value::error(fault::no_overload);
}

value subtract(const value& a, const value& b) {
  const kind k = a.kind();
  if (k == b.kind()) {
    if (adds_up(k)) return from(k, fixed::subtract(a.number(), b.number()));
    if (k == kind::timestamp) return between(a, b);
    if (k == kind::date || k == kind::month) return value::integer(a.number() - b.number());
  }
  if (k == kind::timestamp && b.is(kind::duration)) {
    if (b.number() == value::open_low) return value::error(fault::out_of_range);
    return shifted(a, -b.number());
  }
  if ((k == kind::date || k == kind::month) && b.is(kind::integer)) {
    return moved(k, fixed::subtract(a.number(), b.number()));
  }
  return value::error(fault::no_overload);
}

value multiply(const value& a, const value& b) {
  if (a.is(kind::integer) && b.is(kind::integer)) return from(kind::integer, fixed::multiply(a.number(), b.number()));
  const bool money = (a.is(kind::money) && b.is(kind::integer)) || (a.is(kind::integer) && b.is(kind::money));
  if (money) return from(kind::money, fixed::multiply(a.number(), b.number()));
  if (a.is(kind::decimal) && b.is(kind::decimal)) {
    return from(kind::decimal, fixed::scaled(a.number(), b.number(), fixed::scale));
  }
  return value::error(fault::no_overload);
}

value compared(builtin f, const value& a, const value& b) {
  const auto found = order(a, b);
  if (!found) return value::error(fault::no_overload);
  switch (f) {
    case builtin::less: return value::boolean(std::is_lt(*found));
    case builtin::less_equal: return value::boolean(std::is_lteq(*found));
    case builtin::greater: return value::boolean(std::is_gt(*found));
    default: return value::boolean(std::is_gteq(*found));
  }
}

value contained(const value& item, const value& in, meter& cost) {
  if (in.is(kind::map)) return value::boolean(find(in.map(), item) != nullptr);
  if (!in.is(kind::list)) return value::error(fault::no_overload);
  for (const value& member : in.list().items) {
    if (equal(item, member, cost)) return value::boolean(true);
  }
  return value::boolean(false);
}

value indexed(const value& of, const value& by) {
  if (of.is(kind::map)) {
    const value* found = find(of.map(), by);
    if (found != nullptr) return *found;
    const bool text = by.is(kind::string);
    return value::error(fault::no_such_key, 0,
                        text                   ? by.text()
                        : by.is(kind::integer) ? std::to_string(by.number())
                                               : "");
  }
  if (!of.is(kind::list)) return value::error(fault::no_overload);
  const auto& items = of.list().items;
  const auto size = static_cast<std::int64_t>(items.size());
  std::int64_t at = by.number();
  if (by.is(kind::floating)) {
    const double d = by.as_double();
    if (!(d >= 0 && d < static_cast<double>(size)) || d != static_cast<double>(static_cast<std::int64_t>(d))) {
      return value::error(fault::index_out_of_range);
    }
    at = static_cast<std::int64_t>(d);
  } else if (!by.is(kind::integer) && !by.is(kind::unsigned_integer)) {
    return value::error(fault::no_overload);
  }
  if (at < 0 || at >= size) return value::error(fault::index_out_of_range, 0, std::to_string(at));
  return items[static_cast<std::size_t>(at)];
}

value negate(const value& v) {
  if (v.is(kind::floating)) return value::floating(-v.as_double());
  if (!adds_up(v.kind()) || v.is(kind::duration)) return value::error(fault::no_overload);
  return from(v.kind(), fixed::subtract(0, v.number()));
}

}  // namespace

value no_overload(std::span<const value> arguments) {
  std::string types;
  for (const value& v : arguments) types += (types.empty() ? "" : ", ") + type_name(v);
  return value::error(fault::no_overload, 0, std::move(types));
}

value apply_arithmetic(builtin f, const value& a, const value& b, meter& cost) {
  if (a.kind() == b.kind() && f != builtin::index && f != builtin::in) {
    if (a.is(kind::unsigned_integer)) return unsigned_arithmetic(f, a.as_unsigned(), b.as_unsigned());
    if (a.is(kind::floating) && f != builtin::modulo) return double_arithmetic(f, a.as_double(), b.as_double());
  }
  switch (f) {
    case builtin::add: return add(a, b, cost);
    case builtin::subtract: return subtract(a, b);
    case builtin::multiply: return multiply(a, b);
    case builtin::divide:
    case builtin::modulo:
      if (!a.is(kind::integer) || !b.is(kind::integer)) return value::error(fault::no_overload);
      return integer_division(f, a.number(), b.number());
    case builtin::in: return contained(a, b, cost);
    default: return indexed(a, b);
  }
}

value apply(builtin f, std::span<const value> arguments, meter& cost, const regex* re) {
  value out;
  if (f == builtin::equal || f == builtin::unequal) {
    return value::boolean(equal(arguments[0], arguments[1], cost) == (f == builtin::equal));
  }
  if (f <= builtin::greater_equal) {
    out = compared(f, arguments[0], arguments[1]);
  } else if (f == builtin::negate) {
    out = negate(arguments[0]);
  } else if (f == builtin::negated) {
    out = arguments[0].is(kind::boolean) ? value::boolean(!arguments[0].is_true()) : value::error(fault::no_overload);
  } else if (f <= builtin::index) {
    out = apply_arithmetic(f, arguments[0], arguments[1], cost);
  } else if (f <= builtin::matches) {
    out = apply_text(f, arguments, cost, re);
  } else if (f <= builtin::to_dyn) {
    cost.spend(arguments[0].weight() / 16);
    out = apply_conversion(f, arguments[0]);
  } else if (f <= builtin::get_milliseconds) {
    out = apply_time(f, arguments);
  } else {
    out = apply_dialog(f, arguments, cost);
  }
  const bool bare = out.is(kind::error) && out.error().what == fault::no_overload && out.error().detail.empty();
  return bare ? no_overload(arguments) : out;
}

}  // namespace zhuqi::dialogs::cel
