// Collects the parts of one date, word by word: 去年 + 3月 + 15日, March + 15 + 2023, 下周 + 三.
#include "dialogs/values/date_scan.hpp"

#include "dialogs/values/calendar.hpp"
#include "dialogs/values/date_numeric.hpp"
#include "dialogs/values/date_words.hpp"
#include "dialogs/values/numeral.hpp"

namespace zhuqi::dialogs::values {
namespace {

constexpr int max_parts = 10;

class date_scanner {
 public:
  date_scanner(std::string_view s, std::size_t at, const context& about) : s_{s}, at_{at}, about_{about} {
    out_.begin = at;
    out_.end = at;
  }

  std::optional<said_date> read() {
    if (is_ascii_digit_here() && scan_numeric_date(s_, at_, about_, out_)) return out_;
    for (int i = 0; i < max_parts; ++i) {
      const std::size_t here = skip_space(at_);
      if (here >= s_.size() || !(take_word(here) || take_number(here))) break;
    }
    if (!out_.explicit_form) return std::nullopt;
    if (out_.week && !out_.weekday) return std::nullopt;  // a week is no date
    return out_;
  }

 private:
  bool is_ascii_digit_here() const { return at_ < s_.size() && is_ascii_digit(s_[at_]); }
  std::size_t skip_space(std::size_t at) const {
    return at > out_.begin && at < s_.size() && s_[at] == ' ' ? at + 1 : at;
  }

  void take(std::size_t end) {
    at_ = end;
    out_.end = end;
    out_.explicit_form = true;
  }

  bool take_word(std::size_t here) {
    const auto word = date_words().match(s_, here);
    if (!word || !(starts_word(s_, here) || is_hangul(code_point(s_, here)))) return false;
    const std::size_t end = here + word.length;
    const int value = word.meaning->value;
    switch (word.meaning->kind) {
      case date_word::day_offset:
        if (out_.explicit_form && !out_.day_known) return false;
        out_.day_known = plus_days(about_.today, value);
        break;
      case date_word::year_offset:
        if (out_.year) return false;
        out_.year = about_.today.year + value;
        break;
      case date_word::month_offset: {
        if (out_.month) return false;
        const civil_date m = plus_months(about_.today, value);
        out_.year = m.year;
        out_.month = m.month;
        break;
      }
      case date_word::week_offset: out_.week = value; break;
      case date_word::weekday: return take_weekday(here, end, value);
      case date_word::relation:
        if (out_.explicit_form || !relation_fits(end)) return false;
        out_.direction = value;
        at_ = end;
        return true;
      case date_word::month_name:
        if (out_.month) return false;
        out_.month = value;
        break;
      case date_word::era: return take_era(end, value);
      case date_word::lunar: return take_lunar(end, value);
      case date_word::lunar_month:
        out_.lunar = true;
        out_.month = value;
        break;
      case date_word::first_year: return false;
      case date_word::month_end:
        if (!out_.month || out_.day) return false;
        out_.last_day = true;
        break;
      case date_word::year_end:
      case date_word::year_start: return take_part_of_year(end, value, 1);
      case date_word::half_year: return take_part_of_year(end, (value - 1) * 6 + 1, 6);
      case date_word::quarter: return take_part_of_year(end, (value - 1) * 3 + 1, 3);
      case date_word::glue:
        // Holds parts together only: 去年的三月, 15th of March.
        if (!out_.explicit_form && pending_day_ == 0) return false;
        at_ = end;
        return true;
    }
    take(end);
    return true;
  }

  bool relation_fits(std::size_t end) const {
    const std::size_t at = end < s_.size() && s_[end] == ' ' ? end + 1 : end;
    const auto next = date_words().match(s_, at);
    return next && (next.meaning->kind == date_word::month_name || next.meaning->kind == date_word::weekday);
  }

  bool take_weekday(std::size_t here, std::size_t end, int value) {
    // 一 alone is Monday only behind 上周 and the like.
    const bool short_form = end - here == std::string_view{"一"}.size();
    if (short_form && (!out_.week || out_.end != here)) return false;
    if (out_.weekday) return false;
    const bool date_named = out_.day || out_.day_known;  // 3月15日星期五: adds nothing
    if (!date_named) {
      if (out_.month) return false;
      out_.weekday = value;
    }
    take(end);
    return true;
  }

  bool take_part_of_year(std::size_t end, int month, int months) {
    if (out_.month) return false;
    out_.month = month;
    out_.months = months;
    take(end);
    return true;
  }

  bool take_era(std::size_t end, int before_first) {
    if (out_.year) return false;
    const auto first = date_words().match(s_, end);
    if (first && first.meaning->kind == date_word::first_year) {
      out_.year = before_first + 1;
      take(end + first.length);
      return true;
    }
    const auto n = scan_numeral(s_, end);
    if (!n || n->vague != vagueness::none || !n->low.is_whole() || n->low > decimal{9999}) return false;
    const std::size_t behind = n->end < s_.size() && s_[n->end] == ' ' ? n->end + 1 : n->end;
    const auto u = date_units().match(s_, behind);
    if (!u || *u.meaning != date_unit::year) return false;
    out_.year = before_first + static_cast<int>(n->low.floor());
    take(behind + u.length);
    return true;
  }

  /// 农历 anywhere; 初 only before a day.
  bool take_lunar(std::size_t end, int before_day) {
    if (before_day == 1) {
      const auto n = scan_numeral(s_, end);
      if (!n || n->vague != vagueness::none || n->low > decimal{10} || n->low < decimal{1}) return false;
      if (!out_.month) out_.month = 1;  // 大年初一
      out_.day = static_cast<int>(n->low.floor());
      end = n->end;
    }
    out_.lunar = true;
    take(end);
    return true;
  }

