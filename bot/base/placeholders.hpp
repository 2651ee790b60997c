#pragma once
// Sentences out of a table: "{0}" to "{9}" stand for arguments.

#include <span>
#include <string>
#include <string_view>

namespace zhuqi::text {

/// `pattern` with each "{n}" replaced by args[n]; by nothing where there is no such argument.
std::string filled(std::string_view pattern, std::span<const std::string> args);

}  // namespace zhuqi::text
