#pragma once
// What a process costs, from /proc: CPU time of each of its threads, and its memory.

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>

namespace zhuqi::bench {

struct process_cost {
  std::map<std::string, double> thread_seconds;  ///< CPU per "name tid", user and kernel
  double cpu_seconds = 0;
  std::uint64_t resident_kb = 0;       ///< VmRSS
  std::uint64_t resident_peak_kb = 0;  ///< VmHWM
  std::uint64_t anonymous_kb = 0;      ///< RssAnon: without mapped files
};

/// Now. All zero where there is no such process.
process_cost cost_of(pid_t pid);

/// CPU seconds that this process has used.
double own_cpu_seconds();

}  // namespace zhuqi::bench
