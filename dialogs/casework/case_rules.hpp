#pragma once
// A region's promises in numbers: limits by clock, track, difficulty and matter, and how often a thing may be done.
// Data with a version; every event names the version that decided.

#include "dialogs/casework/case_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zhuqi::dialogs::casework {

/// Members that are absent fit every case; of the rows that fit, the one that says most about the case decides, and
/// of equals the last: matter counts before difficulty, difficulty before track.
struct limit_row {
  clock_kind clock;
  time_limit limit;
  std::optional<track> on{};
  std::optional<difficulty> how_hard{};
  std::string matter{};
};

struct case_rules {
  std::string version;
  std::vector<limit_row> limits;
  int returns = 2;          ///< 退单 before a ruling binds
  int transfers = 3;        ///< between departments; a supervisor may go on
  int extensions = 1;       ///< granted ones
  int extension_days = 15;  ///< working days of one
  int redos = 2;            ///< rounds after a bad grade
  int assists = 8;          ///< units asked to assist in one case
  int supplement_days = 5;  ///< working days after the signature in which papers may be asked for
  std::int64_t extension_notice_ms = 390 * 60'000;  ///< working time before the due time
  std::int64_t urge_pause_ms = 24 * 3'600'000;      ///< between two urgings of the enterprise
};

/// What published rules of cities have in common (docs/casework.md names them); a region replaces rows.
case_rules usual_rules();

/// Clocks for which some case would have no limit; empty for complete rules.
std::vector<clock_kind> missing_limits(const case_rules& rules);

/// ZHUQI_ASSERTs that the rules are complete.
time_limit limit_for(const case_rules& rules, clock_kind clock, const case_file& of);

}  // namespace zhuqi::dialogs::casework
