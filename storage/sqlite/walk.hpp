#pragma once
// One pass over a whole database, for checks that need more than SQL: the log in commit order, then each conversation's
// newest state. Works beside a running server, on one moment of it.

#include "storage/rows.hpp"

#include <functional>
#include <string>
#include <vector>

namespace zhuqi::storage {

struct visitor {
  std::function<void(script_version)> script;  ///< every published version; the live one last
  std::function<void(stored_event)> event;     ///< in the order of ids
  /// Where set: every case with all its events, after everything else.
  std::function<void(case_row, std::vector<case_event_row>)> case_log{};
  std::function<void(conversation)> state;  ///< after the last event; id, owner, seq and snapshot are filled in
};

/// Throws std::runtime_error where there is no database of this binary's version at `path`.
void walk(const std::string& path, const visitor& visit);

}  // namespace zhuqi::storage
