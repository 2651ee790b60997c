#pragma once
// What the tests of casework share: a city's calendar and its clock in words.

#include "dialogs/casework/working_calendar.hpp"

#include <string>
#include <string_view>

namespace zhuqi::dialogs::casework::testing {

/// The usual week of region 370600 with the shipped notices.
const working_calendar& city_calendar();
/// "2026-03-02 09:00" at UTC+8.
unix_ms at(std::string_view local);
std::string shown(unix_ms at);

}  // namespace zhuqi::dialogs::casework::testing
