#pragma once
// Who looked at what is not theirs. A conversation or case of somebody else holds personal data, so opening one leaves a record
// among the others (staff_audit), and is answered only once that is durable: what cannot be recorded is not shown. Once an hour
// for each person and object: a page that reads on, or again, costs nothing. Loop thread only.

#include "bot/base/limits.hpp"
#include "storage/staff_store.hpp"

#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace zhuqi::console {

struct reading {
  staff_id who;
  std::string act;      ///< "thread.read", "case.read"
  std::string subject;  ///< "thread:17", "case:4"
  unix_ms at;
  std::string address;
};

class read_log {
 public:
  /// Whether what was asked may be shown.
  using done_fn = std::function<void(result<void>)>;

  /// `store` outlives it; `most`: readings that it remembers at a time.
  explicit read_log(storage::staff_store& store, std::size_t most = limits::remembered_reads)
      : store_{store}, most_{most} {}

  /// `done` runs once the reading is on record: now, where it is already, else after the commit. errc::unavailable where it
  /// cannot be written; the next reading tries again. Readings that come while the first is being written wait for it.
  void record(const reading& what, done_fn done);

  /// What it remembers, and what is being written.
  std::size_t size() const { return order_.size() + under_way_.size(); }

 private:
  void forget(unix_ms now);
  void written(const std::string& key, unix_ms at, result<void> how);

  storage::staff_store& store_;
  std::size_t most_;
  std::unordered_map<std::string, unix_ms> recorded_;
  std::deque<std::pair<std::string, unix_ms>> order_;  ///< of recorded_, oldest first; some were recorded again since
  std::unordered_map<std::string, std::vector<done_fn>> under_way_;
};

}  // namespace zhuqi::console
