#include "bot/app/gauges.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace zhuqi::app {
namespace fs = std::filesystem;
namespace {

void set_size(metrics::registry& metrics, std::string_view name, const fs::path& file) {
  std::error_code missing;
  const auto bytes = fs::file_size(file, missing);
  metrics.gauge(name, missing ? 0.0 : static_cast<double>(bytes));
}

}  // namespace

void set_process_gauges(metrics::registry& metrics, const fs::path& database,
                        std::chrono::steady_clock::time_point started) {
  set_size(metrics, "database_bytes", database);
  set_size(metrics, "wal_bytes", database.string() + "-wal");

  std::ifstream statm{"/proc/self/statm"};
  std::int64_t total = 0;
  std::int64_t resident = 0;
  if (statm >> total >> resident) {
    metrics.gauge("resident_bytes", static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
  }
  std::error_code unreadable;
  const fs::directory_iterator open_files{"/proc/self/fd", unreadable};
  if (!unreadable)
    metrics.gauge("open_descriptors", static_cast<double>(std::distance(begin(open_files), end(open_files))));
  metrics.gauge("uptime_seconds", std::chrono::duration<double>{std::chrono::steady_clock::now() - started}.count());
}

}  // namespace zhuqi::app
