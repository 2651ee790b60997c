#pragma once
// The frames of docs/webchat-protocol.md: text in, checked values out, and back. Nothing past this file sees their JSON, and no
// event leaves through it with more than the visitor may see.

#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"
#include "dialogs/lang.hpp"
#include "storage/rows.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace zhuqi::webchat {

struct hello {
  std::optional<std::string> token;
  seq_no after;
  dialogs::lang language = dialogs::lang::zh_cn;
};
/// `id` is a version 4 UUID in lower case; `at` is the client's clock and part of the message's identity; `text` is as typed.
struct send {
  std::string id;
  unix_ms at;
  std::string text;
};
struct history {
  seq_no before;
};
struct ping {};

using client_frame = std::variant<hello, send, history, ping>;

/// errc::malformed for anything but one of the four, with exactly their members.
result<client_frame> parse_frame(std::string_view text);

enum class refusal : std::uint8_t { overloaded, unavailable, too_large, mismatch, empty };
enum class page : std::uint8_t { complete, older_exist };

std::string welcome_frame(std::string_view token, seq_no last, storage::owner_kind owner);
std::string events_frame(std::span<const storage::stored_event> events, page p);
std::string ack_frame(std::string_view id);
std::string nack_frame(std::string_view id, refusal why);
std::string owner_frame(storage::owner_kind owner);
std::string error_frame(std::string_view code);
std::string pong_frame();

}  // namespace zhuqi::webchat
