#pragma once
// Runs a stored log through the engine again and holds the result against what was stored: every message, every effect, and the
// last snapshot, byte for byte. A difference means that the engine is not the pure function it must be, or that somebody edited the log.

#include "dialogs/script.hpp"
#include "dialogs/state.hpp"
#include "storage/rows.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zhuqi::pipeline {

/// Feed it all events of all conversations in the order of their ids, then each conversation's stored state.
class replay {
 public:
  using script_source_fn = std::function<dialogs::script_set_ptr(std::string_view version)>;
  using report_fn = std::function<void(conversation_id, std::string what)>;

  /// `scripts` gives a version, nullptr where it is unknown, and the live one for "".
  replay(script_source_fn scripts, report_fn report) : scripts_{std::move(scripts)}, report_{std::move(report)} {}

  void event(storage::stored_event e);
  /// After the last event.
  void finish();
  void state(const storage::conversation& stored);

 private:
  void run_turn();

  script_source_fn scripts_;
  report_fn report_;
  std::vector<storage::stored_event> turn_;  ///< events of the turn being read
  std::unordered_map<conversation_id, dialogs::snapshot> states_;
};

}  // namespace zhuqi::pipeline
