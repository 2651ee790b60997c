// Canonical texts in the words of four languages. Whatever is shown here, parse() reads back to the same
// canonical text.
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/durations.hpp"
#include "dialogs/values/id_mask.hpp"

#include <array>

namespace zhuqi::dialogs::values {
namespace {

/// One text for each language, in the order of `lang`.
using wording = std::array<std::string_view, 4>;
std::string_view in(const wording& w, lang l) { return w[static_cast<std::size_t>(l)]; }

/// Puts `value` at the '%' of a pattern, `second` at the '&'.
std::string fill(std::string_view pattern, std::string_view value, std::string_view second = {}) {
  std::string out;
  for (char c : pattern) {
    if (c == '%') {
      out += value;
    } else if (c == '&') {
      out += second;
    } else {
      out += c;
    }
  }
  return out;
}

/// 1234567.5 → 1,234,567.5
std::string grouped(std::string_view digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  std::size_t point = digits.find('.');
  if (point == std::string_view::npos) point = digits.size();
  std::string out{digits.substr(0, sign)};
  for (std::size_t i = sign; i < point; ++i) {
    if (i > sign && (point - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out += digits.substr(point);
}

std::string money_text(const decimal& fen, lang l) {
  const decimal yuan = fen * decimal::scaled(1, -2);
  const std::int64_t whole = yuan.floor();
  const bool by_myriads = yuan.is_whole() && l != lang::en;
  constexpr std::int64_t myriad = 10'000;
  if (by_myriads && whole != 0 && whole % (myriad * myriad) == 0) {
    return grouped(std::to_string(whole / (myriad * myriad))) + std::string{in({"亿元", "", "億元", "억 위안"}, l)};
  }
  if (by_myriads && whole != 0 && whole % myriad == 0) {
    return grouped(std::to_string(whole / myriad)) + std::string{in({"万元", "", "万元", "만 위안"}, l)};
  }
  std::string text = yuan.text();
  if (const std::size_t point = text.find('.'); point != std::string::npos && text.size() - point == 2) text += '0';
  return grouped(text) + std::string{in({"元", " yuan", "元", " 위안"}, l)};
}

constexpr std::array<std::string_view, 12> english_months{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

std::string month_text(const civil_date& d, lang l) {
  const std::string year = std::to_string(d.year);
  if (l == lang::en) return std::string{english_months[static_cast<std::size_t>(d.month - 1)]} + ' ' + year;
  return fill(in({"%年&月", "", "%年&月", "%년 &월"}, l), year, std::to_string(d.month));
}

std::string date_text(const civil_date& d, lang l) {
  const std::string day = std::to_string(d.day);
  if (l == lang::en) return day + ' ' + month_text(d, l);
  return month_text(d, l) + fill(in({"%日", "", "%日", " %일"}, l), day);
}

std::string duration_text(const duration& d, lang l) {
  constexpr std::array<wording, 7> units{{{"年", " years", "年", "년"},
                                          {"个月", " months", "か月", "개월"},
                                          {"周", " weeks", "週間", "주"},
                                          {"天", " days", "日間", "일"},
                                          {"小时", " hours", "時間", "시간"},
                                          {"分钟", " minutes", "分間", "분"},
                                          {"秒", " seconds", "秒", "초"}}};
  std::string out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::int64_t n = d.parts[i];
    if (n == 0 && !(d.is_zero() && i == static_cast<std::size_t>(time_unit::day))) continue;
    if (!out.empty() && (l == lang::en || l == lang::ko)) out += ' ';
    std::string_view unit = in(units[i], l);
    if (l == lang::en && n == 1) unit.remove_suffix(1);
    out += std::to_string(n);
    out += unit;
  }
  return out;
}

/// One end of a range, or an exact value; nullopt where the text is not of the kind.
std::optional<std::string> single(value_kind kind, const std::string& text, lang l) {
  switch (kind) {
    case value_kind::boolean:
      if (text == "true") return std::string{in({"是", "Yes", "はい", "예"}, l)};
      if (text == "false") return std::string{in({"否", "No", "いいえ", "아니요"}, l)};
      return std::nullopt;
    case value_kind::integer:
    case value_kind::decimal:
    case value_kind::percent: {
      if (!decimal::from_text(text)) return std::nullopt;
      return grouped(text) + (kind == value_kind::percent ? "%" : "");
    }
    case value_kind::ordinal: return fill(in({"第%", "No. %", "%番目", "%번째"}, l), text);
    case value_kind::money: {
      const auto fen = decimal::from_text(text);
      return fen ? std::optional{money_text(*fen, l)} : std::nullopt;
    }
    case value_kind::date: {
      const auto d = date_from_canonical(text);
      return d ? std::optional{date_text(*d, l)} : std::nullopt;
    }
    case value_kind::month: {
      const auto d = date_from_canonical(text + "-01");
      return d ? std::optional{month_text(*d, l)} : std::nullopt;
    }
    case value_kind::duration: {
      const auto d = duration_from_canonical(text);
      return d ? std::optional{duration_text(*d, l)} : std::nullopt;
    }
    case value_kind::id_number: return mask_id_number(text);
    case value_kind::phone:
    case value_kind::credit_code:
    case value_kind::text:
    case value_kind::choice: return text;
  }
  return std::nullopt;
}

bool is_calendar(value_kind kind) { return kind == value_kind::date || kind == value_kind::month; }

/// The centre of a guess that was made by widening an exact number; nullopt for a guessed range.
std::optional<std::string> centre_of(value_kind kind, const ends_text& ends) {
  if (!ends.low || !ends.high || ends.low_open || ends.high_open) return std::nullopt;
  const auto low = decimal::from_text(*ends.low);
  const auto high = decimal::from_text(*ends.high);
  if (!low || !high) return std::nullopt;
  const decimal centre = (*low + *high) * decimal::scaled(5, -1);
  const decimal step = (centre.is_negative() ? centre * decimal{-1} : centre) * decimal::scaled(1, -1);
  const bool whole = kind == value_kind::integer || kind == value_kind::money;
  if (!centre.valid() || (whole && !centre.is_whole())) return std::nullopt;
  const interval around{centre - step, centre + step, false, false};
  const auto again = whole ? whole_ends(around, true) : std::optional{decimal_ends(around, true)};
  if (!again || again->low != ends.low || again->high != ends.high) return std::nullopt;
  return centre.text();
}

std::string open_text(const ends_text& ends, std::string_view value, value_kind kind, lang l) {
  if (is_calendar(kind)) {
    return fill(ends.low ? in({"%起", "since %", "%から", "%부터"}, l) : in({"截至%", "until %", "%まで", "%까지"}, l),
                value);
  }
  if (ends.low) {
    return fill(ends.low_open ? in({"超过%", "more than %", "%超", "% 초과"}, l)
                              : in({"至少%", "at least %", "%以上", "% 이상"}, l),
                value);
  }
  return fill(ends.high_open ? in({"低于%", "less than %", "%未満", "% 미만"}, l)
                             : in({"不超过%", "at most %", "%以下", "% 이하"}, l),
              value);
}

std::string between_text(const ends_text& ends, std::string_view low, std::string_view high, value_kind kind, lang l) {
  if (is_calendar(kind)) return fill(in({"%至&", "% to &", "%から&", "%부터 &"}, l), low, high);
  if (ends.low_open || ends.high_open) {
    const ends_text from{ends.low, {}, ends.low_open, false, false};
    const ends_text to{{}, ends.high, false, ends.high_open, false};
    return open_text(from, low, kind, l) + std::string{in({"且", " and ", "", " "}, l)} + open_text(to, high, kind, l);
  }
  if (low.starts_with('-')) return fill(in({"%到&", "% to &", "%から&", "%에서 &"}, l), low, high);
  return fill("%–&", low, high);
}

}  // namespace

std::string shown(value_kind kind, std::string_view canonical_text, lang l) {
  if (kind == value_kind::text || kind == value_kind::choice || kind == value_kind::phone)
    return std::string{canonical_text};
  const auto ends = ends_of(canonical_text);
  if (!ends) return std::string{canonical_text};
  std::optional<std::string> centre;
  if (ends->approximate) centre = ends->exact() ? ends->low : centre_of(kind, *ends);
  const auto low = ends->low ? single(kind, *ends->low, l) : std::nullopt;
  const auto high = ends->high ? single(kind, *ends->high, l) : std::nullopt;
  if (low.has_value() != ends->low.has_value() || high.has_value() != ends->high.has_value()) {
    return std::string{canonical_text};
  }
  std::string out;
  if (centre) {
    out = single(kind, *centre, l).value_or(*centre);
  } else if (ends->exact()) {
    out = *low;
  } else if (low && high) {
    out = between_text(*ends, *low, *high, kind, l);
  } else {
    out = open_text(*ends, low ? *low : *high, kind, l);
  }
  return ends->approximate ? fill(in({"约%", "about %", "約%", "약 %"}, l), out) : out;
}

}  // namespace zhuqi::dialogs::values
