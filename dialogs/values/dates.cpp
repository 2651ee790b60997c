// date and month: the one date of an answer, or a span of them, and whether it fits the question.
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/date_resolve.hpp"
#include "dialogs/values/date_words.hpp"
#include "dialogs/values/numeral.hpp"
#include "dialogs/values/phrases.hpp"
#include "dialogs/values/quantity.hpp"
#include "dialogs/values/typed_parsers.hpp"
#include "dialogs/values/units.hpp"

#include <algorithm>

namespace zhuqi::dialogs::values {
namespace {

constexpr std::size_t max_dates = 16;

/// What an answer says: one date, or a span that may be open to a side.
struct dated {
  said_date said;
  resolved_date on;
  std::optional<date_bound> bounded;
  std::optional<resolved_date> to;
  bool guess = false;  ///< 大概, 左右
  std::size_t begin = 0, end = 0;
};

std::size_t skip_space(std::string_view s, std::size_t at) { return at < s.size() && s[at] == ' ' ? at + 1 : at; }

void take_second(std::string_view s, dated& d, const context& about, leaning lean) {
  const std::size_t gap = skip_space(s, d.end);
  const auto word = joins().match(s, gap);
  if (!word || *word.meaning != join::to) return;
  auto second = scan_date(s, skip_space(s, gap + word.length), about);
  if (!second) return;
  if (!second->year && d.said.year && !second->day_known && !second->weekday) {
    second->year = *d.said.year;
    if (second->month && d.said.month && *second->month < *d.said.month) second->year = *d.said.year + 1;
    if (!second->month && d.said.month) second->month = d.said.month;
  }
  const resolved_date last = resolve(*second, about.today, lean);
  if (last.why != problem::none || last.last < d.on.first) return;
  d.to = last;
  d.end = second->end;
}

/// 大概 before, 左右 behind.
void take_guess(std::string_view s, dated& d) {
  const auto before = bounds_before().match_before(s, d.begin > 0 && s[d.begin - 1] == ' ' ? d.begin - 1 : d.begin);
  const std::size_t behind = skip_space(s, d.end);
  const auto after = bounds_behind().match(s, behind);
  if (before && *before.meaning == bound::about) {
    d.begin -= before.length;
    d.guess = true;
  }
  if (after && *after.meaning == bound::about) {
    d.end = behind + after.length;
    d.guess = true;
  }
}

dated read_date(std::string_view s, const said_date& said, const context& about, leaning lean) {
  dated out{said, resolve(said, about.today, lean), {}, {}, false, said.begin, said.end};
  if (out.on.why != problem::none) return out;
  take_guess(s, out);
  take_second(s, out, about, lean);
  if (out.to) return out;
  const std::size_t behind = skip_space(s, out.end);
  if (const auto b = date_bounds_behind().match(s, behind)) {
    out.bounded = *b.meaning;
    out.end = behind + b.length;
    return out;
  }
  std::size_t before = out.begin;
  while (before > 0 && s[before - 1] == ' ') --before;
  if (const auto b = date_bounds_before().match_before(s, before)) out.bounded = *b.meaning;
  return out;
}

/// A year that stands alone: 2019. Digits of other lengths are no date.
std::optional<said_date> lone_year(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!is_ascii_digit(s[i])) continue;
    const auto run = scan_digits(s, i);
    if (!run || run->whole_digits != 4 || run->has_point || run->end != i + 4) return std::nullopt;
    const int year = static_cast<int>(run->value.floor());
    if (year < 1900 || year > 2100 || !is_noise(s.substr(0, i))) return std::nullopt;
    said_date out;
    out.year = year;
    out.begin = i;
    out.end = run->end;
    return out;
  }
  return std::nullopt;
}

std::vector<dated> find_all(std::string_view s, const context& about, leaning lean) {
  std::vector<dated> out;
  for (std::size_t at = 0; at < s.size() && out.size() < max_dates;) {
    const bool code = is_code(s, at) || (at > 0 && is_ascii_digit(s[at]) && is_ascii_digit(s[at - 1]));
    if (!code && starts_word(s, at)) {
      if (const auto said = scan_date(s, at, about)) {
        out.push_back(read_date(s, *said, about, lean));
        at = std::max(out.back().end, at + 1);
        continue;
      }
    }
    at += character_bytes(s, at);
  }
  if (out.empty()) {
    if (const auto year = lone_year(s)) out.push_back(read_date(s, *year, about, lean));
  }
  return out;
}

std::string month_text(const civil_date& d) { return canonical(d).substr(0, 7); }

using writer = std::string (*)(const civil_date&);

std::string day_text(const civil_date& d) { return canonical(d); }

/// The span in days or months. An open side is left out.
ends_text ends_for(const dated& d, writer write) {
  ends_text out;
  out.approximate = d.on.approximate || d.guess;
  std::optional<civil_date> first = d.on.first;
  std::optional<civil_date> last = d.to ? d.to->last : d.on.last;
  if (d.bounded) {
    switch (*d.bounded) {
      case date_bound::before:
        last = write == month_text ? plus_months(d.on.first, -1) : plus_days(d.on.first, -1);
        first.reset();
        break;
      case date_bound::until: first.reset(); break;
      case date_bound::from: last.reset(); break;
      case date_bound::after:
        first = write == month_text ? plus_months(d.on.last, 1) : plus_days(d.on.last, 1);
        last.reset();
        break;
    }
  }
  if (first) out.low = write(*first);
  if (last) out.high = write(*last);
  return out;
}

