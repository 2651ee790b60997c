// Reads a number word by word. Chinese and its neighbours group by four digits, English by three; both are
// "everything smaller, times this", so one running total does for all.
#include "dialogs/values/numeral.hpp"

#include "dialogs/values/numeral_words.hpp"
#include "dialogs/values/running_total.hpp"

#include <array>

namespace zhuqi::dialogs::values {
namespace {

constexpr std::size_t max_words = 40;  ///< of one number; the longest honest one has about 30

using kind = number_word;

struct next_word {
  number_mark mark{};
  std::size_t from = 0, end = 0;
};

bool is_digit_word(const next_word& w) { return w.mark.kind == kind::digit || w.mark.kind == kind::attributive; }
bool grows(const number_mark& m) {
  return m.kind == kind::place || m.kind == kind::myriad || m.kind == kind::dozen || m.kind == kind::letter;
}

/// Digits said one after the other: 二零二三, or 三四 before a place.
struct digit_words {
  std::array<int, 18> digits{};
  std::size_t count = 0;  ///< without leading zeros
  std::size_t zeros = 0;  ///< leading
  bool attributive = false;
  std::size_t end = 0;

  /// 三四 = three or four; 三五 too. 一三五 is a number of a door.
  bool pair() const {
    return count == 2 && zeros == 0 && digits[0] > 0 &&
           (digits[1] == digits[0] + 1 || (digits[0] == 3 && digits[1] == 5));
  }
  decimal value() const {
    std::int64_t v = 0;
    for (std::size_t i = 0; i < count; ++i) v = v * 10 + digits[i];
    return v;
  }
};

class numeral_reader {
 public:
  numeral_reader(std::string_view s, std::size_t at) : s_{s}, at_{at} { out_.begin = at; }

  std::optional<numeral> read() {
    for (std::size_t i = 0; i < max_words && !ended_ && step(); ++i) {
    }
    if (total_.empty()) return std::nullopt;
    const ends sum = total_.sum();
    out_.low = sum.low;
    out_.high = sum.high;
    out_.width = total_.width();
    out_.end = at_;
    if (out_.vague == vagueness::none) out_.scale = total_.shared_scale();
    if (base_stated_) out_.stated = sum.base;
    out_.bound_form = out_.bound_form && out_.characters == 1;
    return out_;
  }

 private:
  std::optional<next_word> peek(std::size_t at) const {
    if (const auto here = number_words().match(s_, at); here && stands_at(*here.meaning, at)) {
      return next_word{*here.meaning, at, at + here.length};
    }
    if (at == out_.begin || at >= s_.size()) return std::nullopt;
    std::size_t from = s_[at] == ' ' || s_[at] == '-' ? at + 1 : at;
    if (latin_ && total_.ends_in_place() && s_.substr(from).starts_with("and ")) from += 4;
    if (from == at) return std::nullopt;
    const auto behind = number_words().match(s_, from);
    if (!behind || !stands_behind_gap(*behind.meaning, s_[at], from, from + behind.length)) return std::nullopt;
    return next_word{*behind.meaning, from, from + behind.length};
  }

  bool stands_at(const number_mark& m, std::size_t at) const {
    if (m.script == number_script::latin) return starts_word(s_, at) && (at == out_.begin || !latin_);
    return m.script == number_script::han || at != out_.begin || starts_word(s_, at);
  }

  bool stands_behind_gap(const number_mark& m, char gap, std::size_t from, std::size_t end) const {
    switch (m.script) {
      case number_script::han: return false;
      case number_script::latin:
        if (m.kind == kind::more) return gap == '-';
        if (m.kind == kind::article || m.kind == kind::few) return false;
        return latin_ || (grows(m) && gap == ' ');
      case number_script::hangul: {
        if (gap != ' ') return false;
        // 삼백 오십 goes on; in 삼백 이 넘는 the 이 is a particle that stands alone.
        const bool alone = end < s_.size() && !is_hangul(code_point(s_, end)) && end - from <= 3;
        return grows(m) || (total_.ends_in_place() && m.kind != kind::few && m.kind != kind::several && !alone);
      }
    }
    return false;
  }

