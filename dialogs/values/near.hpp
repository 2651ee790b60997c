#pragma once
// A slip of the finger in a label. Never where the slip could be the point: digits, negations and opposites must
// stand as they are.

#include <string_view>

namespace zhuqi::dialogs::values {

/// At most one character more, fewer, other or swapped with its neighbour in a label of three Chinese characters
/// or five letters, two in one of nine letters. Both texts folded.
bool is_near(std::string_view label, std::string_view typed);

}  // namespace zhuqi::dialogs::values
