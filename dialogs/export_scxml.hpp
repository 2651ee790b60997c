#pragma once
// A set as SCXML (https://www.w3.org/TR/scxml/): dialogs are compound states, their states keep their ids as
// "dialog.state".
// Texts of the main language, and whatever SCXML has no word for, stand in elements of a namespace of our own, so that
// nothing of states, branches, guards, texts and outcomes is lost.

#include "dialogs/script.hpp"

#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// All dialogs, or the one of this id (which must exist). The same set gives the same bytes.
std::string to_scxml(const script_set& scripts, std::string_view dialog_id = {});

}  // namespace zhuqi::dialogs
