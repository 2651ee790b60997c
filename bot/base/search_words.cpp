#include "bot/base/search_words.hpp"

#include "bot/base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace zhuqi::text {
namespace {

constexpr std::size_t longest_word = 64;  // characters; more is no word that anybody types
constexpr std::int32_t before_mark = 30;  // UTF-16 units that an excerpt shows before the first mark

enum class sort : std::uint8_t { separator, spaceless, word };

sort sort_of(UChar32 c) {
  if (!u_isalnum(c) && (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) return sort::separator;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL: return sort::spaceless;
    // Signs of several scripts, such as the long vowel of Japanese.
    case USCRIPT_COMMON: return uscript_hasScript(c, USCRIPT_KATAKANA) != 0 ? sort::spaceless : sort::word;
    default: return sort::word;
  }
}

struct character {
  std::size_t at, size;  ///< bytes
  sort is;
};

std::vector<character> characters_of(std::string_view folded) {
  std::vector<character> all;
  all.reserve(folded.size());
  const auto size = static_cast<std::int32_t>(folded.size());
  for (std::int32_t i = 0; i < size;) {
    const auto begin = i;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(folded.data(), i, size, c);
    all.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin), sort_of(c)});
  }
  return all;
}

/// A run of one sort, [from, to) in the characters.
struct run {
  std::size_t from, to;
  sort is;
};

std::vector<run> runs_of(const std::vector<character>& all) {
  std::vector<run> runs;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && all[end].is == all[i].is) ++end;
    runs.push_back({i, end, all[i].is});
    i = end;
  }
  return runs;
}

class cutter {
 public:
  explicit cutter(std::string_view folded) : folded_{folded}, all_{characters_of(folded)} {}

  const std::vector<character>& all() const { return all_; }
  std::string piece(std::size_t from, std::size_t to) const {
    const auto begin = all_[from].at;
    return std::string{folded_.substr(begin, all_[to - 1].at + all_[to - 1].size - begin)};
  }
  /// `alone`: the last character of a spaceless run also by itself.
  template <class F>
  void cut(const run& r, bool alone, F&& token) const {
    if (r.is == sort::word) return token(piece(r.from, std::min(r.to, r.from + longest_word)));
    for (auto i = r.from; i + 1 < r.to; ++i) token(piece(i, i + 2));
    if (alone || r.to - r.from == 1) token(piece(r.to - 1, r.to));
  }

 private:
  std::string_view folded_;
  std::vector<character> all_;
};

/// Folded text in which each character knows the one it came from.
struct folded_text {
  icu::UnicodeString text;
  std::vector<std::int32_t> from;  ///< per UTF-16 unit of `text`, and one past its end: offset into the original
};

folded_text fold_with_origin(const icu::UnicodeString& original) {
  folded_text out;
  for (std::int32_t i = 0; i < original.length();) {
    const auto next = original.moveIndex32(i, 1);
    std::string one;
    original.tempSubStringBetween(i, next).toUTF8String(one);
    const auto folded = icu::UnicodeString::fromUTF8(fold(one));
    // What folds to nothing (a blank) still keeps its neighbours apart.
    out.text.append(folded.isEmpty() ? icu::UnicodeString{u" "} : folded);
    out.from.resize(static_cast<std::size_t>(out.text.length()), i);
    i = next;
  }
  out.from.push_back(original.length());
  return out;
}

using marks = std::vector<std::pair<std::int32_t, std::int32_t>>;

marks marks_in(const icu::UnicodeString& original, const std::vector<search_group>& groups) {
  const auto folded = fold_with_origin(original);
  marks found;
  for (const auto& g : groups) {
    const auto wanted = icu::UnicodeString::fromUTF8(g.folded);
    for (auto at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + wanted.length())) {
      const auto end = static_cast<std::size_t>(at + wanted.length());
      found.emplace_back(folded.from[static_cast<std::size_t>(at)], folded.from[end]);
    }
  }
  std::ranges::sort(found);
  marks apart;
  for (const auto& m : found) {
    if (!apart.empty() && m.first <= apart.back().second) {
      apart.back().second = std::max(apart.back().second, m.second);
    } else if (m.first < m.second) {
      apart.push_back(m);
    }
  }
  return apart;
}

}  // namespace

std::string search_tokens(std::string_view utf8) {
  const auto folded = fold(utf8);
  const cutter with{folded};
  std::string out;
  out.reserve(folded.size() * 2);
  for (const auto& r : runs_of(with.all())) {
    if (r.is == sort::separator) continue;
    with.cut(r, true, [&](const std::string& token) { out.append(out.empty() ? "" : " ").append(token); });
  }
  return out;
}

std::vector<search_group> search_groups(std::string_view utf8) {
  const auto folded = fold(utf8);
  const cutter with{folded};
  const auto runs = runs_of(with.all());
  std::vector<search_group> groups;
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < runs.size();) {
    if (runs[i].is == sort::separator) {
      ++i;
      continue;
    }
    auto end = i;
    while (end < runs.size() && runs[end].is != sort::separator) ++end;
    search_group g;
    g.folded = with.piece(runs[i].from, runs[end - 1].to);
    for (; i < end; ++i) {
      const bool last = i + 1 == end;
      with.cut(runs[i], !last, [&](std::string token) { g.tokens.push_back(std::move(token)); });
      g.open_end = last && (runs[i].is == sort::word || runs[i].to - runs[i].from == 1);
    }
    tokens += g.tokens.size();
    if (groups.size() == most_search_groups || tokens > most_search_tokens) break;
    groups.push_back(std::move(g));
  }
  return groups;
}

excerpt excerpt_of(std::string_view utf8, const std::vector<search_group>& groups, std::size_t width) {
  const auto original =
      icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<std::int32_t>(utf8.size())});
  const auto found = marks_in(original, groups);
  const auto first = found.empty() ? 0 : found.front().first;
  auto begin = first <= before_mark ? 0 : original.getChar32Start(first - before_mark);
  const auto left = original.length() - begin;
  const auto end = static_cast<std::size_t>(left) <= width
                       ? original.length()
                       : original.getChar32Start(begin + static_cast<std::int32_t>(width));
  icu::UnicodeString shown{begin > 0 ? u"…" : u""};
  const auto shift = begin - shown.length();
  shown.append(original, begin, end - begin);
  if (end < original.length()) shown.append(u'…');
  excerpt out;
  shown.toUTF8String(out.text);
  for (const auto& [from, to] : found) {
    if (from >= end) break;
    out.marks.emplace_back(static_cast<std::size_t>(from - shift), static_cast<std::size_t>(std::min(to, end) - shift));
  }
  return out;
}

}  // namespace zhuqi::text
