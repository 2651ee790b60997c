#pragma once
// The composition root: makes every part, gives each what it needs, starts them and stops them in order.

#include "bot/app/config.hpp"

#include <string>

namespace zhuqi::app {

/// For tests of time: a file that holds an offset in milliseconds, added to the wall clock. "" = none.
struct serve_options {
  std::string clock_file;
};

/// Serves until SIGTERM or SIGINT, then stops gracefully. Gives the process's exit code. Throws for what the environment refuses
/// (address in use, data folder locked, disk full at start).
int serve(const config& settings, const serve_options& options);

}  // namespace zhuqi::app
