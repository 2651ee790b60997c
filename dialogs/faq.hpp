#pragma once
// The nearest short answer to a question that was asked in between.

#include "dialogs/shared_tables.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// Neighbouring characters of a folded text, packed and sorted; marks and blanks do not count.
using text_pairs = std::vector<std::uint64_t>;
text_pairs pairs_of(std::string_view folded);

/// The entry with the question most like `folded`, at least `min_percent` like it; nullptr where there is none. Likeness is
/// the Dice coefficient of the pairs of neighbouring characters, which needs no word boundaries.
const faq_entry* best_answer(const std::vector<faq_entry>& entries, std::string_view folded, int min_percent);

}  // namespace zhuqi::dialogs
