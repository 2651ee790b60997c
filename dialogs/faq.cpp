// Likeness of short questions by pairs of characters.
#include "dialogs/faq.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t longest_question_bytes = 300;  // a longer text tells a story
constexpr std::string_view ignored = "?？!！。，,、. ~…";

std::size_t common(const text_pairs& a, const text_pairs& b) {
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

text_pairs pairs_of(std::string_view text) {
  std::vector<std::uint64_t> characters;
  characters.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view c = text.substr(i, n);
    i += n;
    if (ignored.find(c) != std::string_view::npos) continue;
    std::uint64_t packed = 0;
    for (const char byte : c) packed = packed << 8 | static_cast<unsigned char>(byte);
    characters.push_back(packed);
  }
  text_pairs out;
  out.reserve(characters.size());
  for (std::size_t i = 0; i + 1 < characters.size(); ++i) out.push_back(characters[i] << 32 | characters[i + 1]);
  if (characters.size() == 1) out.push_back(characters.front());
  std::sort(out.begin(), out.end());
  return out;
}

const faq_entry* best_answer(const std::vector<faq_entry>& entries, std::string_view folded, int min_percent) {
  if (folded.empty() || folded.size() > longest_question_bytes) return nullptr;
  const text_pairs asked = pairs_of(folded);
  const faq_entry* best = nullptr;
  std::size_t best_percent = static_cast<std::size_t>(min_percent);
  for (const faq_entry& e : entries) {
    for (const text_pairs& known : e.keys) {
      const std::size_t all = asked.size() + known.size();
      if (all == 0 || 200 * std::min(asked.size(), known.size()) / all < best_percent)
        continue;  // too unlike in length
      const std::size_t percent = 200 * common(asked, known) / all;
      if (percent > best_percent || (percent == best_percent && best == nullptr)) best = &e, best_percent = percent;
    }
  }
  return best;
}

}  // namespace zhuqi::dialogs
