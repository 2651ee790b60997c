#pragma once
// A real conversation on other scripts. Not turn by turn, but by slot: whatever question the draft asks, it gets what
// the user once typed for the same variable. Both versions are walked in the same way and compared.

#include "dialogs/engine.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs {

/// One dialog of a conversation, from its first question to its end, as it was logged.
struct recorded_dialog {
  std::string dialog;
  unix_ms at;       ///< when it was opened
  snapshot before;  ///< language, profile and owner at that moment
  /// What came in while a variable ("dialog.variable") was asked for, in order: answers, misses, commands, timers.
  std::map<std::string, std::vector<std::pair<unix_ms, any_event>>> said;
  std::map<std::string, std::vector<event::service_result>> results;  ///< by service, in order
  std::string outcome;                                                ///< "dialog.outcome", "" where it has not ended
};

/// Cuts the events of one conversation into dialogs. Feed every input in order, with the version it ran on.
class dialog_recorder {
 public:
  void take(const script_set& scripts, const any_event& what, unix_ms at);
  /// The dialogs so far. One that is under way counts as left there by its user; what comes after of it (on another
  /// version)
  /// is left out.
  std::vector<recorded_dialog> finish();
  /// The bot gave up outside the engine: what was under way is no use for a comparison.
  void fell_back();
  const snapshot& state() const { return now_; }

 private:
  void begin(unix_ms at);
  void end(std::string outcome);

  snapshot now_;
  snapshot before_;  ///< when no dialog was under way
  std::vector<recorded_dialog> done_;
  recorded_dialog open_;
  bool under_way_ = false;
  bool skipping_ = false;                     ///< the rest of a dialog whose beginning is not in `open_`
  std::map<std::string, std::string> calls_;  ///< id of a call under way → service
};

enum class replay_class : std::uint8_t { identical, text_only, outcome_flip, needs_information, no_end };
std::string_view name_of(replay_class c);

/// What one walk came to.
struct replay_run {
  std::string place;  ///< "dialog.outcome", or "dialog.state" where it waits
  bool ended = false;
  bool endless = false;  ///< stopped because it only went round
  std::string missing;   ///< "dialog.variable" that nothing was said for, "" = none
  int questions = 0;
  int handoffs = 0;
  int retries = 0;
  std::string said;  ///< everything that the bot said
};

struct replay_verdict {
  replay_class what = replay_class::identical;
  replay_run before, after;
  bool faithful = true;  ///< walking the old version by slot gives the outcome that was logged
};

replay_run walk_by_slot(const script_set& scripts, const recorded_dialog& recorded);
replay_verdict compare_by_slot(const script_set& ran_on, const script_set& draft, const recorded_dialog& recorded);

}  // namespace zhuqi::dialogs
