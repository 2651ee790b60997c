#pragma once
// How text is cut for full-text search, and how a question to it is. Chinese, Japanese and Korean are cut into pairs of
// neighbouring characters, because no dictionary knows the names of firms; everything else into words.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::text {

/// Goes up whenever search_tokens() gives something else for the same text: an index of an older one is made anew.
inline constexpr int search_tokens_version = 1;

/// The tokens of a text, folded (text.hpp) and separated by blanks: 「补贴 ABC」 → "补贴 贴 abc". The last character of a run stands
/// alone as well, so that what follows it can be matched.
std::string search_tokens(std::string_view utf8);

/// Part of a question that must be found as it stands. All groups must be found.
struct search_group {
  std::string folded;               ///< as in the folded text
  std::vector<std::string> tokens;  ///< neighbours in the text's tokens
  bool open_end = false;            ///< the last token need only be the beginning of one
};
inline constexpr std::size_t most_search_groups = 8;
inline constexpr std::size_t most_search_tokens = 64;

/// What somebody typed, cut at blanks and signs; groups and tokens beyond the limits are left out. Empty where there is no letter in it.
std::vector<search_group> search_groups(std::string_view utf8);

struct excerpt {
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> marks;  ///< [from, to) in UTF-16 units of `text`, ascending, apart
};
/// About `width` UTF-16 units of the text from shortly before the first place where a group stands, with all such places in them.
excerpt excerpt_of(std::string_view utf8, const std::vector<search_group>& groups, std::size_t width);

}  // namespace zhuqi::text
