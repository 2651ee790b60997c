#pragma once
// How events, messages and effects stand in the log and in the outbox: a kind and a JSON body. The bodies are also what the
// web chat shows and what a replay reads back, so a member once written keeps its meaning.

#include "bot/base/result.hpp"
#include "dialogs/effect.hpp"
#include "dialogs/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// "take", "transfer", "release", "hand_back", "close".
std::string_view name_of(event::official::act a);
/// "reached", "unreachable", "declined".
std::string_view name_of(event::revisited::outcome o);
std::optional<event::revisited::outcome> revisit_named(std::string_view name);

/// The log kind of event::revisited, body {"grade","id","result","text"}.
inline constexpr std::string_view revisit_kind = "revisit";

/// "user.text", "user.media", "user.entered", "user.left", "user.menu", "timer", "notice", "service.result", "moved", "official",
/// "queue.place", "revisit".
std::string_view event_kind(const any_event& e);
/// `origin_id` (the sender's own id of it) becomes the member "id" unless it is empty.
std::string event_body(const any_event& e, std::string_view origin_id);
/// What was logged as `kind` with `body`; nothing for kinds that are no input of the engine (bot.text, handoff, …) and for
/// bodies that event_body did not write.
std::optional<any_event> event_from_body(std::string_view kind, std::string_view body);

/// The log kind of everything the bot says.
inline constexpr std::string_view message_kind = "bot.text";
/// {"hint","options":[{"label","value"}],"text"}; all members always present.
std::string message_body(const message& m);
/// errc::malformed for what message_body did not write.
result<message> message_from_body(std::string_view body);

/// "handoff", "dialog.ended", "withdrawn".
std::string_view effect_kind(const any_effect& e);
std::string effect_body(const any_effect& e);
/// As event_from_body, for effects.
std::optional<any_effect> effect_from_body(std::string_view kind, std::string_view body);

}  // namespace zhuqi::dialogs
