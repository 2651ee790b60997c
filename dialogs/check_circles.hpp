#pragma once
// What a walked dialog says about going round: circles that answers alone can repeat, places without a way out, and the most
// questions that any run can take.

#include "dialogs/check_walk.hpp"

#include <optional>
#include <set>
#include <vector>

namespace zhuqi::dialogs {

struct circles {
  std::set<std::set<std::size_t>> of_questions;      ///< states of each circle that no choice of the user's ends
  std::set<std::set<std::size_t>> without_question;  ///< states of each circle that asks nothing
  std::optional<question_bound> questions;           ///< nullopt where such a circle is there or below
};

/// Commands and timers are left out: whoever says 返回 for ever goes on for ever.
circles find_circles(const flow_model& m, const std::vector<place>& graph, const called_dialogs& called);

/// States with a place from which no way of answering reaches an end or a human.
std::set<std::size_t> stuck_states(const std::vector<place>& graph);

}  // namespace zhuqi::dialogs
