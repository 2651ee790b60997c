#include "bench/load/process_watch.hpp"

#include <time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace zhuqi::bench {
namespace {

/// Fields 14 and 15 of stat, in seconds; the second field (the name) may hold spaces, so count from its closing bracket.
double stat_seconds(const std::string& line) {
  const std::size_t bracket = line.rfind(')');
  if (bracket == std::string::npos) return 0;
  std::istringstream in{line.substr(bracket + 1)};
  std::string skipped;
  for (int i = 3; i < 14; ++i) in >> skipped;
  double user = 0;
  double kernel = 0;
  in >> user >> kernel;
  return (user + kernel) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  return line;
}

/// CPU seconds of one thread. schedstat counts nanoseconds where stat counts clock ticks.
double thread_seconds(const std::filesystem::path& task) {
  std::istringstream in{first_line(task / "schedstat")};
  double ns = 0;
  if (in >> ns) return ns / 1e9;
  return stat_seconds(first_line(task / "stat"));
}

}  // namespace

process_cost cost_of(pid_t pid) {
  process_cost out;
  const std::filesystem::path root = "/proc/" + std::to_string(pid);
  std::error_code gone;
  for (const auto& task : std::filesystem::directory_iterator{root / "task", gone}) {
    const double seconds = thread_seconds(task.path());
    out.thread_seconds[first_line(task.path() / "comm") + ' ' + task.path().filename().string()] = seconds;
    out.cpu_seconds += seconds;
  }
  std::ifstream status{root / "status"};
  for (std::string line; std::getline(status, line);) {
    std::istringstream in{line};
    std::string key;
    std::uint64_t kb = 0;
    in >> key >> kb;
    if (key == "VmRSS:") out.resident_kb = kb;
    if (key == "VmHWM:") out.resident_peak_kb = kb;
    if (key == "RssAnon:") out.anonymous_kb = kb;
  }
  return out;
}

double own_cpu_seconds() {
  timespec t{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

}  // namespace zhuqi::bench