  bool step() {
    if (at_ < s_.size() && (is_ascii_digit(s_[at_]) || is_leading_point())) return take_arabic();
    if (skip_space_before_digits()) return take_arabic();
    const auto word = peek(at_);
    if (!word) return false;
    const kind k = word->mark.kind;
    // What is open already takes only what multiplies it.
    if (out_.vague != vagueness::none && k != kind::myriad && !(k == kind::place && total_.has_current())) return false;
    switch (k) {
      case kind::digit:
      case kind::attributive: return take_digits(*word);
      case kind::article: return take_article(*word);
      case kind::few:
      case kind::several: return take_few(*word);
      case kind::teen:
      case kind::ten: return take_ten(*word);
      case kind::place: return take_place(*word);
      case kind::letter: return last_is_arabic_ && take_myriad(*word);
      case kind::myriad: return take_myriad(*word);
      case kind::dozen: return take_dozen(*word);
      case kind::point: return take_point(*word);
      case kind::more:
      case kind::about: return take_more(*word);
      case kind::count: return take_count(*word);
    }
    return false;
  }

  /// ".5" is a number, "...9" is a 9 behind dots.
  bool is_leading_point() const { return s_[at_] == '.' && total_.empty() && (at_ == 0 || s_[at_ - 1] != '.'); }

  /// 1억 2천만: digits go on behind a space where a place follows them.
  bool skip_space_before_digits() {
    if (at_ + 1 >= s_.size() || s_[at_] != ' ' || !is_ascii_digit(s_[at_ + 1]) || latin_ || !total_.ends_in_place()) {
      return false;
    }
    const auto run = scan_digits(s_, at_ + 1);
    const auto place = run ? number_words().match(s_, run->end) : lexicon<number_mark>::hit{};
    if (!place || place.meaning->script != number_script::hangul || !grows(*place.meaning)) return false;
    ++at_;
    return true;
  }

  bool take_arabic() {
    if (total_.has_current() || latin_ || out_.vague != vagueness::none) return false;
    const auto run = scan_digits(s_, at_);
    if (!run) return false;
    const bool shorthand = run->whole_digits == 1 && !run->has_point && total_.ends_in_place() && han_place_;
    const int place = run->has_point ? std::min(run->value.place(), 0) : run->value.place();
    total_.set_current(ends::exactly(run->value), power_of_ten(place));
    if (shorthand) total_.mark_shorthand();
    out_.arabic = last_is_arabic_ = true;
    at_ = run->end;
    return true;
  }

  digit_words digits_from(const next_word& first) const {
    digit_words out;
    out.end = first.from;
    for (auto w = std::optional{first}; w && is_digit_word(*w) && w->from == out.end; w = peek(out.end)) {
      if (out.count == out.digits.size()) break;
      out.attributive = w->mark.kind == kind::attributive;
      if (w->mark.value == 0 && out.count == 0) {
        ++out.zeros;
      } else {
        out.digits[out.count++] = w->mark.value;
      }
      out.end = w->end;
      if (w->mark.script == number_script::latin) break;
    }
    return out;
  }

  bool take_digits(const next_word& first) {
    if (total_.has_current() || has_teen_) return false;
    digit_words run = digits_from(first);
    if (first.from != at_) run.end = std::max(run.end, first.end);
    if (run.count == 0 && run.zeros == 0) return false;
    const bool first_of_all = total_.empty();
    const auto next = peek(run.end);
    if (run.count == 0 && (!first_of_all || (next && next->mark.kind == kind::place))) {
      total_.skip_zero();
      advance(run.end, run.zeros);
      return true;
    }
    if (run.count > 1 && !run.pair() && !first_of_all) return false;
    const bool shorthand = run.zeros == 0 && total_.ends_in_place() && han_place_;
    latin_ = latin_ || first.mark.script == number_script::latin;
    if (run.pair()) {
      total_.set_current({run.digits[0], run.digits[1] + 1, 0}, 1);
      out_.vague = first_of_all ? vagueness::small_count : vagueness::digits;
      base_stated_ = false;
    } else {
      total_.set_current(ends::exactly(run.value()), 1);
    }
    if (shorthand) total_.mark_shorthand();
    out_.bound_form = run.attributive && first_of_all;
    advance(run.end, run.count + run.zeros);
    return true;
  }

