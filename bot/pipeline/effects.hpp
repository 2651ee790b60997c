#pragma once
// What a step decided, as rows. Every effect of the engine is decided here and nowhere else (std::visit without a default).

#include "bot/pipeline/inbound.hpp"
#include "dialogs/engine.hpp"
#include "storage/rows.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace zhuqi::pipeline {

/// Log kinds that the pipeline writes itself, so that a replay knows what it cannot see: the conversation moved to the script
/// version {"version"}; the engine or the store refused the turn for {"reason"} and a person got it instead.
inline constexpr std::string_view pinned_kind = "script.pinned";
inline constexpr std::string_view fallback_kind = "fallback";

/// Who is told what the bot said.
enum class delivery : std::uint8_t {
  passive_then_outbox,  ///< what the passive reply cannot carry goes to the outbox
  outbox,               ///< nobody waits for an answer (timers)
  feed,                 ///< the user's client reads the event log itself
};

/// Appends the bot's messages and the effects of one step to `commit`, and sets `commit.after` (owner, epoch, wakeup, snapshot).
/// `already_said` messages are carried by the passive reply.
void add_step_rows(storage::turn_commit& commit, const dialogs::step_result& step, delivery how,
                   std::size_t already_said);

}  // namespace zhuqi::pipeline
