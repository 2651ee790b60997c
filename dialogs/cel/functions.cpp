// Functions on text and collections, and CEL's conversions.

#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/evaluator.hpp"
#include "dialogs/cel/fixed.hpp"
#include "dialogs/cel/numbers.hpp"

#include "bot/base/text.hpp"

#include <algorithm>
#include <cmath>

namespace zhuqi::dialogs::cel {
namespace {

constexpr std::uint64_t pattern_cost = 500;  // compiling one takes about as long as this many steps

// Characters, not bytes.
std::int64_t length(const std::string& utf8) {
  return std::count_if(utf8.begin(), utf8.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
}

value size_of(const value& v) {
  switch (v.kind()) {
    case kind::string: return value::integer(length(v.text()));
    case kind::bytes: return value::integer(static_cast<std::int64_t>(v.text().size()));
    case kind::list: return value::integer(static_cast<std::int64_t>(v.list().items.size()));
    case kind::map: return value::integer(static_cast<std::int64_t>(v.map().entries.size()));
    default: return value::error(fault::no_overload);
  }
}

value failed(const value& v) {
  return value::error(fault::bad_conversion, 0, v.is(kind::string) ? v.text().substr(0, 100) : type_name(v));
}

template <class T, class Make>
value converted(const std::optional<T>& found, const value& of, Make make) {
  return found ? make(*found) : failed(of);
}

value to_int(const value& v) {
  switch (v.kind()) {
    case kind::integer: return v;
    case kind::unsigned_integer: return v.number() < 0 ? value::error(fault::overflow) : value::integer(v.number());
    case kind::floating: {
      // The ends themselves are refused: they are not exact as doubles.
      const double d = v.as_double();
      if (!(d > -0x1p63 && d < 0x1p63)) return value::error(fault::overflow);
      return value::integer(static_cast<std::int64_t>(d));
    }
    case kind::string: return converted(text_to_int(v.text()), v, value::integer);
    case kind::timestamp: return value::integer(v.number());
    default: return value::error(fault::no_overload);
  }
}

value to_uint(const value& v) {
  switch (v.kind()) {
    case kind::unsigned_integer: return v;
    case kind::integer:
      return v.number() < 0 ? value::error(fault::overflow) : value::unsigned_integer(v.as_unsigned());
    case kind::floating: {
      const double d = v.as_double();
      if (!(d >= 0 && d < 0x1p64)) return value::error(fault::overflow);
      return value::unsigned_integer(static_cast<std::uint64_t>(d));
    }
    case kind::string: return converted(text_to_uint(v.text()), v, value::unsigned_integer);
    default: return value::error(fault::no_overload);
  }
}

value to_double(const value& v) {
  switch (v.kind()) {
    case kind::floating: return v;
    case kind::integer: return value::floating(static_cast<double>(v.number()));
    case kind::unsigned_integer: return value::floating(static_cast<double>(v.as_unsigned()));
    case kind::string: return converted(text_to_double(v.text()), v, value::floating);
    default: return value::error(fault::no_overload);
  }
}

value to_string(const value& v) {
  switch (v.kind()) {
    case kind::string: return v;
    case kind::boolean: return value::string(v.is_true() ? "true" : "false");
    case kind::integer: return value::string(std::to_string(v.number()));
    case kind::unsigned_integer: return value::string(std::to_string(v.as_unsigned()));
    case kind::floating: return value::string(double_to_text(v.as_double()));
    case kind::bytes: return text::is_utf8(v.text()) ? value::string(v.text()) : failed(v);
    case kind::timestamp: return value::string(civil::timestamp_to_text({v.number(), v.nanos()}));
    case kind::duration: return value::string(civil::duration_to_text(v.number()));
    case kind::money: return value::string(fixed::money_to_text(v.number()));
    case kind::percent:
    case kind::decimal: return value::string(fixed::to_text(v.number()));
    case kind::date: return value::string(civil::date_to_text(v.number()));
    case kind::month: return value::string(civil::month_to_text(v.number()));
    default: return value::error(fault::no_overload);
  }
}

value to_bool(const value& v) {
  if (v.is(kind::boolean)) return v;
  if (!v.is(kind::string)) return value::error(fault::no_overload);
  for (const char* word : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (v.text() == word) return value::boolean(true);
  }
  for (const char* word : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (v.text() == word) return value::boolean(false);
  }
  return failed(v);
}

value to_timestamp(const value& v) {
  if (v.is(kind::timestamp)) return v;
  if (v.is(kind::integer)) {
    const bool good = v.number() >= civil::first_second && v.number() <= civil::last_second;
    return good ? value::timestamp(v.number(), 0) : value::error(fault::out_of_range);
  }
  if (!v.is(kind::string)) return value::error(fault::no_overload);
  return converted(civil::parse_timestamp(v.text()), v,
                   [](const civil::instant& t) { return value::timestamp(t.seconds, t.nanos); });
}

value to_duration(const value& v) {
  if (v.is(kind::duration)) return v;
  if (!v.is(kind::string)) return value::error(fault::no_overload);
  return converted(civil::parse_duration(v.text()), v, value::duration);
}

value matches(const value& text, const value& pattern, meter& cost, const regex* re) {
  std::shared_ptr<const regex> made;
  if (re == nullptr) {
    if (!cost.spend(pattern_cost)) return value::error(fault::too_costly);
    made = regex::compile(pattern.text());
    if (made == nullptr) return value::error(fault::bad_pattern, 0, pattern.text().substr(0, 100));
    re = made.get();
  }
  return value::boolean(re->occurs_in(text.text()));
}

}  // namespace

value apply_text(builtin f, std::span<const value> arguments, meter& cost, const regex* re) {
  cost.spend(arguments[0].weight() / 16);
  if (f == builtin::size) return size_of(arguments[0]);
  if (!arguments[0].is(kind::string) || !arguments[1].is(kind::string)) return value::error(fault::no_overload);
  const std::string& text = arguments[0].text();
  const std::string& part = arguments[1].text();
  switch (f) {
    case builtin::contains: return value::boolean(text.find(part) != std::string::npos);
    case builtin::starts_with: return value::boolean(text.starts_with(part));
    case builtin::ends_with: return value::boolean(text.ends_with(part));
    default: return matches(arguments[0], arguments[1], cost, re);
  }
}

value apply_conversion(builtin f, const value& v) {
  switch (f) {
    case builtin::to_int: return to_int(v);
    case builtin::to_uint: return to_uint(v);
    case builtin::to_double: return to_double(v);
    case builtin::to_string: return to_string(v);
    case builtin::to_bool: return to_bool(v);
    case builtin::to_timestamp: return to_timestamp(v);
    case builtin::to_duration: return to_duration(v);
    case builtin::type_of: return value::type_named(type_name(v));
    case builtin::to_bytes:
      if (v.is(kind::bytes)) return v;
      return v.is(kind::string) ? value::bytes(v.text()) : value::error(fault::no_overload);
    default: return v;
  }
}

value apply_time(builtin f, std::span<const value> arguments) {
  const value& v = arguments[0];
  if (v.is(kind::duration)) {
    switch (f) {
      case builtin::get_hours: return value::integer(v.number() / 3'600'000'000'000);
      case builtin::get_minutes: return value::integer(v.number() / 60'000'000'000);
      case builtin::get_seconds: return value::integer(v.number() / civil::nanos_per_second);
      case builtin::get_milliseconds: return value::integer(v.number() % civil::nanos_per_second / 1'000'000);
      default: return value::error(fault::no_overload);
    }
  }
  if (!v.is(kind::timestamp) || (arguments.size() > 1 && !arguments[1].is(kind::string))) {
    return value::error(fault::no_overload);
  }
  const std::string_view zone = arguments.size() > 1 ? std::string_view{arguments[1].text()} : "";
  if (arguments.size() > 1 && zone.empty()) return value::error(fault::bad_argument);
  const auto field = [&] {
    switch (f) {
      case builtin::get_full_year: return civil::field::full_year;
      case builtin::get_month: return civil::field::month_from_0;
      case builtin::get_date: return civil::field::day_from_1;
      case builtin::get_day_of_month: return civil::field::day_from_0;
      case builtin::get_day_of_year: return civil::field::day_of_year_from_0;
      case builtin::get_day_of_week: return civil::field::day_of_week;
      case builtin::get_hours: return civil::field::hours;
      case builtin::get_minutes: return civil::field::minutes;
      case builtin::get_seconds: return civil::field::seconds;
      default: return civil::field::milliseconds;
    }
  }();
  const auto out = civil::get(field, {v.number(), v.nanos()}, zone);
  return out ? value::integer(*out) : value::error(fault::bad_argument, 0, std::string{zone.substr(0, 100)});
}

}  // namespace zhuqi::dialogs::cel
