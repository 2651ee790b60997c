// What the dialog language adds to CEL: money, rates and civil days. An amount is rounded half away from zero to the
// fen, and only where the function's name says so.

#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/evaluator.hpp"
#include "dialogs/cel/fixed.hpp"

#include <compare>

namespace zhuqi::dialogs::cel {
namespace {

value from(kind k, std::optional<std::int64_t> n) { return n ? value::scalar(k, *n) : value::error(fault::overflow); }

constexpr std::int64_t millionths_per_fen = fixed::scale / fixed::fen_per_yuan;

value yuan(const value& v) {
  if (v.is(kind::integer)) return from(kind::money, fixed::multiply(v.number(), fixed::fen_per_yuan));
  if (!v.is(kind::decimal)) return value::error(fault::no_overload);
  if (v.number() % millionths_per_fen != 0) return value::error(fault::bad_argument, 0, fixed::to_text(v.number()));
  return value::money(v.number() / millionths_per_fen);
}

// percent(5), percent(5.5), decimal(3).
value rate(kind k, const value& v) {
  if (v.is(kind::integer)) return from(k, fixed::multiply(v.number(), fixed::scale));
  if (v.is(kind::decimal)) return value::scalar(k, v.number());
  if (k == kind::decimal && v.is(kind::string)) {
    const auto n = fixed::parse(v.text(), 6);
    return n ? value::decimal(*n) : value::error(fault::bad_conversion, 0, v.text().substr(0, 100));
  }
  return value::error(fault::no_overload);
}

value date(std::span<const value> arguments) {
  const value& v = arguments[0];
  if (v.is(kind::string) && arguments.size() == 1) {
    const auto days = civil::parse_date(v.text());
    return days ? value::date(*days) : value::error(fault::bad_conversion, 0, v.text().substr(0, 100));
  }
  if (!v.is(kind::timestamp) || arguments.size() != 2 || !arguments[1].is(kind::string)) {
    return value::error(fault::no_overload);
  }
  const std::string& zone = arguments[1].text();
  const civil::instant t{v.number(), v.nanos()};
  const auto year = civil::get(civil::field::full_year, t, zone);
  const auto of_year = civil::get(civil::field::day_of_year_from_0, t, zone);
  if (!year || !of_year) return value::error(fault::bad_argument, 0, zone.substr(0, 100));
  const std::int64_t days = civil::days_since_1970({*year, 1, 1}) + *of_year;
  return civil::in_years(days) ? value::date(days) : value::error(fault::out_of_range);
}

value month(const value& v) {
  if (v.is(kind::date)) {
    const civil::day d = civil::day_of(v.number());
    return value::month((d.year - 1970) * 12 + d.month - 1);
  }
  if (!v.is(kind::string)) return value::error(fault::no_overload);
  const auto months = civil::parse_month(v.text());
  return months ? value::month(*months) : value::error(fault::bad_conversion, 0, v.text().substr(0, 100));
}

value pct(const value& amount, const value& rate) {
  if (!amount.is(kind::money)) return value::error(fault::no_overload);
  if (rate.is(kind::integer)) return from(kind::money, fixed::scaled(amount.number(), rate.number(), 100));
  if (!rate.is(kind::percent)) return value::error(fault::no_overload);
  return from(kind::money, fixed::scaled(amount.number(), rate.number(), 100 * fixed::scale));
}

value least(const value& a, const value& b) {
  const auto found = order(a, b);
  if (!found || a.kind() != b.kind()) return value::error(fault::no_overload);
  return std::is_gt(*found) ? b : a;
}

value clamp(const value& v, const value& low, const value& high) {
  const auto bounds = order(low, high);
  const auto below = order(v, low);
  if (!bounds || !below || v.kind() != low.kind() || low.kind() != high.kind()) return value::error(fault::no_overload);
  if (std::is_gt(*bounds)) return value::error(fault::bad_argument, 0, "clamp");
  return std::is_lt(*below) ? low : least(v, high);
}

// The rate of one bracket in millionths of one.
std::optional<std::int64_t> fraction(const value& rate) {
  if (rate.is(kind::decimal)) return rate.number();
  return rate.is(kind::percent) && rate.number() % 100 == 0 ? std::optional{rate.number() / 100} : std::nullopt;
}

struct bracket {
  std::int64_t above;
  std::int64_t rate;
};

std::optional<bracket> bracket_of(const value& row) {
  if (!row.is(kind::list) || row.list().items.size() != 2) return std::nullopt;
  const value& above = row.list().items[0];
  const auto rate = fraction(row.list().items[1]);
  if (!above.is(kind::money) || !rate) return std::nullopt;
  return bracket{above.number(), *rate};
}

// Marginal brackets: each rate holds for the part of the amount between its threshold and the next. Rounded once.
value brackets(const value& amount, const value& table, meter& cost) {
  __extension__ using wide = __int128;
  if (!amount.is(kind::money) || !table.is(kind::list)) return value::error(fault::no_overload);
  const auto& rows = table.list().items;
  wide sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!cost.spend(1)) return value::error(fault::too_costly);
    const auto here = bracket_of(rows[i]);
    if (!here) return value::error(fault::bad_argument, 0, "brackets");
    std::int64_t upper = amount.number();
    if (i + 1 < rows.size()) {
      const auto next = bracket_of(rows[i + 1]);
      if (!next || next->above <= here->above) return value::error(fault::bad_argument, 0, "brackets");
      upper = std::min(upper, next->above);
    }
    if (upper > here->above) sum += (wide{upper} - here->above) * here->rate;
  }
  constexpr wide half = fixed::scale / 2;
  const wide rounded = (sum < 0 ? sum - half : sum + half) / fixed::scale;
  if (rounded > value::open_high || rounded < value::open_low) return value::error(fault::overflow);
  return value::money(static_cast<std::int64_t>(rounded));
}

}  // namespace

value apply_dialog(builtin f, std::span<const value> arguments, meter& cost) {
  const value& v = arguments[0];
  switch (f) {
    case builtin::yuan: return yuan(v);
    case builtin::fen: return v.is(kind::integer) ? value::money(v.number()) : value::error(fault::no_overload);
    case builtin::percent: return rate(kind::percent, v);
    case builtin::decimal: return rate(kind::decimal, v);
    case builtin::date: return date(arguments);
    case builtin::month: return month(v);
    case builtin::pct: return pct(v, arguments[1]);
    case builtin::cap: return least(v, arguments[1]);
    case builtin::clamp: return clamp(v, arguments[1], arguments[2]);
    case builtin::round_fen:
      if (!v.is(kind::decimal)) return value::error(fault::no_overload);
      return from(kind::money, fixed::scaled(v.number(), 1, millionths_per_fen));
    default: return brackets(v, arguments[1], cost);
  }
}

}  // namespace zhuqi::dialogs::cel
