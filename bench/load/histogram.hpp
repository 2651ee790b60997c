#pragma once
// Latencies in log-linear buckets: 128 per power of two, so a percentile is within 0.8 % of the true one, in constant memory.

#include <array>
#include <bit>
#include <cstdint>

namespace zhuqi::bench {

class histogram {
 public:
  /// Records one value, in nanoseconds.
  void record(std::uint64_t ns) {
    ++counts_[index_of(ns)];
    ++total_;
    if (ns > max_) max_ = ns;
  }
  std::uint64_t total() const { return total_; }
  std::uint64_t max_ns() const { return max_; }
  /// The value below or at which the share `q` (0–1) of all values lie; 0 when empty. Upper edge of its bucket, at most max_ns().
  std::uint64_t quantile_ns(double q) const;
  /// How many values lie above `ns` (by bucket).
  std::uint64_t above(std::uint64_t ns) const;

 private:
  static constexpr unsigned sub_bits = 7;
  static constexpr std::uint64_t sub_count = 1U << sub_bits;
  // Values below 2^sub_bits have a bucket each; above, each further power of two adds half of sub_count.
  static std::size_t index_of(std::uint64_t v) {
    const auto width = static_cast<unsigned>(std::bit_width(v));
    const unsigned shift = width > sub_bits ? width - sub_bits : 0;
    return shift * (sub_count / 2) + static_cast<std::size_t>(v >> shift);
  }
  static std::uint64_t upper_edge(std::size_t index);

  std::array<std::uint64_t, (64 - sub_bits + 2) * (sub_count / 2) + sub_count> counts_{};
  std::uint64_t total_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace zhuqi::bench
