#pragma once
// The languages the product speaks.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace zhuqi::dialogs {

enum class lang : std::uint8_t { zh_cn, en, ja, ko };

inline constexpr std::array all_langs{lang::zh_cn, lang::en, lang::ja, lang::ko};

/// BCP 47 tag: "zh-CN", "en", "ja", "ko".
constexpr std::string_view tag(lang l) {
  switch (l) {
    case lang::zh_cn: return "zh-CN";
    case lang::en: return "en";
    case lang::ja: return "ja";
    case lang::ko: return "ko";
  }
  return "zh-CN";
}

constexpr std::optional<lang> lang_from_tag(std::string_view t) {
  for (lang l : all_langs) {
    if (tag(l) == t) return l;
  }
  return std::nullopt;
}

}  // namespace zhuqi::dialogs
