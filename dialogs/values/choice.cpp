// Choosing from a numbered list in words, numbers, or something between.
#include "dialogs/values/choice.hpp"

#include "dialogs/values/near.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::values {
namespace {

// All folded: lower case, simplified, half width. Longest first where one begins another.
constexpr std::array<std::string_view, 22> before_number{
    "我选择", "我选", "我要选", "请选择", "选择",    "选项", "选", "就", "第", "the ", "option ",
    "option", "no. ", "no.",    "no ",    "number ", "#",    "(",  "[",  "【", "〔",   "i choose "};
constexpr std::array<std::string_view, 34> after_number{"个选项", "个吧",
                                                        "项吧",   "个",
                                                        "项",     "条",
                                                        "号吧",   "号",
                                                        "种",     "类",
                                                        "番目",   "番です",
                                                        "番",     "번째",
                                                        "번이요", "번",
                                                        "째",     "です",
                                                        "吧",     "啊",
                                                        "的",     "。",
                                                        ".",      "、",
                                                        ",",      ")",
                                                        "]",      "】",
                                                        "〕",     ":",
                                                        " one",   " option",
                                                        "!",      "\xEF\xB8\x8F\xE2\x83\xA3"};
constexpr std::string_view keycap = "\xE2\x83\xA3";

struct word_number {
  std::string_view word;
  std::size_t number;
};
constexpr std::array<word_number, 28> number_words{
    {{"一", 1},    {"二", 2},     {"两", 2},    {"三", 3},    {"四", 4},    {"五", 5},    {"六", 6},
     {"七", 7},    {"八", 8},     {"九", 9},    {"十", 10},   {"one", 1},   {"two", 2},   {"three", 3},
     {"four", 4},  {"five", 5},   {"six", 6},   {"seven", 7}, {"eight", 8}, {"first", 1}, {"second", 2},
     {"third", 3}, {"fourth", 4}, {"fifth", 5}, {"첫", 1},    {"첫번", 1},  {"두", 2},    {"세", 3}}};

template <class List>
bool strip_front(std::string_view& s, const List& list) {
  for (std::string_view p : list) {
    if (s.size() > p.size() && s.starts_with(p)) {
      s.remove_prefix(p.size());
      return true;
    }
  }
  return false;
}

template <class List>
bool strip_back(std::string_view& s, const List& list) {
  for (std::string_view p : list) {
    if (s.size() > p.size() && s.ends_with(p)) {
      s.remove_suffix(p.size());
      return true;
    }
  }
  return false;
}

void strip_spaces(std::string_view& s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
}

bool holds_negation(std::string_view s) {
  constexpr std::array<std::string_view, 10> words{"不", "没", "非", "别", "無", "not ", "n't", "ない", "아니", "않"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return s.find(w) != std::string_view::npos; });
}

/// Long enough to mean something inside a sentence: two Chinese characters or four letters.
bool is_telling(std::string_view key) {
  const bool ascii = std::all_of(key.begin(), key.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  return key.size() >= (ascii ? 4 : 6);
}

/// "1. 资金", "1、资金": the shown line, copied. Gives the part behind the number.
std::string_view behind_number(std::string_view s) {
  std::size_t digits = 0;
  while (digits < s.size() && s[digits] >= '0' && s[digits] <= '9') ++digits;
  if (digits == 0 || digits > 3) return {};
  s.remove_prefix(digits);
  constexpr std::array<std::string_view, 5> marks{".", "、", ")", ":", ","};
  if (!strip_front(s, marks)) return {};
  strip_spaces(s);
  return s;
}

parsed by_label(option_list options, std::string_view folded) {
  for (const option_view& o : options) {
    if (std::find(o.keys.begin(), o.keys.end(), folded) != o.keys.end()) return parsed::of(std::string{o.id});
  }
  return {};
}

parsed by_mention(option_list options, std::string_view folded) {
  if (!is_telling(folded) || holds_negation(folded)) return {};
  const option_view* found = nullptr;
  for (const option_view& o : options) {
    const bool mentioned = std::any_of(o.keys.begin(), o.keys.end(), [&](const std::string& key) {
      return (is_telling(key) && folded.find(key) != std::string_view::npos) || key.find(folded) != std::string::npos;
    });
    if (!mentioned) continue;
    if (found != nullptr) return {misfit::ambiguous, {}, {}, 0, false};
    found = &o;
  }
  return found != nullptr ? parsed{misfit::none, std::string{found->id}, {}, 0, true} : parsed{};
}

/// A label with a slip of the finger, where only one option is that near.
parsed by_near_miss(option_list options, std::string_view folded) {
  const option_view* found = nullptr;
  for (const option_view& o : options) {
    const bool near =
        std::any_of(o.keys.begin(), o.keys.end(), [&](const std::string& key) { return is_near(key, folded); });
    if (!near) continue;
    if (found != nullptr) return {};
    found = &o;
  }
  return found != nullptr ? parsed{misfit::none, std::string{found->id}, {}, 0, true} : parsed{};
}

}  // namespace

std::size_t ordinal(std::string_view folded) {
  if (folded.size() > 40) return 0;
  std::string_view s = folded;
  strip_spaces(s);
  while (strip_front(s, before_number)) strip_spaces(s);
  while (s.ends_with(keycap) || strip_back(s, after_number)) {
    if (s.ends_with(keycap)) s.remove_suffix(keycap.size());
    strip_spaces(s);
  }
  if (s.empty()) return 0;
  if (s.size() <= 3 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    std::size_t n = 0;
    for (char c : s) n = n * 10 + static_cast<std::size_t>(c - '0');
    return n;
  }
  for (const word_number& w : number_words) {
    if (s == w.word) return w.number;
  }
  if (s.starts_with("十") && s.size() > 3) {  // 十一 … 十九
    for (const word_number& w : number_words) {
      if (s.substr(3) == w.word && w.number < 10) return 10 + w.number;
    }
  }
  return 0;
}

parsed parse_options(option_list options, std::string_view folded) {
  if (folded.empty()) return {};
  if (parsed p = by_label(options, folded); p.good()) return p;
  const std::size_t number = ordinal(folded);
  if (number >= 1 && number <= options.size()) return parsed::of(std::string{options[number - 1].id});
  if (number > 0) return {};
  if (const std::string_view label = behind_number(folded); !label.empty()) {
    if (parsed p = by_label(options, label); p.good()) return p;
  }
  parsed mentioned = by_mention(options, folded);
  if (mentioned.good() || mentioned.why == misfit::ambiguous) return mentioned;
  return by_near_miss(options, folded);
}

parsed parse_choice(const choice_type& type, std::string_view folded) {
  std::vector<option_view> views;
  views.reserve(type.options.size());
  for (const choice_option& o : type.options) views.push_back({o.id, o.keys});
  return parse_options(views, folded);
}

}  // namespace zhuqi::dialogs::values
