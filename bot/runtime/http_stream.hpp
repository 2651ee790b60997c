#pragma once
// WebSockets (RFC 6455) over Beast: text frames only, bounded both ways, pinged, no compression.

#include "bot/runtime/server_core.hpp"

namespace zhuqi::http {

/// Is this request a well-formed opening handshake? {0, ""} if so, else the status and sentence to refuse it with.
std::pair<int, std::string_view> check_handshake(const request& r, const std::vector<std::string>& allowed_origins);

/// Takes over the socket, answers the handshake and runs the session until either side closes.
void open_stream(std::shared_ptr<server_core> core, socket_type socket, const request& r,
                 std::unique_ptr<ws_session> session);

}  // namespace zhuqi::http
