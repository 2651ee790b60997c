#pragma once
// How personal numbers may be shown and logged.

#include <string>
#include <string_view>

namespace zhuqi::dialogs::values {

/// 110101********1234: region and last four. Anything that is no 18 characters becomes stars.
std::string mask_id_number(std::string_view number);

}  // namespace zhuqi::dialogs::values
