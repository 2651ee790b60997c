// The rules of password.hpp. Predictability is counted, not looked up whole: a password is cut from the left into common
// words, years, walks along the keyboard and repetitions, each of which is one choice of a guesser, and single
// characters, each of which is one too. Too few choices make it predictable, whatever its length.

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "bot/staff/common_words.hpp"
#include "bot/staff/password.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::staff {
namespace {

constexpr std::size_t choices_min = 7;  ///< "Chengdu@2024888" has 4, six random letters between them make 7 or more
constexpr std::size_t run_min = 3;      ///< shorter walks happen by chance

std::size_t code_points(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; }));
}

bool has_controls(std::string_view bytes) {
  return std::ranges::any_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// p@ssw0rd → password. Only for comparing with words; digits that stand for themselves are tried first.
std::string without_disguise(std::string_view folded) {
  std::string plain{folded};
  for (char& c : plain) {
    switch (c) {
      case '@':
      case '4': c = 'a'; break;
      case '0': c = 'o'; break;
      case '1':
      case '!': c = 'i'; break;
      case '3': c = 'e'; break;
      case '$':
      case '5': c = 's'; break;
      case '7': c = 't'; break;
      default: break;
    }
  }
  return plain;
}

std::size_t word_at(std::string_view s, std::string_view plain, std::size_t at) {
  for (const auto word : common_words()) {
    if (s.substr(at).starts_with(word) || plain.substr(at).starts_with(word)) return word.size();
  }
  return 0;
}

bool digit(char c) { return c >= '0' && c <= '9'; }

std::size_t year_at(std::string_view s, std::size_t at) {
  const auto y = s.substr(at, 4);
  return y.size() == 4 && (y.starts_with("19") || y.starts_with("20")) && digit(y[2]) && digit(y[3]) ? 4 : 0;
}

/// Length of the longest beginning of `s` that lies in `row`.
std::size_t along(std::string_view row, std::string_view s) {
  std::size_t best = 0;
  for (std::size_t from = 0; from < row.size(); ++from) {
    std::size_t n = 0;
    while (n < s.size() && from + n < row.size() && s[n] == row[from + n]) ++n;
    best = std::max(best, n);
  }
  return best;
}

std::size_t walk_at(std::string_view s, std::size_t at) {
  std::size_t best = 0;
  for (const auto row : key_rows()) {
    const std::string back{row.rbegin(), row.rend()};
    best = std::max({best, along(row, s.substr(at)), along(back, s.substr(at))});
  }
  return best >= run_min ? best : 0;
}

/// How much from `at` repeats what stands before it, with any period.
std::size_t repetition_at(std::string_view s, std::size_t at) {
  std::size_t best = 0;
  for (std::size_t period = 1; period <= at; ++period) {
    std::size_t n = 0;
    while (at + n < s.size() && s[at + n] == s[at + n - period]) ++n;
    if (n >= std::min<std::size_t>(period, run_min) && n >= (period == 1 ? 1 : 2)) best = std::max(best, n);
  }
  return best;
}

std::size_t character_at(std::string_view s, std::size_t at) {
  std::size_t n = 1;
  while (at + n < s.size() && (s[at + n] & 0xc0) == 0x80) ++n;
  return n;
}

std::size_t choices(std::string_view s) {
  const auto plain = without_disguise(s);
  std::size_t count = 0;
  for (std::size_t at = 0; at < s.size(); ++count) {
    const auto known = std::max({word_at(s, plain, at), year_at(s, at), walk_at(s, at), repetition_at(s, at)});
    at += std::max(known, character_at(s, at));
  }
  return count;
}

/// A name of one or two letters is in everything.
bool holds(std::string_view folded, std::string_view name) {
  const auto n = text::fold(name);
  return code_points(n) >= (n.size() > code_points(n) ? 2 : 3) && folded.find(n) != std::string_view::npos;
}

}  // namespace

std::vector<password_fault> password_faults(const secret& password, std::string_view login_name,
                                            std::string_view display_name) {
  using enum password_fault;
  const auto typed = password.reveal();
  if (typed.size() > limits::password_bytes_max) return {too_long};
  if (!text::is_utf8(typed) || has_controls(typed)) return {unreadable};
  std::vector<password_fault> faults;
  const auto folded = text::fold(typed);
  if (code_points(typed) < limits::password_chars_min) faults.push_back(too_short);
  if (holds(folded, login_name) || holds(folded, display_name)) faults.push_back(contains_name);
  if (choices(folded) < choices_min) faults.push_back(predictable);
  return faults;
}

std::string_view in_words(password_fault fault, std::string_view lang) {
  const bool english = lang == "en";
  switch (fault) {
    case password_fault::too_short:
      return english ? "Use at least 12 characters. A short sentence is easiest to remember."
                     : "密码至少 12 个字符。用一句自己才会说的话最好记。";
    case password_fault::too_long: return english ? "Use at most 256 bytes." : "密码太长了，请控制在 80 个汉字以内。";
    case password_fault::unreadable:
      return english ? "Use letters, digits, signs and spaces only."
                     : "密码里有无法输入的字符，请换成文字、数字、符号或空格。";
    case password_fault::contains_name:
      return english ? "Leave your name and login name out of it." : "密码里不要出现自己的姓名或登录名。";
    case password_fault::predictable:
      return english ? "Too easy to guess: it is made of common words, years, rows of keys or repetitions. Add words "
                       "of your own."
                     : "太容易被猜到：主要由常用词、年份、连续按键或重复组成。请加几个别人想不到的词。";
  }
  return {};
}

}  // namespace zhuqi::staff
