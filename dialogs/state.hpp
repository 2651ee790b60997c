#pragma once
// What a conversation remembers between two events. Plain data with a canonical byte form (state_json.cpp).

#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"
#include "dialogs/lang.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// Who answers the user now. The engine keeps it so that replay needs nothing else; the store fences it by epoch.
enum class talker : std::uint8_t { bot, queue, human, closed };

/// One dialog under way: the bottom frame is what the user came for, frames above are digressions and calls.
struct frame {
  std::string dialog;
  std::string state;
  std::map<std::string, std::string> vars;  ///< variable id → canonical value
  std::vector<std::string> trail;           ///< asks answered so far, oldest first (for 返回)
  int attempt = 0;                          ///< failed tries at the pending question
  int asides = 0;                           ///< pictures, voice, blanks since the question was asked: the first is free
  bool confirming = false;                  ///< the pending question is whether a remembered answer still holds
  std::vector<std::string> replay{};        ///< asks whose old answers are taken over silently while they still fit
  std::vector<std::string> exact{};         ///< variables for which a range was not enough
  std::map<std::string, std::map<std::string, std::string>> results{};  ///< do state → what its service returned
  std::string last_do{};                                                ///< whose result `result` is
  std::string outcome{};                                                ///< of the dialog that was called last
  std::string awaits{};                                                 ///< id of the service call under way, "" = none
  bool operator==(const frame&) const = default;
};

/// A dialog that expired half-way; 「继续」 takes it up by walking its answers again, on whatever version is live then.
struct parked_dialog {
  std::string dialog;
  std::map<std::string, std::string> vars;
  std::map<std::string, std::string>
      types;  ///< of the variables when they were answered: a type may change its meaning
  std::vector<std::string> trail;
  std::map<std::string, std::map<std::string, std::string>> results;
  unix_ms at;
  bool operator==(const parked_dialog&) const = default;
};

struct pending_timer {
  std::string name;
  unix_ms due;
  bool operator==(const pending_timer&) const = default;
};

struct snapshot {
  std::string version;  ///< SHA-256 (hex) of the script_set it runs on; "" = not begun
  lang language = lang::zh_cn;
  talker owner = talker::bot;
  std::vector<frame> stack;
  std::map<std::string, std::string> profile;  ///< slots shared over dialogs, e.g. the company's name
  std::map<std::string, unix_ms> known_since;  ///< when a slot of the profile was told or confirmed
  std::vector<parked_dialog> parked;           ///< latest last, at most limits::parked_dialogs
  std::int64_t calls = 0;                      ///< services asked so far; makes the ids of calls
  std::vector<pending_timer> timers;           ///< soonest first
  unix_ms grade_asked{};                       ///< since when a grade for an official's service is open; 0 = none is
  bool operator==(const snapshot&) const = default;
};

/// Canonical bytes: equal snapshots give equal bytes.
std::string serialize(const snapshot& s);
/// errc::malformed for bytes that serialize() did not write.
result<snapshot> deserialize(std::string_view bytes);

}  // namespace zhuqi::dialogs
