#pragma once
// A table of words with meanings, asked for the longest word at a place in a folded text. Words are folded like
// the text when the table is made, so that 萬 and 万, Ten and ten are written once.

#include "bot/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::values {

inline bool is_ascii_letter(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// Bytes of the character that starts at `at`; 1 where none does.
inline std::size_t character_bytes(std::string_view s, std::size_t at) {
  const auto lead = static_cast<unsigned char>(s[at]);
  const std::size_t n = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(n, s.size() - at);
}

/// The code point at `at`; U+FFFD where the bytes are no character.
inline char32_t code_point(std::string_view s, std::size_t at) {
  const std::size_t n = character_bytes(s, at);
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(s[at + i])); };
  switch (n) {
    case 1: return byte(0) < 0x80 ? byte(0) : U'\uFFFD';
    case 2: return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3: return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    default: return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
  }
}

inline bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }
inline bool is_han(char32_t c) { return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007; }
inline bool is_kana(char32_t c) { return c >= 0x3041 && c <= 0x30FF; }

/// The start of the character before `at`; `at` where there is none.
inline std::size_t previous(std::string_view s, std::size_t at) {
  if (at == 0) return at;
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80);
  return at;
}

/// No letter of a spaced script goes on across `at`: "ten" does not begin in "often", "삼" does not begin in "인삼".
inline bool starts_word(std::string_view s, std::size_t at) {
  if (at == 0 || at >= s.size()) return true;
  const char32_t before = code_point(s, previous(s, at));
  const char32_t here = code_point(s, at);
  if (is_hangul(here)) return !is_hangul(before);
  return !(is_ascii_letter(s[at]) && before < 0x80 && is_ascii_letter(static_cast<char>(before)));
}

template <class Meaning>
class lexicon {
 public:
  struct hit {
    const Meaning* meaning = nullptr;
    std::size_t length = 0;
    explicit operator bool() const { return meaning != nullptr; }
  };

  lexicon(std::initializer_list<std::pair<std::string_view, Meaning>> words) {
    for (const auto& [word, meaning] : words) add(word, meaning);
    freeze();
  }
  /// Rows of one meaning with many words, separated by '|'.
  static lexicon of_rows(std::initializer_list<std::pair<Meaning, std::string_view>> rows) {
    return of_rows(std::span{rows.begin(), rows.size()});
  }
  static lexicon of_rows(std::span<const std::pair<Meaning, std::string_view>> rows) {
    lexicon out{};
    for (const auto& [meaning, row] : rows) {
      for (std::size_t from = 0; from <= row.size();) {
        const std::size_t to = std::min(row.find('|', from), row.size());
        out.add(row.substr(from, to - from), meaning);
        from = to + 1;
      }
    }
    out.freeze();
    return out;
  }

  /// The longest word that stands at `at`. A word of letters must end where the letters of the text end.
  hit match(std::string_view s, std::size_t at) const {
    if (at >= s.size()) return {};
    const auto bucket = static_cast<unsigned char>(s[at]);
    const std::string_view rest = s.substr(at);
    for (std::size_t i = first_[bucket]; i < first_[bucket + 1U]; ++i) {
      const auto& [word, meaning] = words_[i];
      if (!rest.starts_with(word)) continue;
      const bool letters = is_ascii_letter(word.back());
      if (letters && rest.size() > word.size() && is_ascii_letter(rest[word.size()])) continue;
      return {&meaning, word.size()};
    }
    return {};
  }
  /// The longest word that ends at `end`.
  hit match_before(std::string_view s, std::size_t end) const {
    hit best;
    const std::string_view head = s.substr(0, end);
    for (const auto& [word, meaning] : words_) {
      if (word.size() > best.length && head.ends_with(word) && starts_word(s, end - word.size())) {
        best = {&meaning, word.size()};
      }
    }
    return best;
  }
  /// Whether any word stands anywhere.
  bool occurs_in(std::string_view s) const {
    for (std::size_t i = 0; i < s.size(); i += character_bytes(s, i)) {
      if (starts_word(s, i) && match(s, i)) return true;
    }
    return false;
  }

 private:
  lexicon() = default;
  void add(std::string_view word, const Meaning& meaning) { words_.emplace_back(text::fold(word), meaning); }
  void freeze() {
    const auto rank = [](const std::string& w) { return static_cast<unsigned char>(w[0]); };
    std::stable_sort(words_.begin(), words_.end(), [&](const auto& a, const auto& b) {
      return rank(a.first) != rank(b.first) ? rank(a.first) < rank(b.first) : a.first.size() > b.first.size();
    });
    for (const auto& entry : words_) ++first_[rank(entry.first) + 1U];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  }

  std::vector<std::pair<std::string, Meaning>> words_;  ///< by first byte, then the longest first
  std::array<std::size_t, 257> first_{};                ///< words_ of first byte b: [first_[b], first_[b + 1])
};

/// Folded, with the spaces that mean nothing taken out (those beside Han or kana characters), dashes and tildes
/// made one. "" for ill-formed UTF-8.
std::string prepare(std::string_view raw);

}  // namespace zhuqi::dialogs::values
