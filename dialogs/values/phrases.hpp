#pragma once
// What people say around a value, or in place of one.

#include <string_view>

namespace zhuqi::dialogs::values {

/// 不清楚, "not sure", わかりません, 모르겠어요: somewhere in a prepared text.
bool says_dont_know(std::string_view prepared);

/// 没有, 无, "none", なし, 없음, and nothing else: how people write a zero.
bool says_none(std::string_view prepared);

/// Nothing but punctuation and words that add nothing to a value: 我们公司有, 吧, です.
bool is_noise(std::string_view prepared);

/// A negation stands right before `at`, or right behind `end`: 不是 50, 50 ではない.
bool is_negated(std::string_view prepared, std::size_t at, std::size_t end);

}  // namespace zhuqi::dialogs::values
