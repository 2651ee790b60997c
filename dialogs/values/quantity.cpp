// Numbers in their surroundings: bounds and ranges, built of single numbers with their units.
#include "dialogs/values/quantity_item.hpp"

namespace zhuqi::dialogs::values {
namespace {

const decimal tenth = decimal::scaled(1, -1);

/// Words that begin like numbers and are none.
const lexicon<int>& not_numbers() {
  static const auto words =
      lexicon<int>::of_rows({{0,
                              "一般|一下|一些|一起|一定|一直|一样|一旦|一边|一共|一方面|统一|唯一|万一|十分|十足|"
                              "千万别|千万不|千万要|四川|三亚|九江|"
                              "六安|三明|百色|百货|百度|千兆|万科|一线|二手|二维码|三方|第三方|五金|五险|三资|一人公司|"
                              "一会|一时|一次性|一点|有点|"
                              "一种|两者|一律|一致|双方|百姓|万能|一部分|二级|一级|"
                              "사원|이사|일반|이번|이상|이하|사이|이내|이전|이후|일부|일단|일정|삼성|사업|사람|사무|"
                              "이미|이름|이용|이제|오전|오후|오늘|"
                              "육성|구매|구성|구체|조사|조금|만약|만일|천천히|백화점|공장|공사|공동|공인|영업|영어|"
                              "수입|수출|수도|오픈|이것|한국|한번|세금|"
                              "세무|두루|열심|여기|여러|조건|조합|조직|점포|점검|일|이|사|오|공|조|영|구|수"}});
  return words;
}

void widen(quantity& q, bool down, bool up) {
  if (!q.range.exact()) {
    q.approximate = true;  // 大概一百到两百: both ends are said already
    return;
  }
  const decimal centre = *q.range.low;
  const decimal step = (centre.is_negative() ? centre * decimal{-1} : centre) * tenth;
  if (down) q.range.low = centre - step;
  if (up) q.range.high = centre + step;
  q.approximate = true;
}

void apply(quantity& q, bound b) {
  interval& r = q.range;
  const bool guess = b == bound::about || b == bound::nearly || b == bound::a_bit_over;
  // 不到20人的样子: the bound is of the 20, not of the guess around it.
  if (!guess && q.approximate && q.stated) r = interval::at(*q.stated);
  switch (b) {
    case bound::at_least:
      r.high.reset();
      r.high_open = false;
      break;
    case bound::more_than:
      r.low_open = r.low_open || r.exact();
      r.high.reset();
      r.high_open = false;
      break;
    case bound::at_most:
      r.low.reset();
      r.low_open = false;
      break;
    case bound::less_than:
      r.high_open = true;
      r.low.reset();
      r.low_open = false;
      break;
    case bound::about: widen(q, true, true); return;
    case bound::nearly: widen(q, true, false); return;
    case bound::a_bit_over: widen(q, false, true); return;
  }
  q.bounded = true;
}

/// 多 and 来 behind the unit: 三块多, 两年多, 50 명여.
bool take_more_behind_unit(std::string_view s, item& it) {
  constexpr std::string_view more = "多";
  if (it.q.what == dimension::none || !it.q.range.exact() || !s.substr(it.q.end).starts_with(more)) return false;
  if (it.q.unit.empty()) return false;
  it.q.range.high = *it.q.range.low + it.number.width * it.measure.factor;
  it.q.range.high_open = true;
  it.q.end += more.size();
  return true;
}

/// Words behind the number, and the unit that may follow them: 50多个, 50 以上的人.
void take_bounds_behind(std::string_view s, item& it) {
  take_more_behind_unit(s, it);
  for (int i = 0; i < 3; ++i) {
    const std::size_t at = skip_space(s, it.q.end);
    const auto hit = bounds_behind().match(s, at);
    if (!hit) return;
    if (*hit.meaning == bound::less_than && it.q.bounded) return;
    apply(it.q, *hit.meaning);
    it.q.end = at + hit.length;
    if (it.q.what == dimension::none) take_unit(s, it);
  }
}

/// The 万, 亿 or 兆 of a scale: of 千万 it is 万.
decimal myriad_in(const decimal& scale) {
  for (int exponent : {12, 8, 4}) {
    if (scale >= decimal::scaled(1, exponent)) return decimal::scaled(1, exponent);
  }
  return 1;
}

/// 5到8万, 100-200万元, 5~20%: the first number takes the scale and the unit of the second.
void share(item& first, item& second) {
  const decimal& scale = second.number.scale;
  if (first.plain && !first.number.myriads && first.q.range.exact()) {
    // 5到8千万 shares 千万, 五百到一千万 only 万, 一到三百 百.
    for (const decimal& shared : {scale, myriad_in(scale)}) {
      const bool possible = shared >= decimal{10'000} || (shared > decimal{1} && first.number.low < decimal{10});
      if (!possible || !(first.number.low < second.number.low / shared)) continue;
      multiply(first.q, shared);
      break;
    }
  }
  if (first.q.what == dimension::none && second.q.what != dimension::none) {
    multiply(first.q, second.measure.factor);
    first.q.what = second.q.what;
    first.q.code = second.q.code;
    first.q.unit = second.q.unit;
  } else if (second.q.what == dimension::none && first.q.what != dimension::none) {
    multiply(second.q, first.measure.factor);
    second.q.what = first.q.what;
    second.q.code = first.q.code;
    second.q.unit = first.q.unit;
  }
}

bool leading_zero(std::string_view s, const item& it) {
  return s[it.number.begin] == '0' && it.number.begin + 1 < s.size() && is_ascii_digit(s[it.number.begin + 1]);
}

/// 七、八个: neighbours only.
bool are_neighbours(const item& a, const item& b) {
  const decimal second = b.number.low / b.number.scale;
  return a.plain && b.plain && a.q.range.exact() && b.q.range.exact() && a.number.low < decimal{9} &&
         second == a.number.low + decimal{1};
}

/// The second half of a range, if one stands behind `first`.
bool take_range(std::string_view s, item& first, bool opened) {
  if (first.q.bounded || !first.q.valid() || !first.q.range.high) return false;
  const std::size_t gap = skip_space(s, first.q.end);
  const auto word = joins().match(s, gap);
  if (!word || (is_ascii_letter(s[gap]) && !starts_word(s, gap))) return false;
  auto second = scan_item(s, skip_space(s, gap + word.length));
  const bool dash = s[gap] == '-' || s[gap] == '~';
  // Between dashes nobody can tell a sign: -5--3.
  if (!second || (dash && (has_sign(s, second->q.begin) || first.q.range.high->is_negative()))) return false;
  if (leading_zero(s, first) || leading_zero(s, *second)) return false;
  const std::size_t behind = skip_space(s, second->q.end);
  const auto closing = range_ends().match(s, behind);
  if (*word.meaning == join::both && !opened && !closing) return false;
  if (*word.meaning == join::neighbours && !are_neighbours(first, *second)) return false;
  share(first, *second);
  if (first.q.what != second->q.what || first.q.code != second->q.code) return false;
  interval r = {first.q.range.low, second->q.range.high, first.q.range.low_open, second->q.range.high_open};
  if (r.empty() || !r.low || !r.high) return false;
  first.q.range = r;
  first.q.stated.reset();
  first.q.unit = second->q.unit.empty() ? first.q.unit : second->q.unit;
  first.q.approximate = first.q.approximate || second->q.approximate;
  first.q.telling = true;
  first.q.myriads = first.q.myriads || second->q.myriads;
  first.q.end = closing ? behind + closing.length : second->q.end;
  return true;
}

struct prefix {
  std::vector<bound> bounds;
  std::size_t end = 0;
  bool range = false;
};

/// 不会 before 少于, "not" before "more than": turns the bound round.
const lexicon<int>& bound_negations() {
  static const auto words = lexicon<int>::of_rows({{0,
                                                    "不会|不得|不能|不应|不可|不可能|绝不|决不|从不|并不|并没有|没有|"
                                                    "没|未|从未|不曾|not|never|isn't|aren't|wasn't|won't be|"
                                                    "not be|doesn't have|don't have|do not have"}});
  return words;
}

bound opposite(bound b) {
  switch (b) {
    case bound::at_least: return bound::less_than;
    case bound::more_than: return bound::at_most;
    case bound::at_most: return bound::more_than;
    case bound::less_than: return bound::at_least;
    case bound::about:
    case bound::nearly:
    case bound::a_bit_over: break;
  }
  return b;
}

/// 上百, 上千: hundreds, thousands and more.
bool is_up_to_place(std::string_view s, std::size_t at) {
  constexpr std::string_view up = "上";
  if (!s.substr(at).starts_with(up)) return false;
  const auto n = scan_numeral(s, at + up.size());
  return n && n->leads_with_place && n->vague == vagueness::none;
}

prefix scan_prefix(std::string_view s, std::size_t at) {
  prefix out{{}, at, false};
  for (int i = 0; i < 5; ++i) {
    const std::size_t here = skip_space(s, out.end);
    if (here >= s.size() || !starts_word(s, here)) break;
    if (const auto b = bounds_before().match(s, here)) {
      out.bounds.push_back(*b.meaning);
      out.end = here + b.length;
    } else if (is_up_to_place(s, here)) {
      out.bounds.push_back(bound::at_least);
      out.end = here + std::string_view{"上"}.size();
      break;
    } else if (const auto start = range_starts().match(s, here)) {
      out.range = true;
      out.end = here + start.length;
    } else if (const auto f = fillers().match(s, here); f && !out.bounds.empty()) {
      out.end = here + f.length;
    } else {
      break;
    }
  }
  out.end = skip_space(s, out.end);
  return out;
}

std::optional<quantity> scan_quantity(std::string_view s, std::size_t at) {
  const prefix before = scan_prefix(s, at);
  if (before.end != at && not_numbers().match(s, before.end)) return std::nullopt;
  auto it = scan_item(s, before.end);
  if (!it) return std::nullopt;
  if (it->number.bound_form && it->q.what == dimension::none) return std::nullopt;
  const bool ranged = take_range(s, *it, before.range);
  take_bounds_behind(s, *it);
  if (!ranged && it->q.what != dimension::none && take_range(s, *it, before.range)) take_bounds_behind(s, *it);
  std::size_t begin = at;
  for (auto b = before.bounds.rbegin(); b != before.bounds.rend(); ++b) {
    const bool first = b + 1 == before.bounds.rend();
    const std::size_t end = at > 0 && s[at - 1] == ' ' ? at - 1 : at;
    const auto negation = first && opposite(*b) != *b ? bound_negations().match_before(s, end) : lexicon<int>::hit{};
    apply(it->q, negation ? opposite(*b) : *b);
    if (negation) begin = end - negation.length;
  }
  it->q.begin = begin;
  it->q.telling = it->q.telling || !before.bounds.empty() || it->q.bounded;
  return it->q;
}

}  // namespace

bool quantity::valid() const {
  return (!range.low || range.low->valid()) && (!range.high || range.high->valid()) && (!stated || stated->valid());
}

bool is_code(std::string_view s, std::size_t at) {
  return at > 0 && is_ascii_digit(s[at]) && (is_ascii_letter(s[at - 1]) || s[at - 1] == '_');
}

std::vector<quantity> find_quantities(std::string_view s) {
  std::vector<quantity> out;
  for (std::size_t at = 0; at < s.size() && out.size() < max_quantities;) {
    if (is_code(s, at)) {  // a number inside a name or code, with all that belongs to it
      while (at < s.size() && (is_ascii_digit(s[at]) || is_ascii_letter(s[at]) || s[at] == '_')) ++at;
      continue;
    }
    if (starts_word(s, at)) {
      const auto quantity = scan_quantity(s, at);
      const auto word = not_numbers().match(s, at);
      if (word && word.length < s.size() && (!quantity || quantity->end <= at + word.length)) {
        at += word.length;
        continue;
      }
      if (quantity) {
        at = quantity->end;
        if (quantity->range.low || quantity->range.high) out.push_back(*quantity);  // 至少<9 leaves nothing
        continue;
      }
    }
    at += character_bytes(s, at);
  }
  return out;
}

}  // namespace zhuqi::dialogs::values
