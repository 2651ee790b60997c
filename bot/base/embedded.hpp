#pragma once
// A file that the build put into the binary (cmake/targets.cmake, zhuqi_embed).

#include <cstddef>
#include <span>
#include <string_view>

namespace zhuqi::base {

struct embedded_file {
  std::string_view name;  ///< path relative to the folder it came from, '/'-separated
  std::string_view bytes;
};

}  // namespace zhuqi::base
