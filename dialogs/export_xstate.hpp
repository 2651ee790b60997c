#pragma once
// A set as the JSON of an XState v5 machine: dialogs are compound states. Guards are {type: "cel", params:
// {expression}}, texts are actions {type: "say", params: {role, text}}, services and called dialogs are invoked
// actors; whoever runs it provides these. What XState has no word for stands in `meta`.

#include "dialogs/script.hpp"

#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// All dialogs, or the one of this id (which must exist). The same set gives the same bytes.
std::string to_xstate(const script_set& scripts, std::string_view dialog_id = {});

}  // namespace zhuqi::dialogs
