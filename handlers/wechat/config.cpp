#include "handlers/wechat/config.hpp"

#include "handlers/channel/envelope.hpp"

#include <algorithm>
#include <string_view>

namespace zhuqi::wechat {

namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool consists_of(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_alphanumeric(c) || also.find(c) != std::string_view::npos; });
}

/// Collects sentences about one channel, each beginning with the full name of its key.
class findings {
 public:
  explicit findings(const std::string& id) : prefix_{"channels[" + id + "]."} {}
  void add(std::string_view key, std::string_view sentence) {
    list_.push_back(prefix_ + std::string{key} + ": " + std::string{sentence});
  }
  std::vector<std::string> take() { return std::move(list_); }

 private:
  std::string prefix_;
  std::vector<std::string> list_;
};

void check_identity(const wechat_channel& c, findings& out) {
  if (c.id.empty() || c.id.size() > 32 || !consists_of(c.id, "-_")) {
    out.add("id",
            "must be 1 to 32 letters, digits, '-' or '_', because it is the end of the callback path /wechat/{id}.");
  }
  if (!c.original_id.empty() && (c.original_id.size() > 64 || !consists_of(c.original_id, "-_"))) {
    out.add("original_id",
            "is not an account id; copy the 原始ID (gh_…) from the account's settings, or leave the key out.");
  }
}

void check_token(const wechat_channel& c, findings& out) {
  if (c.token.empty()) {
    out.add("token",
            "is not set. Without it anybody could post as WeChat, so the channel does not start; copy the Token from "
            "the account's server configuration (服务器配置).");
  } else if (c.token.reveal().size() < 3 || c.token.reveal().size() > 32 || !consists_of(c.token.reveal(), "")) {
    out.add("token",
            "must be 3 to 32 letters and digits, exactly as in the account's server configuration (服务器配置).");
  }
}

void check_keys(const wechat_channel& c, findings& out) {
  if (c.encoding_aes_key.empty()) {
    out.add("encoding_aes_key",
            "is not set, but the mode is compatible or secure; copy the EncodingAESKey from the account's "
            "server configuration (服务器配置).");
  } else if (!channel::is_encoding_aes_key(c.encoding_aes_key.reveal())) {
    out.add("encoding_aes_key", "must be the 43 letters and digits of the account's EncodingAESKey.");
  }
  if (!c.previous_aes_key.empty() && !channel::is_encoding_aes_key(c.previous_aes_key.reveal())) {
    out.add("previous_aes_key", "must be the 43 letters and digits of the EncodingAESKey used before, or be left out.");
  }
  if (c.app_id.empty()) {
    out.add("app_id",
            "is not set, but every encrypted message carries it and is checked against it; copy the AppID (wx…).");
  }
}

}  // namespace

std::vector<std::string> validate(const wechat_channel& channel) {
  findings out{channel.id};
  check_identity(channel, out);
  check_token(channel, out);
  if (channel.mode == security_mode::plaintext) {
    if (!channel.allow_plaintext) {
      out.add("mode",
              "plaintext leaves messages unencrypted and their content unsigned. Use secure, or write "
              "allow_plaintext: true beside it if this is a test.");
    }
  } else {
    check_keys(channel, out);
  }
  if (channel.replay_window < std::chrono::seconds{30} || channel.replay_window > std::chrono::hours{24}) {
    out.add("replay_window", "must be between 30 s (clocks drift) and 24 h.");
  }
  return out.take();
}

}  // namespace zhuqi::wechat