struct limits_of_date {
  std::optional<civil_date> low, high;
};

limits_of_date limits_for(const date_type& t, const civil_date& today) {
  limits_of_date out{t.not_before, t.not_after};
  if (t.min_days) {
    const civil_date d = plus_days(today, *t.min_days);
    out.low = out.low ? std::max(*out.low, d) : d;
  }
  if (t.max_days) {
    const civil_date d = plus_days(today, *t.max_days);
    out.high = out.high ? std::min(*out.high, d) : d;
  }
  return out;
}

limits_of_date limits_for(const month_type& t, const civil_date& today) {
  limits_of_date out;
  const civil_date first{today.year, today.month, 1};
  if (t.min_months) out.low = plus_months(first, *t.min_months);
  if (t.max_months) {
    const civil_date m = plus_months(first, *t.max_months);
    out.high = civil_date{m.year, m.month, days_in_month(m.year, m.month)};
  }
  return out;
}

/// Everything but the choice between kinds: one date, on the calendar, said positively.
std::optional<answer> refuse(const std::vector<dated>& all, std::string_view s, writer write) {
  answer out;
  if (all.empty()) {
    out.why = says_dont_know(s) ? problem::dont_know : problem::unrecognised;
    return out;
  }
  for (const dated& d : all) {
    if (d.on.why == problem::none && out.found.size() < 5) {
      const std::string text = canonical(ends_for(d, write));
      if (std::find(out.found.begin(), out.found.end(), text) == out.found.end()) out.found.push_back(text);
    }
  }
  const dated& first = all.front();
  if (out.found.size() > 1) {
    out.why = problem::ambiguous;
    return out;
  }
  if (first.on.why != problem::none) {
    out.why = first.on.why;
    out.detail = first.on.detail;
    return out;
  }
  if (!first.on.alternatives.empty()) {
    out.why = problem::ambiguous;
    out.found.clear();
    for (const civil_date& d : first.on.alternatives) {
      const std::string text = write(d);
      if (std::find(out.found.begin(), out.found.end(), text) == out.found.end()) out.found.push_back(text);
    }
    if (out.found.size() > 1) return out;
  }
  if (is_negated(s, first.begin, first.end)) {
    out.why = problem::negated;
    return out;
  }
  return std::nullopt;
}

answer accept(const dated& d, const limits_of_date& limits, writer write) {
  answer out;
  const ends_text ends = ends_for(d, write);
  out.approximate = ends.approximate;
  const civil_date last = d.to ? d.to->last : d.on.last;
  const bool open_up = d.bounded && (*d.bounded == date_bound::from || *d.bounded == date_bound::after);
  const bool open_down = d.bounded && !open_up;
  if (limits.low && last < *limits.low && !open_up) {
    out.why = problem::too_early;
    out.bound = write(*limits.low);
    out.found = {canonical(ends)};
  } else if (limits.high && d.on.first > *limits.high && !open_down) {
    out.why = problem::too_late;
    out.bound = write(*limits.high);
    out.found = {canonical(ends)};
  } else {
    out.why = problem::none;
    out.value = canonical(ends);
  }
  return out;
}

bool is_span(const dated& d) { return d.to || d.bounded; }

answer incomplete(problem why, std::string found) {
  answer out;
  out.why = why;
  out.found = {std::move(found)};
  return out;
}

}  // namespace

answer parse_date(const date_type& type, std::string_view s, const context& about) {
  const std::vector<dated> all = find_all(s, about, type.year);
  if (auto no = refuse(all, s, day_text)) return *no;
  const dated& d = all.front();
  if (type.want == exactness::exact) {
    if (is_span(d)) return incomplete(problem::not_exact, canonical(ends_for(d, day_text)));
    if (d.on.how == precision::year) return incomplete(problem::month_missing, canonical(d.on.first).substr(0, 4));
    if (d.on.how == precision::months) return incomplete(problem::not_exact, canonical(ends_for(d, day_text)));
    if (d.on.how == precision::month || d.on.approximate) {
      return incomplete(problem::day_missing, month_text(d.on.first));
    }
  }
  return accept(d, limits_for(type, about.today), day_text);
}

answer parse_month(const month_type& type, std::string_view s, const context& about) {
  const std::vector<dated> all = find_all(s, about, type.year);
  if (auto no = refuse(all, s, month_text)) return *no;
  const dated& d = all.front();
  if (type.want == exactness::exact) {
    if (!is_span(d) && d.on.how == precision::year) {
      return incomplete(problem::month_missing, canonical(d.on.first).substr(0, 4));
    }
    if (is_span(d) || d.on.how == precision::months) {
      return incomplete(problem::not_exact, canonical(ends_for(d, month_text)));
    }
  }
  return accept(d, limits_for(type, about.today), month_text);
}

std::vector<found_value> find_dates(std::string_view s, const context& about, leaning lean) {
  std::vector<found_value> out;
  for (const dated& d : find_all(s, about, lean)) {
    found_value v;
    if (d.on.why == problem::lunar_date && !d.on.detail.empty()) {
      v.lunar = d.on.detail;
    } else if (d.on.why == problem::none) {
      v.value = canonical(ends_for(d, day_text));
    } else {
      continue;
    }
    out.push_back(std::move(v));
  }
  return out;
}

}  // namespace zhuqi::dialogs::values
