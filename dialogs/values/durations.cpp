// Spans of time (3年, 两年半, 18个月, "a year and a half") as ISO 8601, and ordinals (第三).
#include "dialogs/values/durations.hpp"

#include "dialogs/values/lexicon.hpp"
#include "dialogs/values/numeral.hpp"
#include "dialogs/values/phrases.hpp"
#include "dialogs/values/typed_parsers.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::values {
namespace {

const lexicon<time_unit>& time_words() {
  using enum time_unit;
  static const auto words = lexicon<time_unit>::of_rows({
      {year, "年|个年头|周年|年间|年整|年时间|년|년간|해|years|year|yrs|yr|years'"},
      {month, "个月|月|か月|ヶ月|カ月|箇月|か月間|ヶ月間|개월|달|개월간|months|month|mths|mos|mo"},
      {week, "周|星期|个星期|礼拜|个礼拜|週間|週|주|주일|주간|weeks|week|wks"},
      {day, "天|日|个工作日|工作日|日間|일|일간|days|day|working days|business days"},
      {hour, "小时|个小时|钟头|个钟头|時間|시간|hours|hour|hrs|hr|h"},
      {minute, "分钟|分|分間|분|분간|minutes|minute|mins|min"},
      {second, "秒|秒钟|秒間|초|seconds|second|secs|sec|s"},
  });
  return words;
}

/// 半 behind a unit is half of it; behind 个 half of the next: 两年半, 一个半月.
const lexicon<int>& half_behind() {
  static const auto words = lexicon<int>::of_rows({{0, "半|반|and a half|or a half"}});
  return words;
}
const lexicon<int>& half_before() {
  static const auto words = lexicon<int>::of_rows({{0, "半|半个|半か|반|half a|half an|half"}});
  return words;
}
const lexicon<int>& half_inside() {
  static const auto words = lexicon<int>::of_rows({{0, "个半|and a half"}});
  return words;
}
const lexicon<int>& article() {
  static const auto words = lexicon<int>::of_rows({{0, "a|an|one"}});
  return words;
}

std::size_t skip_space(std::string_view s, std::size_t at) { return at < s.size() && s[at] == ' ' ? at + 1 : at; }

/// The unit one step finer and how many make one, for halves and decimals.
struct finer {
  time_unit unit;
  int count;
};
finer finer_of(time_unit u) {
  switch (u) {
    case time_unit::year: return {time_unit::month, 12};
    case time_unit::month: return {time_unit::day, 30};
    case time_unit::week: return {time_unit::day, 7};
    case time_unit::day: return {time_unit::hour, 24};
    case time_unit::hour: return {time_unit::minute, 60};
    case time_unit::minute:
    case time_unit::second: break;
  }
  return {time_unit::second, 60};
}

struct scanned {
  duration value;
  std::size_t begin = 0, end = 0;
  bool open = false;  ///< 三年多
};

bool add(duration& d, time_unit u, const decimal& amount) {
  auto& slot = d.parts[static_cast<std::size_t>(u)];
  const decimal whole = amount.floor();
  if (!amount.valid() || amount.is_negative() || whole > decimal{1'000'000}) return false;
  slot += whole.floor();
  const decimal rest = amount - whole;
  if (rest.is_zero()) return true;
  if (u == time_unit::second) return false;
  const finer f = finer_of(u);
  const decimal smaller = rest * decimal{f.count};
  if (!smaller.is_whole()) return false;
  d.parts[static_cast<std::size_t>(f.unit)] += smaller.floor();
  return true;
}

const decimal half = decimal::scaled(5, -1);

/// One number with its unit: 3年, 一个半月, half a year.
bool scan_part(std::string_view s, std::size_t at, scanned& out) {
  decimal amount;
  std::size_t end = at;
  if (const auto h = half_before().match(s, at)) {
    amount = half;
    end = at + h.length;
  } else if (const auto n = scan_numeral(s, at); n && n->vague == vagueness::none) {
    amount = n->low;
    end = n->end;
    if (const auto inside = half_inside().match(s, skip_space(s, end))) {
      amount = amount + half;
      end = skip_space(s, end) + inside.length;
    }
  } else if (const auto one = article().match(s, at)) {
    amount = 1;
    end = at + one.length;
  } else {
    return false;
  }
  const std::size_t unit_at = skip_space(s, end);
  const auto unit = time_words().match(s, unit_at);
  if (!unit) return false;
  end = unit_at + unit.length;
  if (const auto behind = half_behind().match(s, skip_space(s, end))) {
    amount = amount + half;
    end = skip_space(s, end) + behind.length;
  }
  if (!add(out.value, *unit.meaning, amount)) return false;
  constexpr std::string_view more = "多";
  if (s.substr(end).starts_with(more)) {
    out.open = true;
    end += more.size();
  }
  out.end = end;
  return true;
}

std::vector<scanned> find_all(std::string_view s) {
  std::vector<scanned> out;
  for (std::size_t at = 0; at < s.size() && out.size() < 8;) {
    scanned d;
    d.begin = at;
    if (starts_word(s, at) && !(at > 0 && is_ascii_digit(s[at]) && is_ascii_digit(s[at - 1])) && scan_part(s, at, d)) {
      for (int i = 0; i < 6; ++i) {
        std::size_t next = skip_space(s, d.end);
        for (std::string_view glue : {"零", "又", "and ", ", "}) {
          if (s.substr(next).starts_with(glue)) next += glue.size();
        }
        if (!scan_part(s, next, d)) break;
      }
      out.push_back(d);
      at = d.end;
    } else {
      at += character_bytes(s, at);
    }
  }
  return out;
}

/// "P1Y6M" typed as such.
std::optional<duration> typed_iso(std::string_view s) {
  std::string upper;
  for (char c : s) upper += is_ascii_letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return duration_from_canonical(upper);
}

std::size_t skip_ordinal_mark(std::string_view s, std::size_t at) {
  for (std::string_view mark : {"第", "제", "no.", "no ", "#", "number "}) {
    if (s.substr(at).starts_with(mark) && starts_word(s, at)) return skip_space(s, at + mark.size());
  }
  return at;
}

const lexicon<int>& ordinal_words() {
  static const auto words = lexicon<int>::of_rows({{1, "first|첫째|첫 번째|첫번째"},
                                                   {2, "second|둘째|두번째"},
                                                   {3, "third|셋째|세번째"},
                                                   {4, "fourth"},
                                                   {5, "fifth"},
                                                   {6, "sixth"},
                                                   {7, "seventh"},
                                                   {8, "eighth"},
                                                   {9, "ninth"},
                                                   {10, "tenth"},
                                                   {11, "eleventh"},
                                                   {12, "twelfth"},
                                                   {20, "twentieth"}});
  return words;
}
const lexicon<int>& ordinal_suffixes() {
  static const auto words = lexicon<int>::of_rows({{0, "st|nd|rd|th|番目|つ目|个目|번째|째|回目"}});
  return words;
}

struct numbered {
  decimal value;
  std::size_t begin = 0, end = 0;
};

std::vector<numbered> find_numbered(std::string_view s) {
  std::vector<numbered> out;
  for (std::size_t at = 0; at < s.size() && out.size() < 8;) {
    if (!starts_word(s, at) || (at > 0 && is_ascii_digit(s[at]) && is_ascii_digit(s[at - 1]))) {
      at += character_bytes(s, at);
      continue;
    }
    if (const auto word = ordinal_words().match(s, at)) {
      out.push_back({*word.meaning, at, at + word.length});
      at += word.length;
      continue;
    }
    const std::size_t from = skip_ordinal_mark(s, at);
    const auto n = scan_numeral(s, from);
    const auto suffix = n ? ordinal_suffixes().match(s, skip_space(s, n->end)) : lexicon<int>::hit{};
    if (n && n->vague == vagueness::none && (from != at || suffix)) {
      const std::size_t end = suffix ? skip_space(s, n->end) + suffix.length : n->end;
      out.push_back({n->low, at, end});
      at = end;
    } else {
      at += character_bytes(s, at);
    }
  }
  return out;
}

}  // namespace

