#pragma once
// What the files say about conversations that are under way when a set is published. No part of the set's version.

#include "dialogs/source_mark.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace zhuqi::dialogs {

struct publish_plan {
  /// stay: they end on the version that they began. move: they go along with their answers. withdraw: they are sent to a state.
  enum class running : std::uint8_t { stay, move, withdraw };
  std::string why;  ///< one line for the log
  running under_way = running::stay;
  std::string dialog;  ///< withdraw: where to
  std::string state;
  std::vector<std::string>
      versions;  ///< hashes of those whose conversations are meant; empty: the one that was live before
  source_mark where;
};

}  // namespace zhuqi::dialogs
