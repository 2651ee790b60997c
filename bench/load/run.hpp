#pragma once
// One load run: keeps a fixed set of keep-alive connections busy, either as fast as replies come (closed loop) or at a constant
// rate (open loop), and checks every reply.

#include "bench/load/callback.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/process_watch.hpp"
#include "bench/load/socket.hpp"
#include "bench/load/users.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace zhuqi::bench {

/// Where each user begins.
enum class start_place : std::uint8_t {
  fresh,   ///< the server has never seen them: at the first step
  lost,    ///< somewhere: each restarts first
  spread,  ///< user i has taken i mod (number of steps) steps, as bench/seed_database.py writes them
};

struct load_plan {
  target where;
  account who;
  walk script;
  strictness level = strictness::dialog;
  std::size_t connections = 64;
  double rate = 0;  ///< turns per second; 0 = closed loop
  double warmup_s = 1;
  double seconds = 8;
  std::uint64_t most_turns = UINT64_MAX;  ///< stop earlier after so many
  std::uint64_t users = 10'000;
  std::uint64_t first_user = 0;
  start_place begin = start_place::fresh;
  std::string places_file;   ///< where each user stands after the run; read instead of `begin` where it exists
  unsigned mix_percent = 0;  ///< share of retries, pictures and menu views among the messages
  std::uint64_t seed = 1;
  pid_t server = 0;
};

struct load_result {
  histogram latency;                            ///< closed loop: from sending; open loop: from when the message was due
  double seconds = 0;                           ///< measured part, without warm-up
  std::uint64_t answers = 0;                    ///< all of them in it, also those to messages from before it
  std::uint64_t turns = 0;                      ///< right replies in it
  std::map<std::string, std::uint64_t> errors;  ///< over the whole run, warm-up included
  std::vector<std::string> samples;             ///< the first wrong replies
  double own_cpu = 0;                           ///< CPU seconds of the generator in the measured part
  process_cost server_before, server_after;
};

/// How long a message waits for its answer: WeChat hangs up after 5 s.
inline constexpr std::chrono::seconds patience{5};

/// Throws std::system_error where the server cannot be reached.
load_result run_load(const load_plan& plan);

}  // namespace zhuqi::bench
