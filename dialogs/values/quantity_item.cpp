// Sign, number, unit. 5元3毛, 八成五, 三又五分之一, 百分之五, -3%.
#include "dialogs/values/quantity_item.hpp"

namespace zhuqi::dialogs::values {
namespace {

const decimal tenth = decimal::scaled(1, -1);

const lexicon<int>& minus_words() {
  static const auto words = lexicon<int>::of_rows({{0, "-|负|マイナス|마이너스|minus|negative"}});
  return words;
}
const lexicon<int>& fraction_words() {
  static const auto words = lexicon<int>::of_rows({{0, "分之|分の|분의"}});
  return words;
}
const lexicon<int>& half_words() {
  static const auto words = lexicon<int>::of_rows({{0, "一半|半数|对半|半分|half|절반"}});
  return words;
}
struct sign {
  bool negative = false;
  std::size_t end = 0;
};
sign scan_sign(std::string_view s, std::size_t at) {
  sign out{false, at};
  int count = 0;
  while (count < 3) {
    const auto hit = minus_words().match(s, out.end);
    if (!hit || !starts_word(s, out.end)) break;
    out.end = skip_space(s, out.end + hit.length);
    ++count;
  }
  out.negative = count == 1;  // two dashes before a number are a list mark
  if (count == 0 && at < s.size() && s[at] == '+') out.end = at + 1;
  return out;
}

interval range_of(const numeral& n) {
  if (n.vague == vagueness::none) return interval::at(n.low);
  return {n.low, n.high, false, n.vague != vagueness::about};
}

void negate(interval& r) {
  std::swap(r.low, r.high);
  std::swap(r.low_open, r.high_open);
  if (r.low) r.low = *r.low * decimal{-1};
  if (r.high) r.high = *r.high * decimal{-1};
}

/// The numerator behind 分之, or what stands behind '/' in "3/5".
std::optional<decimal> scan_fraction(std::string_view s, const numeral& first, std::size_t& end) {
  if (first.vague != vagueness::none) return std::nullopt;
  if (const auto of = fraction_words().match(s, skip_space(s, first.end)); of && !first.low.is_zero()) {
    const sign minus = scan_sign(s, skip_space(s, skip_space(s, first.end) + of.length));
    const auto over = scan_numeral(s, minus.end);
    if (!over || over->vague != vagueness::none) return std::nullopt;
    end = over->end;
    return (minus.negative ? over->low * decimal{-1} : over->low) / first.low;
  }
  if (first.end < s.size() && s[first.end] == '/' && first.arabic && first.low.is_whole()) {
    const auto under = scan_digits(s, first.end + 1);
    if (!under || under->has_point || under->value.is_zero()) return std::nullopt;
    if (under->end < s.size() && (s[under->end] == '/' || s[under->end] == '-')) return std::nullopt;  // a date
    end = under->end;
    return first.low / under->value;
  }
  return std::nullopt;
}

/// 又三分之一, " 3/5" behind a whole number.
std::optional<decimal> scan_mixed_part(std::string_view s, const numeral& whole, std::size_t& end) {
  const bool again = s.substr(whole.end).starts_with("又");
  if (!again && (whole.end >= s.size() || s[whole.end] != ' ' || !whole.arabic)) return std::nullopt;
  const auto next = scan_numeral(s, whole.end + (again ? std::string_view{"又"}.size() : 1));
  if (!next || (!again && !next->arabic)) return std::nullopt;
  return scan_fraction(s, *next, end);
}

/// 2^-1. Only what fits exactly.
std::optional<decimal> scan_power(std::string_view s, const decimal& base, std::size_t& at) {
  if (at >= s.size() || s[at] != '^') return std::nullopt;
  std::size_t i = at + 1;
  int minus = 0;
  while (i < s.size() && (s[i] == '-' || s[i] == '+') && i - at < 4) minus += s[i++] == '-' ? 1 : 0;
  int exponent = 0;
  const std::size_t first = i;
  for (; i < s.size() && is_ascii_digit(s[i]) && i - first < 2; ++i) exponent = exponent * 10 + (s[i] - '0');
  if (i == first) return std::nullopt;
  decimal value{1};
  for (int k = 0; k < exponent; ++k) value = value * base;
  at = i;
  return minus == 1 ? decimal{1} / value : value;
}

/// 5元3毛, 两美元又三美分, 三块五, 1万元5角.
void scan_money_parts(std::string_view s, item& it) {
  decimal unit_left = it.measure.factor;
  for (int i = 0; i < 3; ++i) {
    std::size_t at = skip_space(s, it.q.end);
    for (std::string_view word : {"又", "零", "and "}) {
      if (s.substr(at).starts_with(word)) at += word.size();
    }
    const auto n = scan_numeral(s, at);
    if (!n || n->vague != vagueness::none) return;
    const auto u = unit_words().match(s, skip_space(s, n->end));
    decimal factor;
    std::size_t end = n->end;
    if (u && u.meaning->kind == unit::role::part && u.meaning->code == it.measure.code) {
      factor = u.meaning->factor;
      end = skip_space(s, n->end) + u.length;
    } else if (it.measure.code == "CNY" && s.substr(n->end).starts_with("分")) {
      factor = decimal::scaled(1, -2);
      end = n->end + std::string_view{"分"}.size();
    } else if (it.measure.code == "CNY" && unit_left == decimal{1} && n->characters == 1 && !u && at == it.q.end &&
               n->low < decimal{10}) {
      factor = tenth;  // 三块五
    } else {
      return;
    }
    if (!(factor < unit_left)) return;
    const decimal add = n->low * factor;
    if (it.q.range.low) it.q.range.low = *it.q.range.low + add;
    if (it.q.range.high) it.q.range.high = *it.q.range.high + add;
    it.q.stated = it.q.range.low;
    it.q.end = end;
    it.plain = false;
    unit_left = factor;
  }
}

/// 九折 is 90 %, 九九折 and 75折 are 99 and 75 %; 八成五 is 85 %.
void apply_percent_role(std::string_view s, item& it) {
  if (it.measure.kind == unit::role::discount) {
    const bool tens = it.number.high > decimal{10} && it.number.low > decimal{10};
    if (tens) multiply(it.q, tenth);
  } else if (it.measure.kind == unit::role::tenth) {
    auto digit = scan_han_digit(s, it.q.end);
    if (it.q.end < s.size() && is_ascii_digit(s[it.q.end])) digit = han_digit{s[it.q.end] - '0', 1};
    if (!digit || !it.q.range.exact()) return;
    it.q.range = interval::at(*it.q.range.low + decimal{digit->value});
    it.q.stated = it.q.range.low;
    it.q.end += digit->length;
    constexpr std::string_view percent = "分";
    if (s.substr(it.q.end).starts_with(percent)) it.q.end += percent.size();
  }
}

}  // namespace

std::size_t skip_space(std::string_view s, std::size_t at) { return at < s.size() && s[at] == ' ' ? at + 1 : at; }

void multiply(quantity& q, const decimal& by) {
  if (q.range.low) q.range.low = *q.range.low * by;
  if (q.range.high) q.range.high = *q.range.high * by;
  if (q.stated) q.stated = *q.stated * by;
}

void take_unit(std::string_view s, item& it) {
  const std::size_t at = skip_space(s, it.q.end);
  const auto hit = unit_words().match(s, at);
  if (!hit) return;
  const unit& u = *hit.meaning;
  const std::size_t behind = at + hit.length;
  if (s[behind - 1] == '%' && behind < s.size() && (is_ascii_digit(s[behind]) || is_ascii_letter(s[behind]))) return;
  if (it.q.what != dimension::none && it.q.what != u.what) return;  // ¥5 个
  if (it.q.what == dimension::percent) return;
  if (it.q.what == dimension::none) multiply(it.q, u.factor);
  it.measure = u;
  it.q.what = u.what;
  it.q.code = u.code;
  it.q.unit = s.substr(at, hit.length);
  it.q.end = at + hit.length;
  if (u.what == dimension::percent) apply_percent_role(s, it);
  if (u.what == dimension::money || u.what == dimension::foreign_money) scan_money_parts(s, it);
}

namespace {

/// "7 2 折": single digits apart before 折.
std::optional<item> scan_spaced_discount(std::string_view s, std::size_t at) {
  constexpr std::string_view off = "折";
  if (at + 3 + off.size() > s.size() || !is_ascii_digit(s[at]) || s[at + 1] != ' ' || !is_ascii_digit(s[at + 2]) ||
      !s.substr(at + 3).starts_with(off)) {
    return std::nullopt;
  }
  item it;
  it.q.begin = at;
  it.q.end = at + 3 + off.size();
  it.q.range = interval::at((s[at] - '0') * 10 + (s[at + 2] - '0'));
  it.q.stated = it.q.range.low;
  it.q.what = dimension::percent;
  it.q.telling = true;
  it.number.end = it.q.end;
  return it;
}

/// 对折, 百分百.
const lexicon<int>& percent_words() {
  static const auto words = lexicon<int>::of_rows({{50, "对折"}, {100, "百分百"}});
  return words;
}

std::optional<item> scan_half(std::string_view s, std::size_t at) {
  item it;
  if (const auto percent = percent_words().match(s, at)) {
    it.q.range = interval::at(*percent.meaning);
    it.q.stated = it.q.range.low;
    it.q.what = dimension::percent;
    it.q.telling = true;
    it.q.begin = at;
    it.q.end = it.number.end = at + percent.length;
    return it;
  }
  const auto half = half_words().match(s, at);
  if (!half) return std::nullopt;
  it.q.range = interval::at(decimal::scaled(5, -1));
  it.q.stated = it.q.range.low;
  it.q.ratio = it.q.telling = true;
  it.q.begin = at;
  it.q.end = it.number.end = at + half.length;
  it.plain = false;
  return it;
}

struct leading {
  item it;
  bool negative = false;
  std::size_t at = 0;
};

/// Currency, sign and 百分之, in the orders in which people write them.
leading scan_leading(std::string_view s, std::size_t at) {
  leading out;
  const sign outer = scan_sign(s, at);
  out.at = outer.end;
  out.negative = outer.negative;
  if (const auto hit = unit_prefixes().match(s, out.at); hit && starts_word(s, out.at)) {
    out.it.measure = *hit.meaning;
    out.it.q.what = hit.meaning->what;
    out.it.q.code = hit.meaning->code;
    out.it.q.unit = s.substr(out.at, hit.length);
    out.at = skip_space(s, out.at + hit.length);
    const sign inner = scan_sign(s, out.at);
    out.negative = out.negative != inner.negative;
    out.at = inner.end;
  } else if (const auto of = percent_prefixes().match(s, out.at)) {
    out.it.q.what = dimension::percent;
    out.it.measure.factor = *of.meaning;
    out.it.q.unit = s.substr(out.at, of.length);
    out.at = skip_space(s, out.at + of.length);
    const sign inner = scan_sign(s, out.at);
    out.negative = out.negative != inner.negative;
    out.at = inner.end;
  }
  return out;
}

}  // namespace

bool has_sign(std::string_view s, std::size_t at) { return scan_sign(s, at).end != at; }

std::optional<item> scan_item(std::string_view s, std::size_t at) {
  if (auto it = scan_spaced_discount(s, at)) return it;
  if (auto it = scan_half(s, at)) return it;
  leading lead = scan_leading(s, at);
  const auto n = scan_numeral(s, lead.at);
  if (!n) return std::nullopt;
  item it = lead.it;
  it.number = *n;
  it.q.begin = at;
  it.q.end = n->end;
  it.q.range = range_of(*n);
  it.q.stated = n->stated;
  it.q.myriads = n->myriads;
  it.q.approximate = n->vague == vagueness::about;
  it.q.telling = n->telling() || it.q.what != dimension::none;
  it.plain = !lead.negative;
  std::size_t end = n->end;
  if (const auto part = scan_fraction(s, *n, end)) {
    it.q.range = interval::at(*part);
  } else if (const auto rest = scan_mixed_part(s, *n, end)) {
    it.q.range = interval::at(n->low + *rest);
  } else if (const auto raised = scan_power(s, n->low, end); raised && n->arabic) {
    it.q.range = interval::at(*raised);
  } else {
    end = n->end;
  }
  if (end != n->end) {
    it.q.ratio = it.q.telling = true;
    it.q.stated = it.q.range.low;
    it.q.end = end;
    it.plain = false;
  }
  if (it.q.what == dimension::percent) multiply(it.q, it.measure.factor);
  take_unit(s, it);
  if (lead.negative) {
    negate(it.q.range);
    if (it.q.stated) it.q.stated = *it.q.stated * decimal{-1};
  }
  it.q.telling = it.q.telling || (it.q.what != dimension::none && it.q.what != dimension::count);
  it.q.lone_one = !n->arabic && n->characters == 1 && n->low == decimal{1} && it.q.what == dimension::count;
  return it;
}

}  // namespace zhuqi::dialogs::values
