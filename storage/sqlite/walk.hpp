#pragma once
// One pass over a whole database, for checks that need more than SQL: the log in commit order, then each conversation's
// newest state. Works beside a running server, on one moment of it.

#include "storage/rows.hpp"

#include <functional>
#include <string>

namespace zhuqi::storage {

struct visitor {
  std::function<void(script_version)> script;  ///< every published version; the live one last
  std::function<void(stored_event)> event;     ///< in the order of ids
  std::function<void(conversation)> state;     ///< after the last event; id, owner, seq and snapshot are filled in
};

/// Throws std::runtime_error where there is no database of this binary's version at `path`.
void walk(const std::string& path, const visitor& visit);

}  // namespace zhuqi::storage
