#include "bot/app/file_clock.hpp"

#include <fstream>

namespace zhuqi::app {

void file_clock::refresh() {
  std::ifstream in{path_};
  std::int64_t ms = 0;
  if (in >> ms) offset_.store(ms, std::memory_order_relaxed);
}

}  // namespace zhuqi::app
