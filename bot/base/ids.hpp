#pragma once
// Strong types for everything that is a number or a name but must not be mixed up with another.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace zhuqi {

/// A number that is only comparable with its own kind. `Tag` is an empty struct that names the kind.
template <class Tag>
struct strong_int {
  std::int64_t value = 0;

  friend constexpr auto operator<=>(strong_int, strong_int) = default;
  constexpr strong_int next() const { return {value + 1}; }
  constexpr explicit operator bool() const { return value != 0; }
};

/// Row number of a conversation (one end user on one channel). 0 = not stored yet.
using conversation_id = strong_int<struct conversation_id_tag>;
/// Row number of an event in the log; grows over all conversations, in commit order.
using event_id = strong_int<struct event_id_tag>;
/// Row number of a committed turn; grows over all conversations, in commit order.
using turn_id = strong_int<struct turn_id_tag>;
/// Position of an event inside its conversation: 1, 2, 3 … without gaps.
using seq_no = strong_int<struct seq_no_tag>;
/// Ownership epoch of a conversation: +1 at every change of owner (fencing token).
using epoch_no = strong_int<struct epoch_no_tag>;

/// Row number of a person who works here; 0 = nobody, or the house itself.
using staff_id = strong_int<struct staff_id_tag>;
using department_id = strong_int<struct department_id_tag>;
using region_id = strong_int<struct region_id_tag>;

/// Wall-clock time, milliseconds since 1970-01-01 UTC.
using unix_ms = strong_int<struct unix_ms_tag>;

constexpr unix_ms operator+(unix_ms t, std::int64_t ms) { return {t.value + ms}; }
constexpr std::int64_t operator-(unix_ms a, unix_ms b) { return a.value - b.value; }

}  // namespace zhuqi

template <class Tag>
struct std::hash<zhuqi::strong_int<Tag>> {
  std::size_t operator()(zhuqi::strong_int<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
