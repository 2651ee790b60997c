#pragma once
// The script as the engine sees it: an immutable set of dialogs that were checked and published together.

#include "bot/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::dialogs {

class script_set;
using script_set_ptr = std::shared_ptr<const script_set>;

}  // namespace zhuqi::dialogs