  bool take_article(const next_word& word) {
    if (!total_.empty()) return false;
    const auto next = word.end < s_.size() && s_[word.end] == ' ' ? number_words().match(s_, word.end + 1)
                                                                  : lexicon<number_mark>::hit{};
    if (!next || next.meaning->script != number_script::latin || !grows(*next.meaning) ||
        next.meaning->kind == kind::letter) {
      return false;
    }
    latin_ = true;
    total_.set_current(ends::exactly(1), 1);
    advance(word.end, 1);
    return true;
  }

  /// 几 is some digit; 数 and several are that only before a place.
  bool take_few(const next_word& word) {
    if (total_.has_current()) return take_few_behind_tens(word);
    const bool latin = word.mark.script == number_script::latin;
    const std::size_t from = word.end < s_.size() && s_[word.end] == ' ' ? word.end + 1 : word.end;
    const auto next = number_words().match(s_, from);
    const bool before_place = next && (next.meaning->kind == kind::place || next.meaning->kind == kind::myriad);
    const bool follows = !total_.empty();
    const bool in_place = follows && !latin && total_.ends_in_place();  // 十数人
    if ((latin || word.mark.kind == kind::several) && !before_place && !in_place) return false;
    const bool shorthand = total_.ends_in_place() && han_place_;
    latin_ = latin_ || latin;
    total_.set_current({follows ? 1 : 2, 10, 0}, 1);
    if (shorthand && total_.last_place() >= 4) total_.mark_shorthand();
    base_stated_ = follows;
    out_.vague = vagueness::digits;
    advance(word.end, 1);
    return true;
  }

  /// 20几: a digit behind the tens, though the tens are in Arabic.
  bool take_few_behind_tens(const next_word& word) {
    if (!last_is_arabic_ || total_.width() != decimal{10}) return false;
    const decimal tens = total_.current();
    total_.set_current({tens + decimal{1}, tens + decimal{10}, tens}, 1);
    out_.vague = vagueness::digits;
    advance(word.end, 1);
    return true;
  }

  bool take_ten(const next_word& word) {
    if (total_.has_current() || has_teen_ || (total_.has_section() && total_.last_place() < 2)) return false;
    has_teen_ = word.mark.kind == kind::teen;
    total_.add_ten(word.mark.value, has_teen_ && word.mark.value != 10 ? decimal{1} : decimal{10});
    latin_ = latin_ || word.mark.script == number_script::latin;
    out_.places = true;
    // One English word says as much as two Chinese characters; 열 is also warmth.
    advance(word.end, word.mark.script == number_script::hangul && word.mark.value == 10 ? 1 : 2);
    return true;
  }

  bool take_place(const next_word& word) {
    const bool implied = !total_.has_current();
    if (implied && word.mark.script == number_script::latin) return false;
    if (implied && total_.empty()) out_.leads_with_place = true;
    if (!total_.multiply_place(word.mark.value)) return false;
    place_taken(word);
    return true;
  }

  bool take_myriad(const next_word& word) {
    // Korean says 만 이천 for 12,000, Chinese 上万 and 近亿.
    const bool hangul = word.mark.script == number_script::hangul && word.mark.value == 4;
    if (total_.empty() && (hangul || is_counted_myriad())) {
      out_.leads_with_place = true;
      total_.set_current(ends::exactly(1), 1);
      if (!hangul) ++out_.characters;
    }
    if (!total_.multiply_myriad(word.mark.value)) return false;
    has_teen_ = false;
    out_.myriads = true;
    place_taken(word);
    return true;
  }

  bool is_counted_myriad() const {
    for (std::string_view before : {"上", "近", "逾", "超", "过"}) {
      if (s_.substr(0, out_.begin).ends_with(before)) return true;
    }
    return false;
  }

