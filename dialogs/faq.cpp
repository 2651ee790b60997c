// Likeness of short questions by pairs of characters.
#include "dialogs/faq.hpp"

#include <algorithm>
#include <string>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t longest_question_bytes = 300;  // a longer text tells a story
constexpr std::string_view ignored = "?？!！。，,、. ~…";

using pairs = std::vector<std::string>;

/// Neighbouring characters, sorted; marks and blanks do not count.
pairs pairs_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view c = text.substr(i, n);
    if (ignored.find(c) == std::string_view::npos) characters.push_back(c);
    i += n;
  }
  pairs out;
  for (std::size_t i = 0; i + 1 < characters.size(); ++i)
    out.push_back(std::string{characters[i]}.append(characters[i + 1]));
  if (characters.size() == 1) out.emplace_back(characters.front());
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t common(const pairs& a, const pairs& b) {
  std::size_t n = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j)
      ++n, ++i, ++j;
    else if (*i < *j)
      ++i;
    else
      ++j;
  }
  return n;
}

}  // namespace

const faq_entry* best_answer(const std::vector<faq_entry>& entries, std::string_view folded, int min_percent) {
  if (folded.empty() || folded.size() > longest_question_bytes) return nullptr;
  const pairs asked = pairs_of(folded);
  const faq_entry* best = nullptr;
  std::size_t best_percent = static_cast<std::size_t>(min_percent);
  for (const faq_entry& e : entries) {
    for (const std::string& key : e.keys) {
      const pairs known = pairs_of(key);
      const std::size_t all = asked.size() + known.size();
      const std::size_t percent = all == 0 ? 0 : 200 * common(asked, known) / all;
      if (percent > best_percent || (percent == best_percent && best == nullptr)) best = &e, best_percent = percent;
    }
  }
  return best;
}

}  // namespace zhuqi::dialogs
