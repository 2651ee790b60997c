#pragma once
// One number with its sign and unit, before any bound or range. Only for quantity.cpp.

#include "dialogs/values/numeral.hpp"
#include "dialogs/values/quantity.hpp"

namespace zhuqi::dialogs::values {

struct item {
  quantity q;
  numeral number;
  unit measure;
  bool plain = true;  ///< no fraction, sign or compound: may share the scale of what follows it
};

/// The number that begins at `at` with its sign, fraction, currency and unit.
std::optional<item> scan_item(std::string_view s, std::size_t at);
/// The unit that stands behind `it.q.end`, where it fits.
void take_unit(std::string_view s, item& it);

void multiply(quantity& q, const decimal& by);
/// One space, if it stands there.
std::size_t skip_space(std::string_view s, std::size_t at);
/// Whether a sign stands at `at`.
bool has_sign(std::string_view s, std::size_t at);

}  // namespace zhuqi::dialogs::values
