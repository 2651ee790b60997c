// The table itself. Anyone may be closed from anywhere; nobody but an official accepts; the bot never takes a human's place by
// itself.
#include "dialogs/handoff.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs {
namespace {

using enum talker;
using enum handoff_cause;

constexpr std::array changes{
    ownership_change{bot, queue, asked_for_human},
    ownership_change{bot, queue, bot_gave_up},
    ownership_change{bot, queue, script},
    ownership_change{bot, queue, policy},
    ownership_change{bot, human, taken_over},
    ownership_change{queue, human, accepted},
    ownership_change{queue, bot, withdrawn_by_user},
    ownership_change{human, human, transferred},
    ownership_change{human, queue, released},
    ownership_change{human, queue, agent_offline},
    ownership_change{human, bot, handed_back},
    ownership_change{bot, closed, closed_by_staff},
    ownership_change{bot, closed, closed_by_silence},
    ownership_change{queue, closed, closed_by_staff},
    ownership_change{queue, closed, closed_by_silence},
    ownership_change{human, closed, closed_by_staff},
    ownership_change{human, closed, closed_by_silence},
    ownership_change{closed, bot, user_returned},
    ownership_change{closed, human, case_open},
};

constexpr std::array<std::string_view, 15> cause_names{
    "asked_for_human",   "bot_gave_up",   "script",   "policy",        "withdrawn_by_user", "accepted",
    "taken_over",        "transferred",   "released", "agent_offline", "handed_back",       "closed_by_staff",
    "closed_by_silence", "user_returned", "case_open"};

}  // namespace

std::span<const ownership_change> ownership_changes() { return changes; }

bool is_allowed(talker from, talker to, handoff_cause cause) {
  return std::find(changes.begin(), changes.end(), ownership_change{from, to, cause}) != changes.end();
}

std::string_view cause_name(handoff_cause cause) { return cause_names[static_cast<std::size_t>(cause)]; }

result<ownership> change_owner(const ownership& now, epoch_no seen, talker to, std::string to_id, handoff_cause cause) {
  const bool to_oneself = now.owner == to && now.id == to_id;
  const bool nameless = to == human && to_id.empty();
  if (seen != now.epoch || to_oneself || nameless || !is_allowed(now.owner, to, cause))
    return make_error_code(errc::conflict);
  return ownership{to, std::move(to_id), now.epoch.next()};
}

}  // namespace zhuqi::dialogs
