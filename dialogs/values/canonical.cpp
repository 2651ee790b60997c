#include "dialogs/values/canonical.hpp"

#include "dialogs/values/calendar.hpp"

#include <array>
#include <utility>

namespace zhuqi::dialogs::values {
namespace {

constexpr std::array<std::pair<value_kind, std::string_view>, 14> kind_names{{
    {value_kind::boolean, "bool"},
    {value_kind::integer, "int"},
    {value_kind::decimal, "decimal"},
    {value_kind::percent, "percent"},
    {value_kind::money, "money"},
    {value_kind::date, "date"},
    {value_kind::month, "month"},
    {value_kind::duration, "duration"},
    {value_kind::ordinal, "ordinal"},
    {value_kind::id_number, "id_number"},
    {value_kind::phone, "phone"},
    {value_kind::credit_code, "uscc"},
    {value_kind::text, "text"},
    {value_kind::choice, "choice"},
}};

std::string padded(int value, std::size_t digits) {
  std::string s = std::to_string(value);
  if (s.size() < digits) s.insert(0, digits - s.size(), '0');
  return s;
}

}  // namespace

std::string_view name_of(value_kind k) {
  for (const auto& [kind, name] : kind_names) {
    if (kind == k) return name;
  }
  return "";
}

std::optional<value_kind> kind_from_name(std::string_view name) {
  for (const auto& [kind, known] : kind_names) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

value_kind kind_of(const value_type& type) {
  constexpr std::array kinds{value_kind::boolean, value_kind::integer,   value_kind::decimal, value_kind::percent,
                             value_kind::money,   value_kind::date,      value_kind::month,   value_kind::duration,
                             value_kind::ordinal, value_kind::id_number, value_kind::phone,   value_kind::credit_code,
                             value_kind::text,    value_kind::choice};
  static_assert(kinds.size() == std::variant_size_v<value_type>);
  return kinds[type.index()];
}

std::string_view name_of(problem p) {
  constexpr std::array<std::string_view, 36> names{
      "none",           "dont_know",   "empty",           "too_long_input",   "unrecognised",  "ambiguous",
      "negated",        "not_exact",   "wrong_unit",      "foreign_currency", "below_min",     "above_max",
      "negative",       "fraction",    "too_precise",     "too_large",        "no_such_date",  "too_early",
      "too_late",       "day_missing", "month_missing",   "lunar_date",       "id_length",     "id_character",
      "id_region",      "id_date",     "id_check",        "id_old_number",    "phone_invalid", "uscc_length",
      "uscc_character", "uscc_check",  "uscc_old_number", "text_too_short",   "text_too_long", ""};
  static_assert(static_cast<std::size_t>(problem::text_too_long) + 2 == names.size());
  return names[static_cast<std::size_t>(p)];
}

std::string canonical(const ends_text& ends) {
  std::string out = ends.approximate ? "~" : "";
  if (ends.exact()) return out + *ends.low;
  if (ends.low) out += *ends.low;
  if (ends.low && ends.low_open) out += '<';
  out += "..";
  if (ends.high && ends.high_open) out += '<';
  if (ends.high) out += *ends.high;
  return out;
}

std::optional<ends_text> ends_of(std::string_view text) {
  ends_text out;
  if (text.starts_with('~')) {
    out.approximate = true;
    text.remove_prefix(1);
  }
  if (text.empty()) return std::nullopt;
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    out.low = out.high = std::string{text};
    return out;
  }
  std::string_view low = text.substr(0, dots);
  std::string_view high = text.substr(dots + 2);
  if (low.ends_with('<')) {
    out.low_open = true;
    low.remove_suffix(1);
  }
  if (high.starts_with('<')) {
    out.high_open = true;
    high.remove_prefix(1);
  }
  if ((low.empty() && (high.empty() || out.low_open)) || (high.empty() && out.high_open)) return std::nullopt;
  if (!low.empty()) out.low = std::string{low};
  if (!high.empty()) out.high = std::string{high};
  return out;
}

ends_text decimal_ends(const interval& range, bool approximate) {
  ends_text out{{}, {}, range.low_open, range.high_open, approximate};
  if (range.low) out.low = range.low->text();
  if (range.high) out.high = range.high->text();
  return out;
}

std::optional<ends_text> whole_ends(const interval& range, bool approximate) {
  ends_text out{{}, {}, false, false, approximate};
  std::optional<std::int64_t> low, high;
  if (range.low)
    low = range.low_open ? range.low->floor() + 1 : approximate ? range.low->floor() : range.low->ceiling();
  if (range.high) {
    high = range.high_open ? range.high->ceiling() - 1 : approximate ? range.high->ceiling() : range.high->floor();
  }
  if (low && high && *low > *high) return std::nullopt;
  if (low) out.low = std::to_string(*low);
  if (high) out.high = std::to_string(*high);
  return out;
}

std::string canonical(const civil_date& d) {
  return padded(d.year, 4) + '-' + padded(d.month, 2) + '-' + padded(d.day, 2);
}

std::optional<civil_date> date_from_canonical(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (char c : text) {
    if (c == '-') {
      ++part;
    } else if (c >= '0' && c <= '9' && part < 3) {
      parts[part] = parts[part] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  const civil_date d{parts[0], parts[1], parts[2]};
  return exists(d) ? std::optional{d} : std::nullopt;
}

}  // namespace zhuqi::dialogs::values
