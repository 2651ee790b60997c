#pragma once
// Choosing among options that come from anywhere: a script's variable, a request of the command line.

#include "dialogs/values/parse.hpp"

#include <span>

namespace zhuqi::dialogs::values {

struct option_view {
  std::string_view id;
  std::span<const std::string> keys;  ///< labels and other names, folded
};
using option_list = std::span<const option_view>;

/// By shown number, label, other name, a sentence that mentions exactly one and denies nothing, or a near miss of
/// exactly one.
parsed parse_options(option_list options, std::string_view folded);

}  // namespace zhuqi::dialogs::values