  void place_taken(const next_word& word) {
    if (out_.vague == vagueness::small_count) out_.vague = vagueness::digits;
    out_.places = true;
    // 1w5 is written by those who say 一万五; 백일 is 101.
    han_place_ = word.mark.script == number_script::han || word.mark.kind == kind::letter;
    latin_ = latin_ || (word.mark.script == number_script::latin && word.mark.kind != kind::letter);
    advance(word.end, 1);
  }

  bool take_dozen(const next_word& word) {
    if (total_.empty()) return false;
    total_.multiply_all(word.mark.value);
    out_.places = true;
    ended_ = true;
    advance(word.end, 1);
    return true;
  }

  bool take_point(const next_word& word) {
    if (total_.empty() || fraction_) return false;
    const bool latin = word.mark.script == number_script::latin;
    std::size_t at = word.end;
    std::int64_t digits = 0;
    int places = 0;
    if (const auto run = latin ? std::nullopt : scan_digits(s_, at); run && !run->has_point && !run->grouped) {
      if (run->whole_digits > 15 || !run->value.valid()) return false;
      places = static_cast<int>(run->whole_digits);
      digits = run->value.floor();
      at = run->end;
    }
    for (auto w = peek_digit(at, latin); w && places < 15; w = peek_digit(at, latin)) {
      digits = digits * 10 + w->mark.value;
      at = w->end;
      ++places;
    }
    if (places == 0) return false;
    total_.add_to_current(decimal::scaled(digits, -places), power_of_ten(-places));
    fraction_ = true;
    out_.places = true;
    advance(at, 2);
    return true;
  }

  /// "point two five": each digit behind a space.
  std::optional<next_word> peek_digit(std::size_t at, bool latin) const {
    if (latin && (at >= s_.size() || s_[at] != ' ')) return std::nullopt;
    const std::size_t from = latin ? at + 1 : at;
    const auto hit = number_words().match(s_, from);
    if (!hit || hit.meaning->kind != kind::digit) return std::nullopt;
    if ((hit.meaning->script == number_script::latin) != latin) return std::nullopt;
    return next_word{*hit.meaning, from, from + hit.length};
  }

  /// 二十多, 二十多万, 50-odd.
  bool take_more(const next_word& word) {
    if (total_.empty()) return false;
    if (word.mark.kind == kind::about) {
      if (total_.width() <= decimal{1}) return false;  // 来 behind a number that is not round is a verb
      total_.leave_around();
      out_.vague = vagueness::about;
    } else {
      total_.leave_open();
      out_.vague = vagueness::more;
    }
    advance(word.end, 1);
    const auto next = peek(at_);
    ended_ = !next || next->mark.kind != kind::myriad;
    return true;
  }

  /// 三个亿.
  bool take_count(const next_word& word) {
    const auto next = number_words().match(s_, word.end);
    if (total_.empty() || !next || next.meaning->kind != kind::myriad || next.meaning->value < 8) return false;
    at_ = word.end;
    return true;
  }

  void advance(std::size_t to, std::size_t characters) {
    at_ = to;
    out_.characters += characters;
    last_is_arabic_ = false;
  }

  std::string_view s_;
  std::size_t at_;
  numeral out_;
  running_total total_;
  bool base_stated_ = true;
  bool ended_ = false, fraction_ = false, has_teen_ = false, latin_ = false, last_is_arabic_ = false;
  bool han_place_ = false;  ///< the last place was a Chinese one, where 一千三 is 1,300
};

}  // namespace

std::optional<numeral> scan_numeral(std::string_view s, std::size_t at) { return numeral_reader{s, at}.read(); }

std::optional<han_digit> scan_han_digit(std::string_view s, std::size_t at) {
  const auto hit = number_words().match(s, at);
  if (!hit || hit.meaning->kind != number_word::digit || hit.meaning->script != number_script::han) return std::nullopt;
  return han_digit{hit.meaning->value, hit.length};
}

}  // namespace zhuqi::dialogs::values
