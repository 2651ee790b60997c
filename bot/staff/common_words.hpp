#pragma once
// The words, numbers and rows of keys that most guessed passwords are made of.

#include <span>
#include <string_view>

namespace zhuqi::staff {

/// Lower case, in the spelling that password_rules.cpp compares with; longest first, so that the first fit is the best.
std::span<const std::string_view> common_words();
/// Rows that fingers walk along: the alphabet, the digits, the rows of a keyboard. Also walked backwards.
std::span<const std::string_view> key_rows();

}  // namespace zhuqi::staff
