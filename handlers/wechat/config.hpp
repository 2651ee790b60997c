#pragma once
// What the operator says about one Official Account. Plain data; bot/app reads it from the configuration file.

#include "bot/base/limits.hpp"
#include "bot/base/secret.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace zhuqi::wechat {

/// How the platform sends, as set in its console. Never deduced from a request: that would be a downgrade.
enum class security_mode : std::uint8_t { plaintext, compatible, secure };

struct wechat_channel {
  std::string id;  ///< last part of the callback path /wechat/{id}
  security_mode mode = security_mode::secure;
  bool allow_plaintext = false;  ///< must stand beside mode plaintext: the signature does not cover the body there
  std::string original_id;       ///< gh_…; where set, messages to another account are refused
  std::string app_id;            ///< wx…; also the receive id inside the envelope
  secret token;
  secret encoding_aes_key;
  secret previous_aes_key;  ///< "" where there is none; after a key change old ciphertexts arrive for a while
  secret app_secret;        ///< for outgoing calls, not needed to receive
  std::chrono::seconds replay_window = limits::replay_window;
};

/// What keeps this channel from starting: one sentence each, which names the key and says how to mend it. Empty: it may start.
std::vector<std::string> validate(const wechat_channel& channel);

}  // namespace zhuqi::wechat
