#pragma once
// Equality and order of values, across the three number types as CEL has them, and maps, which need both.

#include "dialogs/cel/value.hpp"

#include <compare>
#include <optional>

namespace zhuqi::dialogs::cel {

/// Counts down; an evaluation that reaches 0 ends with fault::too_costly or fault::too_large.
struct meter {
  std::uint64_t steps = 0;
  std::uint64_t memory = 0;
  bool spend(std::uint64_t n) {
    steps = steps > n ? steps - n : 0;
    return steps != 0;
  }
  bool allocate(std::uint64_t bytes) {
    memory = memory > bytes ? memory - bytes : 0;
    return memory != 0;
  }
};

/// CEL's ==: numbers by their value, lists and maps by their members, values of different types unequal, NaN unequal to
/// itself. Costs one step per member looked at; `cost` spent means the answer is worthless.
bool equal(const value& a, const value& b, meter& cost);

/// Not to be told apart by any expression: the same types throughout, the same zero, the same order of entries.
bool identical(const value& a, const value& b, meter& cost);

/// The order behind < <= > >=; nullopt where the two have none (different types, lists, NaN is unordered).
std::optional<std::partial_ordering> order(const value& a, const value& b);

/// nullptr where the key is absent. A double that is a whole number finds an int or uint key.
const value* find(const map_data& map, const value& key);

/// A map, or an error: bad_key, duplicate_key.
value make_map(std::vector<std::pair<value, value>> entries);

}  // namespace zhuqi::dialogs::cel
