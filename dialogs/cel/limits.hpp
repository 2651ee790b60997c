#pragma once
// The bounds of one expression, before and while it runs. Exceeding one is a problem with a place, never a hang.

#include <cstddef>
#include <cstdint>

namespace zhuqi::dialogs::cel::limits {

inline constexpr std::size_t source_bytes = 64 * 1024;  ///< a guard is a line; a generated decision table may be long
inline constexpr std::size_t nodes = 10'000;            ///< parts of a parsed expression
inline constexpr std::uint16_t height = 200;            ///< levels of nesting, which bounds every recursion over a tree
inline constexpr std::size_t arguments = 32;            ///< of one call of a host's function
inline constexpr std::size_t pattern_bytes = 1'000;     ///< of a regular expression
inline constexpr std::int64_t pattern_memory = 1 << 20;  ///< RE2's own bound; beyond it the pattern is refused
inline constexpr std::size_t overloads = 64;             ///< candidates looked at for one call
inline constexpr std::size_t type_height = 50;           ///< levels of list(list(…)) that the checker follows

}  // namespace zhuqi::dialogs::cel::limits
