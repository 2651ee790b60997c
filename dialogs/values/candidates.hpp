#pragma once
// Which of the numbers in an answer is meant. Only for numbers.cpp.

#include "dialogs/values/quantity.hpp"
#include "dialogs/values/types.hpp"

namespace zhuqi::dialogs::values {

/// What a question asks for, common to int, decimal, percent and money.
struct wish {
  value_kind kind = value_kind::integer;
  std::optional<decimal> min, max;  ///< in the unit of the quantities: one, percent, yuan
  exactness want = exactness::range;
  decimal bare_factor{1};
  const std::vector<std::string>* units = nullptr;
};

/// The quantities that answer best, repeated ones once, in the unit of the question. More than one is ambiguous.
std::vector<quantity> best(const std::vector<quantity>& all, const wish& w, std::string_view prepared);

void scale(quantity& q, const decimal& by);

}  // namespace zhuqi::dialogs::values
