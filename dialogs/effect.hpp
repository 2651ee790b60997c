#pragma once
// The closed vocabulary of what a step asks of the world, besides its messages. The pipeline turns each into rows
// (std::visit without a default, so that a new effect does not compile until somebody decides what it means).

#include "bot/base/ids.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace zhuqi::dialogs {

/// A tappable answer. `value` is what the user would type for it ("1").
struct quick_reply {
  std::string value;
  std::string label;
  bool operator==(const quick_reply&) const = default;
};

/// One message to the user, in the user's language. The channel decides how options look.
struct message {
  std::string text;
  std::vector<quick_reply> options;
  std::string hint;  ///< shown after the options where they cannot be tapped, e.g. 「请回复数字」
  bool operator==(const message&) const = default;
};

namespace effect {

/// The conversation goes to the officials' queue; the bot is silent until it is handed back.
struct handoff {
  std::string queue;
  std::string note;                          ///< for the official: why the bot gave up, what it collected
  std::map<std::string, std::string> slots;  ///< label → value as shown to people
  std::int64_t sla_ms = 0;                   ///< within which an official should answer; 0 = the queue's own
  std::vector<std::string> attach{};         ///< handles of files
  bool operator==(const handoff&) const = default;
};

/// A dialog came to one of its outcomes with these answers (variable id → canonical value).
struct ended {
  std::string dialog;
  std::string outcome;
  std::map<std::string, std::string> slots;
  bool operator==(const ended&) const = default;
};

/// A service is asked; its answer comes back as event::service_result.
struct call {
  std::string id;  ///< unique in the conversation
  std::string service;
  std::map<std::string, std::string> args;  ///< canonical values by the service's names
  std::int64_t timeout_ms = 0;
  bool once = true;  ///< must not be repeated after an unclear failure
  bool operator==(const call&) const = default;
};

/// The user graded an official's service after its end: 5 = very satisfied … 1 = very dissatisfied.
struct graded {
  std::int64_t grade = 0;
  bool operator==(const graded&) const = default;
};

/// The user withdrew from the queue (before an official took the conversation) and talks to the bot again.
struct withdrawn {
  bool operator==(const withdrawn&) const = default;
};

}  // namespace effect

using any_effect = std::variant<effect::handoff, effect::ended, effect::withdrawn, effect::call, effect::graded>;

}  // namespace zhuqi::dialogs
