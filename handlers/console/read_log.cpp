#include "handlers/console/read_log.hpp"

namespace zhuqi::console {
namespace {

constexpr std::int64_t once_in_ms = std::chrono::milliseconds{limits::read_recorded}.count();

}  // namespace

void read_log::record(const reading& what, done_fn done) {
  forget(what.at);
  std::string key = std::to_string(what.who.value) + ' ' + what.subject;
  if (const auto known = recorded_.find(key); known != recorded_.end()) {
    // A clock that was set back proves nothing about the hour.
    if (what.at >= known->second && what.at - known->second < once_in_ms) return done({});
  }
  auto& waiting = under_way_[key];
  waiting.push_back(std::move(done));
  if (waiting.size() > 1) return;
  storage::staff_audit row{0, what.at, what.who, what.act, what.subject, {}, what.address};
  store_.apply({}, {std::move(row)}, [this, key = std::move(key), at = what.at](const result<std::int64_t>& how) {
    written(key, at, how ? result<void>{} : result<void>{make_error_code(errc::unavailable)});
  });
}

void read_log::written(const std::string& key, unix_ms at, result<void> how) {
  auto waited = under_way_.extract(key);
  if (how) {
    recorded_[key] = at;
    order_.emplace_back(key, at);
  }
  for (const auto& done : waited.mapped()) done(how);
}

void read_log::forget(unix_ms now) {
  while (!order_.empty() && (order_.size() > most_ || now - order_.front().second >= once_in_ms)) {
    const auto known = recorded_.find(order_.front().first);
    if (known != recorded_.end() && known->second == order_.front().second) recorded_.erase(known);
    order_.pop_front();
  }
}

}  // namespace zhuqi::console
