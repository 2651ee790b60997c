#pragma once
// Many connections that do little: keep-alive ones that are silent, and clients that send their head a byte at a time.

#include "bench/load/run.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace zhuqi::bench {

struct crowd_plan {
  target where;
  account who;
  std::size_t connections = 10'000;
  double seconds = 3;  ///< how long they stay (slow: how long it goes on)
  pid_t server = 0;
};

struct idle_result {
  std::size_t open = 0;  ///< still open at the end
  process_cost before, after;
  std::map<std::string, std::uint64_t> errors;
};

/// Opens the connections, sends one callback on each, waits, and looks at the server's memory. `before` is taken when a load has
/// just warmed the server up, so that only the connections make the difference.
idle_result hold_idle(const crowd_plan& plan);

struct slow_result {
  std::uint64_t opened = 0;  ///< connections over the whole time; the server is right to close them
  std::uint64_t closed_by_server = 0;
  std::size_t fewest_open = 0;
};

/// Keeps this many connections sending one byte of a request head per second; opens a new one where the server closes one.
slow_result trickle(const crowd_plan& plan);

}  // namespace zhuqi::bench
