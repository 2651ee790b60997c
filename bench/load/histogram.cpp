#include "bench/load/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace zhuqi::bench {

std::uint64_t histogram::upper_edge(std::size_t index) {
  constexpr std::size_t half = sub_count / 2;
  if (index < sub_count) return index;
  const std::size_t shift = index / half - 1;
  const std::uint64_t mantissa = index - shift * half;
  return ((mantissa + 1) << shift) - 1;
}

std::uint64_t histogram::quantile_ns(double q) const {
  if (total_ == 0) return 0;
  const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(total_))));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= rank) return std::min(upper_edge(i), max_);
  }
  return max_;
}

std::uint64_t histogram::above(std::uint64_t ns) const {
  std::uint64_t n = 0;
  for (std::size_t i = index_of(ns) + 1; i < counts_.size(); ++i) n += counts_[i];
  return n;
}

}  // namespace zhuqi::bench
