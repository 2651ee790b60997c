#pragma once
// Walking a dialog in the abstract: every (state, region of each name that still matters) that a run can be in, breadth first,
// for one period of the parameters at a time. The walk only observes; what is a finding is decided in check_flow.

#include "dialogs/check_model.hpp"
#include "dialogs/question_bound.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace zhuqi::dialogs {

/// More (state, regions) than this are not walked: the dialog counts as not proved.
inline constexpr std::size_t most_places = 200'000;

/// What a call of a dialog can come to.
struct called_dialog {
  bool walked = false;
  std::set<std::pair<std::string, std::set<std::string>>> returns;  ///< outcome, and outputs that are set then
  bool reaches_human = false;
  std::optional<question_bound> questions;  ///< nullopt: without bound
};
using called_dialogs = std::map<std::string, called_dialog>;

/// Name → region + 1, by slot; 0 = not set, or it does not matter any more.
using valuation = std::u16string;

enum class leading : std::uint8_t { answer, miss, command };

struct place {
  struct way {
    std::uint32_t to;
    leading how;
  };
  std::uint32_t state = 0;
  valuation known;
  bool expiring = false;  ///< an expired dialog does not return to its caller
  bool spoken = false;    ///< the user has been told something since they last said something
  bool ends = false;      ///< here it is over, a human takes over, or a finding of its own says why it does not go on
  std::vector<way> ways;
};

struct branch_seen {
  std::size_t tried = 0, held = 0, taken = 0;
  bool undecided = false;
};
struct pair_seen {
  bool both = false, first_only = false, second_only = false;
};
struct gap_seen {
  valuation known;
  std::string period;
};

/// What was seen in all periods together.
struct observations {
  bool complete = true;        ///< false where there were more than most_places, or below_unknown
  bool below_unknown = false;  ///< a called dialog was not walked; why stands there
  std::vector<bool> visited;
  std::vector<std::vector<branch_seen>> branches;
  std::map<std::pair<std::size_t, std::pair<std::size_t, std::size_t>>, pair_seen> pairs;  ///< state, two branches
  std::map<std::size_t, std::vector<gap_seen>> gaps;                                       ///< by state
  std::set<std::size_t> open_ends;  ///< states whose guards are not decided and leave no branch for the rest
  std::set<std::size_t> silent;     ///< states that end a dialog without a word
  std::set<std::pair<std::size_t, std::size_t>> unproved;  ///< state, condition that its regions do not decide
  std::map<std::tuple<int, int, std::string, std::uint32_t>, std::size_t>
      unset_reads;  ///< line, column, source, slot → state
};

/// The days on which a parameter that the dialog may read changes, from when all have a value; one empty day without any.
std::vector<std::string> periods_of(const script_source& set, const dialog& d);

/// Walks one period; `graph` gets its places, the first of them where it starts.
void walk(const flow_model& m, const std::string& period, const called_dialogs& called, observations& seen,
          std::vector<place>& graph, called_dialog& result);

}  // namespace zhuqi::dialogs
