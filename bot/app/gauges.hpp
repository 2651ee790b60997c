#pragma once
// The state of the process for /metrics, read at scrape time.

#include "bot/runtime/metrics.hpp"

#include <chrono>
#include <filesystem>

namespace zhuqi::app {

/// Memory, descriptors, file sizes and uptime, as the operating system has them. What it does not say is left as it was.
void set_process_gauges(metrics::registry& metrics, const std::filesystem::path& database,
                        std::chrono::steady_clock::time_point started);

}  // namespace zhuqi::app
