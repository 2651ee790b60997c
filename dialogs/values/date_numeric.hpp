#pragma once
// Dates in digits and marks. Only for date_scan.cpp.

#include "dialogs/values/date_scan.hpp"

namespace zhuqi::dialogs::values {

/// Fills `out` with the digits-only date at `at`; false where none stands there.
bool scan_numeric_date(std::string_view s, std::size_t at, const context& about, said_date& out);

}  // namespace zhuqi::dialogs::values
