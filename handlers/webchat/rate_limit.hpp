#pragma once
// Token buckets, one per key, in a table that cannot grow without bound: a full bucket is the same as none, so it is forgotten.

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zhuqi::webchat {

struct rate {
  double burst;       ///< tokens in a full bucket
  double per_second;  ///< tokens that come back
};

class token_bucket {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  token_bucket(rate r, time_point now) : tokens_{r.burst}, seen_{now} {}
  bool take(rate r, time_point now);
  bool full(rate r, time_point now) const;

 private:
  double level(rate r, time_point now) const;

  double tokens_;
  time_point seen_;
};

class rate_limiter {
 public:
  using time_point = token_bucket::time_point;

  /// Beyond `max_keys` keys with a bucket that is not full, strangers are refused.
  rate_limiter(rate r, std::size_t max_keys) : rate_{r}, max_keys_{max_keys} {}

  bool take(std::string_view key, time_point now);
  /// Forgets the buckets that have filled up again. Linear; to be called every few seconds.
  void sweep(time_point now);
  std::size_t size() const { return buckets_.size(); }

 private:
  rate rate_;
  std::size_t max_keys_;
  std::unordered_map<std::string, token_bucket> buckets_;
};

}  // namespace zhuqi::webchat
