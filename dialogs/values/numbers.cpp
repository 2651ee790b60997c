// int, decimal, percent and money: which of the numbers in an answer is meant, and whether it fits the question.
#include "dialogs/values/candidates.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/phrases.hpp"
#include "dialogs/values/typed_parsers.hpp"

#include <algorithm>

namespace zhuqi::dialogs::values {
namespace {

wish wish_of(const integer_type& t) {
  wish w{value_kind::integer, {}, {}, t.want, 1, &t.units};
  if (t.min) w.min = decimal{*t.min};
  if (t.max) w.max = decimal{*t.max};
  return w;
}
wish wish_of(const decimal_type& t) { return {value_kind::decimal, t.min, t.max, t.want, 1, &t.units}; }
wish wish_of(const percent_type& t) { return {value_kind::percent, t.min, t.max, t.want, 1, nullptr}; }
wish wish_of(const money_type& t) {
  wish w{value_kind::money, {}, {}, t.want, decimal::scaled(t.bare_unit_fen, -2), nullptr};
  if (t.min_fen) w.min = decimal::scaled(*t.min_fen, -2);
  if (t.max_fen) w.max = decimal::scaled(*t.max_fen, -2);
  return w;
}

/// Canonical, in the unit of the kind; nullopt where a whole number is wanted and none is inside.
std::optional<ends_text> ends_for(const quantity& q, value_kind kind) {
  switch (kind) {
    case value_kind::integer: {
      if (q.range.exact() && !q.range.low->is_whole()) return std::nullopt;
      return whole_ends(q.range, q.approximate);
    }
    case value_kind::money: {
      quantity fen = q;
      scale(fen, 100);
      if (fen.range.exact() && !fen.range.low->is_whole()) return std::nullopt;
      return whole_ends(fen.range, fen.approximate);
    }
    default: return decimal_ends(q.range, q.approximate);
  }
}

std::string text_for(const quantity& q, value_kind kind) {
  const auto ends = ends_for(q, kind);
  if (ends) return canonical(*ends);
  return canonical(decimal_ends(q.range, q.approximate));
}

std::string single_text(const decimal& value, value_kind kind) {
  return kind == value_kind::money ? (value * decimal{100}).text() : value.text();
}

answer without_candidate(const std::vector<quantity>& all, std::string_view s) {
  answer out;
  for (const quantity& q : all) {
    if (q.what == dimension::foreign_money) {
      out.why = problem::foreign_currency;
      out.detail = q.code;
      return out;
    }
  }
  if (says_dont_know(s)) {
    out.why = problem::dont_know;
    return out;
  }
  for (const quantity& q : all) {
    if (q.what != dimension::none && !q.unit.empty() && !q.lone_one) {
      out.why = problem::wrong_unit;
      out.detail = q.unit;
      return out;
    }
  }
  return out;
}

bool below(const interval& r, const decimal& min) {
  return r.high && (*r.high < min || (r.high_open && *r.high == min));
}
bool above(const interval& r, const decimal& max) { return r.low && (*r.low > max || (r.low_open && *r.low == max)); }

problem misfit_of(const quantity& q, const wish& w) {
  const auto ends = ends_for(q, w.kind);
  const bool below_zero = below(q.range, 0) && !(q.range.high_open && q.range.high == decimal{0} && !w.min);
  if (below_zero && w.min && !w.min->is_negative()) return problem::negative;
  if (!ends) return w.kind == value_kind::money ? problem::too_precise : problem::fraction;
  if (w.min && below(q.range, *w.min)) return problem::below_min;
  if (w.max && above(q.range, *w.max)) return problem::above_max;
  if (w.want == exactness::exact && !ends->exact()) return problem::not_exact;
  return problem::none;
}

answer parse_wish(const wish& w, std::string_view s) {
  const std::vector<quantity> all = find_quantities(s);
  std::vector<quantity> chosen = best(all, w, s);
  if (chosen.empty() && all.empty() && says_none(s) && !(w.min && *w.min > decimal{0})) {
    answer none;
    none.why = problem::none;
    none.value = none.stated = "0";
    none.guessed = true;
    return none;
  }
  if (chosen.empty()) return without_candidate(all, s);
  answer out;
  if (std::any_of(chosen.begin(), chosen.end(), [](const quantity& q) { return !q.valid(); })) {
    out.why = problem::too_large;
    return out;
  }
  for (const quantity& q : chosen) {
    if (out.found.size() < 5) out.found.push_back(text_for(q, w.kind));
  }
  if (chosen.size() > 1) {
    out.why = problem::ambiguous;
    return out;
  }
  quantity& q = chosen.front();
  if (is_negated(s, q.begin, q.end)) {
    out.why = problem::negated;
    return out;
  }
  if (!q.approximate && q.range.exact() && says_dont_know(s)) {  // 五十吧，不太清楚
    const decimal step = *q.range.low * decimal::scaled(1, -1);
    q.range = {*q.range.low - step, *q.range.low + step, false, false};
    q.approximate = true;
  }
  if (!q.valid() || (w.kind == value_kind::money && q.range.low && !(*q.range.low * decimal{100}).valid()) ||
      (w.kind == value_kind::money && q.range.high && !(*q.range.high * decimal{100}).valid())) {
    out.why = problem::too_large;
    return out;
  }
  out.why = misfit_of(q, w);
  out.approximate = q.approximate;
  if (q.stated) out.stated = single_text(*q.stated, w.kind);
  if (out.why == problem::below_min || out.why == problem::negative) out.bound = single_text(*w.min, w.kind);
  if (out.why == problem::above_max) out.bound = single_text(*w.max, w.kind);
  if (out.why == problem::none) {
    out.value = text_for(q, w.kind);
    out.found.clear();
  }
  return out;
}

}  // namespace

answer parse_integer(const integer_type& type, std::string_view s) { return parse_wish(wish_of(type), s); }
answer parse_decimal(const decimal_type& type, std::string_view s) { return parse_wish(wish_of(type), s); }
answer parse_percent(const percent_type& type, std::string_view s) { return parse_wish(wish_of(type), s); }
answer parse_money(const money_type& type, std::string_view s) { return parse_wish(wish_of(type), s); }

std::vector<found_value> find_numbers(value_kind kind, std::string_view s) {
  std::vector<found_value> out;
  for (quantity q : find_quantities(s)) {
    const bool currency = q.what == dimension::money || q.what == dimension::foreign_money;
    const auto prefix = percent_prefixes().match(q.unit, 0);
    if (!q.valid()) continue;
    switch (kind) {
      case value_kind::percent:
        if (q.what != dimension::percent) continue;
        break;
      case value_kind::money:
        if (!currency) continue;
        break;
      default:
        if (q.what == dimension::foreign_money) continue;
        if (q.what == dimension::percent) {
          if (!prefix) continue;
          scale(q, decimal{1} / *prefix.meaning);  // 百分之五: the number in it is 5
        }
        const bool alone = is_noise(s.substr(0, q.begin)) && is_noise(s.substr(q.end));
        if (!q.telling && q.what == dimension::none && !alone) continue;
        break;
    }
    found_value v;
    v.value = text_for(q, kind);
    if (q.stated) v.stated = q.stated->text();
    if (currency) v.currency = q.code;
    out.push_back(std::move(v));
  }
  return out;
}

}  // namespace zhuqi::dialogs::values
