#pragma once
// A set as a Mermaid flowchart: one subgraph per dialog, questions as hexagons, ends as stadiums, titles and
// sentences shortened.

#include "dialogs/script.hpp"

#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// All dialogs, or the one of this id (which must exist). The same set gives the same bytes.
std::string to_mermaid(const script_set& scripts, std::string_view dialog_id = {});

}  // namespace zhuqi::dialogs
