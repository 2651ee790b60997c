#include "dialogs/values/near.hpp"

#include "dialogs/values/lexicon.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::values {
namespace {

constexpr std::size_t longest = 24;  ///< code points of a label that is compared at all

struct characters {
  std::array<char32_t, longest> at{};
  std::size_t count = 0;
  bool fits = true;
};

characters characters_of(std::string_view s) {
  characters out;
  for (std::size_t i = 0; i < s.size(); i += character_bytes(s, i)) {
    if (out.count == longest) {
      out.fits = false;
      return out;
    }
    out.at[out.count++] = code_point(s, i);
  }
  return out;
}

/// Characters that change the meaning when they change: numbers, negations, opposites.
bool is_meaningful(char32_t c) {
  constexpr std::u32string_view marks =
      U"0123456789零一二三四五六七八九十百千万亿两甲乙丙丁不非无有没未否别大小上下内外男女增减左右前后东西南北新旧高低"
      U"多少本异"
      U"进出买卖借贷收支国民公私正副全半长短abcd없안못";
  return marks.find(c) != std::u32string_view::npos;
}

bool all_letters(const characters& c) {
  return std::all_of(c.at.begin(), c.at.begin() + static_cast<std::ptrdiff_t>(c.count),
                     [](char32_t x) { return x < 0x80; });
}

std::size_t allowance(const characters& label) {
  const bool letters = all_letters(label);
  if (label.count < (letters ? 5U : 3U)) return 0;
  return letters && label.count >= 9 ? 2 : 1;
}

/// Optimal string alignment distance.
std::size_t distance(const characters& a, const characters& b) {
  std::array<std::array<std::size_t, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.count; ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.count; ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.count; ++j) {
      const std::size_t cost = a.at[i - 1] == b.at[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
      if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1]) {
        row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
      }
    }
  }
  return rows[a.count % 3][b.count];
}

/// The meaningful characters of both, in order, must be the same. Letters of a word are not options "a" and "b".
bool same_meaning(const characters& a, const characters& b) {
  const bool words = all_letters(a);
  const auto skip = [&](const characters& c, std::size_t i) {
    while (i < c.count && (!is_meaningful(c.at[i]) || (words && c.at[i] >= 'a' && c.at[i] <= 'z'))) ++i;
    return i;
  };
  std::size_t i = skip(a, 0);
  std::size_t j = skip(b, 0);
  while (i < a.count && j < b.count && a.at[i] == b.at[j]) {
    i = skip(a, i + 1);
    j = skip(b, j + 1);
  }
  return i == a.count && j == b.count;
}

}  // namespace

bool is_near(std::string_view label, std::string_view typed) {
  if (label.size() > longest * 4 || typed.size() > longest * 4) return false;
  const characters a = characters_of(label);
  const characters b = characters_of(typed);
  const std::size_t most = allowance(a);
  if (!a.fits || !b.fits || most == 0) return false;
  if ((a.count > b.count ? a.count - b.count : b.count - a.count) > most) return false;
  // A word and its negation are near each other in letters: "paid" and "unpaid", "legal" and "illegal".
  if (all_letters(a) && a.at[0] != b.at[0]) return false;
  return same_meaning(a, b) && distance(a, b) <= most;
}

}  // namespace zhuqi::dialogs::values
