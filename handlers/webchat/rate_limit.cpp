#include "handlers/webchat/rate_limit.hpp"

#include <algorithm>

namespace zhuqi::webchat {

double token_bucket::level(rate r, time_point now) const {
  const std::chrono::duration<double> since = now - seen_;
  return std::min(r.burst, tokens_ + std::max(0.0, since.count()) * r.per_second);
}

bool token_bucket::take(rate r, time_point now) {
  tokens_ = level(r, now);
  seen_ = std::max(seen_, now);
  if (tokens_ < 1.0) return false;
  tokens_ -= 1.0;
  return true;
}

bool token_bucket::full(rate r, time_point now) const { return level(r, now) >= r.burst; }

bool rate_limiter::take(std::string_view key, time_point now) {
  std::string name{key};
  const auto known = buckets_.find(name);
  if (known != buckets_.end()) return known->second.take(rate_, now);
  if (buckets_.size() >= max_keys_) sweep(now);
  if (buckets_.size() >= max_keys_) return false;
  return buckets_.emplace(std::move(name), token_bucket{rate_, now}).first->second.take(rate_, now);
}

void rate_limiter::sweep(time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) { return entry.second.full(rate_, now); });
}

}  // namespace zhuqi::webchat
