#pragma once
// Persisted timers: reads the rows that are due by the injected clock and turns each into a turn of its conversation. A row is
// deleted in the transaction of its turn, so a crash at any point fires it again, and the engine ignores what it has seen.

#include "bot/base/clock.hpp"
#include "bot/pipeline/intake.hpp"
#include "storage/store.hpp"

namespace zhuqi::pipeline {

/// Loop thread only.
class wakeups {
 public:
  wakeups(storage::store& store, intake& in, const clock& time) : store_{store}, intake_{in}, time_{time} {}

  /// Fires what is due, at most one batch at a time. To be called a few times a second; does nothing while a batch runs.
  void poll();
  bool idle() const { return running_ == 0; }

 private:
  static constexpr std::size_t batch = 256;  ///< rows read at once; each is a turn

  storage::store& store_;
  intake& intake_;
  const clock& time_;
  std::size_t running_ = 0;
};

}  // namespace zhuqi::pipeline