  /// Digits of a year said one by one: 二三年 is 23, not two or three.
  std::optional<int> year_digits(std::size_t at, std::size_t& end) const {
    int value = 0;
    int count = 0;
    while (const auto d = scan_han_digit(s_, at)) {
      value = value * 10 + d->value;
      at += d->length;
      if (++count > 4) return std::nullopt;
    }
    if (count < 2) return std::nullopt;
    const auto u = date_units().match(s_, at);
    if (!u || *u.meaning != date_unit::year) return std::nullopt;
    end = at + u.length;
    return count == 2 ? full_year(value, about_.today) : value;
  }

  bool take_number(std::size_t here) {
    if (is_hangul(code_point(s_, here)) && !starts_word(s_, here)) return false;
    std::size_t end = 0;
    if (const auto year = year_digits(here, end); year && !out_.year) {
      out_.year = *year;
      take(end);
      return true;
    }
    if (s_.substr(here).starts_with("半年") || s_.substr(here).starts_with("반년")) return take_half_year_ago(here);
    if (here > 0 && is_ascii_digit(s_[here]) && (is_ascii_letter(s_[here - 1]) || s_[here - 1] == '.')) return false;
    const auto n = scan_numeral(s_, here);
    if (!n || n->vague != vagueness::none || !n->low.is_whole() || n->low > decimal{9999}) return false;
    const int value = static_cast<int>(n->low.floor());
    const std::size_t behind = n->end < s_.size() && s_[n->end] == ' ' ? n->end + 1 : n->end;
    const auto u = date_units().match(s_, behind);
    if (!u) return take_bare(*n, value);
    if (take_shift(behind + u.length, *u.meaning, value)) return true;
    return take_unit(*n, value, behind + u.length, *u.meaning);
  }

  bool take_unit(const numeral& n, int value, std::size_t end, date_unit u) {
    switch (u) {
      case date_unit::year:
        if (out_.year || value < 1) return false;
        out_.year = n.arabic && n.end - n.begin == 2 ? full_year(value, about_.today) : value;
        break;
      case date_unit::month:
        if (out_.month) return false;
        out_.month = value;
        break;
      case date_unit::day:
        if (out_.day || out_.day_known || s_.substr(end - 3, 3) == "天") return false;
        out_.day = value;
        break;
      case date_unit::ordinal:
        if (out_.day || value > 31) return false;
        out_.day = value;
        if (!out_.month) {  // "15th of March": a date only with its month
          pending_day_ = value;
          at_ = end;
          return true;
        }
        break;
      case date_unit::week:
      case date_unit::month_count: return false;
    }
    take(end);
    return true;
  }

  /// 3月15; March 15, 2023; 15 March.
  bool take_bare(const numeral& n, int value) {
    if (n.end < s_.size() && (is_ascii_letter(s_[n.end]) || s_[n.end] == '%')) return false;
    if (value >= 1000 && n.arabic && !out_.year && out_.month) {
      out_.year = value;
    } else if (value >= 1 && value <= 31 && out_.month && !out_.day && !out_.day_known) {
      out_.day = value;
    } else if (!out_.explicit_form && pending_day_ == 0 && value <= 31 && n.arabic && month_follows(n.end)) {
      out_.day = pending_day_ = value;
      at_ = n.end;
      return true;
    } else {
      return false;
    }
    take(n.end);
    return true;
  }

  bool month_follows(std::size_t at) const {
    if (at < s_.size() && (s_[at] == ' ' || s_[at] == '-')) ++at;
    const auto next = date_words().match(s_, at);
    return next && next.meaning->kind == date_word::month_name;
  }

  /// 三天前, 2 months ago, 3일 전. "in 3 days" is read from its end as well: the word before it is noise.
  bool take_shift(std::size_t at, date_unit u, int value) {
    if (out_.explicit_form) return false;
    const std::size_t from = at < s_.size() && s_[at] == ' ' ? at + 1 : at;
    const auto shift = date_shifts().match(s_, from);
    const bool in = out_.begin >= 3 && s_.substr(out_.begin - 3, 3) == "in ";
    if (!shift && !in) return false;
    const int sign = shift ? *shift.meaning : 1;
    switch (u) {
      case date_unit::day: out_.day_known = plus_days(about_.today, sign * value); break;
      case date_unit::week: out_.day_known = plus_days(about_.today, sign * value * 7); break;
      case date_unit::month_count:
        out_.day_known = plus_months(about_.today, sign * value);
        out_.approximate = true;
        break;
      case date_unit::year:
        if (value > 200) return false;  // 2020年前 is a bound
        out_.day_known = plus_months(about_.today, sign * value * 12);
        out_.approximate = true;
        break;
      case date_unit::month:
      case date_unit::ordinal: return false;
    }
    take(shift ? from + shift.length : at);
    return true;
  }

  bool take_half_year_ago(std::size_t here) {
    const std::size_t at = here + std::string_view{"半年"}.size();
    const std::size_t from = at < s_.size() && s_[at] == ' ' ? at + 1 : at;
    const auto shift = date_shifts().match(s_, from);
    if (!shift || out_.explicit_form) return false;
    out_.day_known = plus_months(about_.today, *shift.meaning * 6);
    out_.approximate = true;
    take(from + shift.length);
    return true;
  }

  std::string_view s_;
  std::size_t at_;
  const context& about_;
  said_date out_;
  int pending_day_ = 0;
};

}  // namespace

std::optional<said_date> scan_date(std::string_view s, std::size_t at, const context& about) {
  return date_scanner{s, at, about}.read();
}

}  // namespace zhuqi::dialogs::values
