#pragma once
// The pages that the build put into the binary (web/CMakeLists.txt).

#include "bot/base/embedded.hpp"

#include <span>

namespace zhuqi::web {

/// The web chat.
std::span<const base::embedded_file> files();

}  // namespace zhuqi::web

namespace zhuqi::web_console {

/// The officials' console.
std::span<const base::embedded_file> files();

}  // namespace zhuqi::web_console
