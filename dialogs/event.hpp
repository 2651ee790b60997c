#pragma once
// The closed vocabulary of what can happen to a conversation. Channels translate into it, the engine reads nothing else.

#include "bot/base/ids.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>

namespace zhuqi::dialogs::event {

/// Words of the user: typed, or the value of a quick reply that was tapped. Valid UTF-8, at most limits::user_text_bytes.
struct text {
  std::string text;
  bool operator==(const struct text&) const = default;  // "struct", because the member hides the name
};

/// Something that is not words: image, voice, video, file, location, link, miniprogram.
struct media {
  std::string kind;
  std::string ref;         ///< the platform's handle (media id, upload id), "" where it gives none
  std::string note;        ///< what a person should see of it: file name, place label, link title
  std::string type{};      ///< of its content, as "pdf" or "jpg"; "" where the channel cannot tell
  std::int64_t bytes = 0;  ///< its size; 0 where the channel cannot tell
  bool operator==(const media&) const = default;
};

/// The user followed the account or opened the chat; `scene` is the QR scene or start parameter, "" without one.
struct entered {
  std::string scene;
  bool operator==(const entered&) const = default;
};

/// The user unfollowed: nothing can be sent any more.
struct left {
  bool operator==(const left&) const = default;
};

/// A tap in the account's menu.
struct menu {
  std::string key;
  bool operator==(const menu&) const = default;
};

/// A timer that the engine asked for has come due.
struct timer {
  std::string name;
  unix_ms due;
  bool operator==(const timer&) const = default;
};

/// What a service answered to an effect::call.
struct service_result {
  std::string id;                             ///< of the call
  std::string error;                          ///< "" = it worked; else "timeout", "unavailable", "refused", …
  std::map<std::string, std::string> fields;  ///< canonical values by the names of the service's `returns`
  bool operator==(const service_result&) const = default;
};

/// An admin withdrew the version that this conversation runs on, or migrates it: it goes on in the version of this step.
struct moved {
  std::string dialog;                          ///< "" = stay in the same dialog
  std::string state;                           ///< "" = walk the answers again; else go to this state, answers kept
  std::map<std::string, std::string> types{};  ///< answer_types() in the version it comes from
  bool operator==(const moved&) const = default;
};

/// An official changed who talks to the user. What officials write to the user is no event of the engine.
struct official {
  enum class act : std::uint8_t { take, transfer, release, hand_back, close, accept };
  act what = act::take;
  std::string to;      ///< transfer: the id of the colleague who talks from now on
  std::string dialog;  ///< hand_back: where the bot goes on; "" = where it was, or at the menu
  std::string state;   ///< "" = at the beginning
  std::string note{};  ///< for people: the reason, or how it ended; means nothing to the engine
  bool operator==(const official&) const = default;
};

/// A colleague asked the user afterwards, by telephone, how an official's service was (回访).
struct revisited {
  enum class outcome : std::uint8_t { reached, unreachable, declined };
  outcome result = outcome::reached;
  std::int64_t grade = 0;  ///< what the user said, 5 = very satisfied … 1; 0 = nothing
  std::string text;        ///< of the colleague, for people
  bool operator==(const revisited&) const = default;
};

/// How the queue stands that the conversation came to in this very turn, as the desk counted it.
struct queued {
  std::int64_t ahead = 0;    ///< who waits before this one
  std::int64_t minutes = 0;  ///< within which somebody usually answers, or has to; at least 1
  bool operator==(const queued&) const = default;
};

/// Told by the platform, recorded, without meaning for the dialog (delivery reports, menu views, …).
struct notice {
  std::string kind;
  std::string detail;
  bool operator==(const notice&) const = default;
};

}  // namespace zhuqi::dialogs::event

namespace zhuqi::dialogs {

using any_event =
    std::variant<event::text, event::media, event::entered, event::left, event::menu, event::timer, event::notice,
                 event::service_result, event::moved, event::official, event::queued, event::revisited>;

}  // namespace zhuqi::dialogs
