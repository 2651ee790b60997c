#pragma once
// The closed vocabulary of what can happen to a conversation. Channels translate into it, the engine reads nothing else.

#include "bot/base/ids.hpp"

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
  std::string ref;   ///< the platform's handle (media id, upload id), "" where it gives none
  std::string note;  ///< what a person should see of it: file name, place label, link title
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

/// Told by the platform, recorded, without meaning for the dialog (delivery reports, menu views, …).
struct notice {
  std::string kind;
  std::string detail;
  bool operator==(const notice&) const = default;
};

}  // namespace zhuqi::dialogs::event

namespace zhuqi::dialogs {

using any_event =
    std::variant<event::text, event::media, event::entered, event::left, event::menu, event::timer, event::notice>;

}  // namespace zhuqi::dialogs
