#pragma once
// Who may speak in a conversation, and how that changes: the transition table and its fencing epoch. Pure; the store and the
// desk apply it, the engine uses two of its rows (bot → queue, queue → bot).

#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"
#include "dialogs/state.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zhuqi::dialogs {

enum class handoff_cause : std::uint8_t {
  asked_for_human,    ///< the user's word
  bot_gave_up,        ///< the tries at a question are used up, or the script failed
  script,             ///< a handoff state
  policy,             ///< a rule outside of the script
  withdrawn_by_user,  ///< before an official took it
  accepted,           ///< an official takes the next one of the queue
  taken_over,         ///< an official breaks in on the bot
  transferred,        ///< to another official
  released,           ///< back to the queue, by the official
  agent_offline,      ///< back to the queue, because the official is gone
  handed_back,        ///< to the bot, at a state of its script or from the start
  closed_by_staff,
  closed_by_silence,
  user_returned,  ///< wrote again after the end
  case_open,      ///< wrote again after the end, and sticks to the official of the open case
};

struct ownership_change {
  talker from;
  talker to;
  handoff_cause cause;
  bool operator==(const ownership_change&) const = default;
};

/// Every change there is; what is not in it is refused.
std::span<const ownership_change> ownership_changes();
bool is_allowed(talker from, talker to, handoff_cause cause);
std::string_view cause_name(handoff_cause cause);

struct ownership {
  talker owner = talker::bot;
  std::string id;  ///< staff id while human, queue name while in the queue, else ""
  epoch_no epoch;
  bool operator==(const ownership&) const = default;
};

/// Applies one change decided under `seen`: errc::conflict if the epoch has moved since or the table does not have the row
/// (a transfer to oneself neither). The new epoch is one higher, so that everything decided under the old one is refused.
result<ownership> change_owner(const ownership& now, epoch_no seen, talker to, std::string to_id, handoff_cause cause);

}  // namespace zhuqi::dialogs