std::int64_t duration::days() const {
  constexpr std::array<std::int64_t, 4> days_each{365, 30, 7, 1};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < days_each.size(); ++i) sum += parts[i] * days_each[i];
  return sum;
}

bool duration::is_zero() const {
  for (std::int64_t p : parts) {
    if (p != 0) return false;
  }
  return true;
}

std::string canonical(const duration& d) {
  constexpr std::string_view letters = "YMWDHMS";
  std::string out = "P";
  for (std::size_t i = 0; i < d.parts.size(); ++i) {
    if (i == 4 && (d.parts[4] != 0 || d.parts[5] != 0 || d.parts[6] != 0)) out += 'T';
    if (d.parts[i] != 0) out += std::to_string(d.parts[i]) + letters[i];
  }
  return out.size() == 1 ? "P0D" : out;
}

std::optional<duration> duration_from_canonical(std::string_view text) {
  if (text.size() < 3 || text.size() > 64 || text[0] != 'P') return std::nullopt;
  duration out;
  bool in_time = false;
  std::size_t next = 0;  // units come in order, each once
  for (std::size_t i = 1; i < text.size();) {
    if (text[i] == 'T' && !in_time) {
      in_time = true;
      next = 4;
      ++i;
    }
    std::int64_t n = 0;
    const std::size_t first = i;
    while (i < text.size() && is_ascii_digit(text[i]) && i - first < 9) n = n * 10 + (text[i++] - '0');
    if (i == first || i >= text.size()) return std::nullopt;
    const std::size_t letter = std::string_view{in_time ? "HMS" : "YMWD"}.find(text[i++]);
    if (letter == std::string_view::npos) return std::nullopt;
    const std::size_t slot = in_time ? letter + 4 : letter;
    if (slot < next) return std::nullopt;
    out.parts[slot] = n;
    next = slot + 1;
  }
  return out;
}

