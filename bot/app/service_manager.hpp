#pragma once
// What systemd and we say to each other: the listening sockets it holds for us across a crash, and that we are ready.

#include <optional>
#include <string_view>

namespace zhuqi::app {

/// The socket that the unit file names `name` (FileDescriptorName=), or nullopt where we were started by hand.
std::optional<int> passed_socket(std::string_view name);

/// sd_notify(3) states; no-ops without a service manager.
void notify_ready();
void notify_stopping();

}  // namespace zhuqi::app
