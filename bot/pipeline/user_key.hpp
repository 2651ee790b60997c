#pragma once
// One user on one channel, as a map key: what lanes, the cache and the live feed are keyed by, because a first-time user has no
// conversation id yet.

#include <string>
#include <string_view>

namespace zhuqi::pipeline {

/// Unambiguous, because a channel id never holds a NUL.
inline std::string user_key(std::string_view channel, std::string_view user) {
  std::string key;
  key.reserve(channel.size() + user.size() + 1);
  key.append(channel).push_back('\0');
  key.append(user);
  return key;
}

}  // namespace zhuqi::pipeline