answer parse_duration(const duration_type& type, std::string_view s) {
  answer out;
  std::vector<scanned> all = find_all(s);
  if (all.empty()) {
    if (const auto iso = typed_iso(s)) all.push_back({*iso, 0, s.size(), false});
  }
  if (all.empty()) {
    out.why = says_dont_know(s) ? problem::dont_know : problem::unrecognised;
    return out;
  }
  for (const scanned& d : all) {
    std::string text = canonical(d.value);
    if (std::find(out.found.begin(), out.found.end(), text) == out.found.end()) out.found.push_back(std::move(text));
  }
  if (out.found.size() > 1) {
    out.why = problem::ambiguous;
    return out;
  }
  const scanned& d = all.front();
  if (is_negated(s, d.begin, d.end)) {
    out.why = problem::negated;
    return out;
  }
  if (d.open) {
    out.why = problem::not_exact;
    return out;
  }
  const std::int64_t days = d.value.days();
  if (type.min_days && days < *type.min_days) {
    out.why = problem::below_min;
    out.bound = "P" + std::to_string(*type.min_days) + "D";
  } else if (type.max_days && days > *type.max_days) {
    out.why = problem::above_max;
    out.bound = "P" + std::to_string(*type.max_days) + "D";
  } else {
    out.why = problem::none;
    out.value = out.stated = out.found.front();
    out.found.clear();
  }
  return out;
}

answer parse_ordinal(const ordinal_type& type, std::string_view s) {
  answer out;
  std::vector<numbered> all = find_numbered(s);
  if (all.empty()) {  // a plain number answers "which one"
    return parse_integer({1, type.max, exactness::exact, {}}, s);
  }
  for (const numbered& n : all) {
    if (!n.value.valid()) {
      out.why = problem::too_large;
      return out;
    }
    const std::string text = n.value.text();
    if (std::find(out.found.begin(), out.found.end(), text) == out.found.end()) out.found.push_back(text);
  }
  if (out.found.size() > 1) {
    out.why = problem::ambiguous;
  } else if (is_negated(s, all.front().begin, all.front().end)) {
    out.why = problem::negated;
  } else if (!all.front().value.is_whole()) {
    out.why = problem::fraction;
  } else if (all.front().value < decimal{1}) {
    out.why = problem::below_min;
    out.bound = "1";
  } else if (all.front().value > decimal{type.max}) {
    out.why = problem::above_max;
    out.bound = std::to_string(type.max);
  } else {
    out.why = problem::none;
    out.value = out.stated = out.found.front();
    out.found.clear();
  }
  return out;
}

std::vector<found_value> find_ordinals(std::string_view s) {
  std::vector<found_value> out;
  for (const numbered& n : find_numbered(s)) {
    if (n.value.valid()) out.push_back({n.value.text(), n.value.text(), {}, {}});
  }
  return out;
}

}  // namespace zhuqi::dialogs::values
