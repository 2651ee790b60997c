#pragma once
// The configuration file, read once at start. Every key is declared in one table (config_keys.cpp) with its type, default and
// meaning; an unknown key is an error. Secrets come as ${ENV} or file:PATH references and live in `secret`.

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"
#include "handlers/wechat/config.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::app {

/// Where to listen: an IP address (names are not resolved) and a port, 0 = any free one.
struct endpoint {
  std::string host;
  std::uint16_t port = 0;
};

struct webchat_channel {
  std::string id;
};

struct config {
  endpoint listen{"127.0.0.1", 8080};
  endpoint ops_listen{"127.0.0.1", 9090};
  std::string public_url;
  std::string data = "./data";
  std::string scripts;  ///< folder of dialog scripts; "" = the shipped ones
  std::string log_level = "info";
  std::vector<std::string> allowed_hosts;
  std::vector<std::string> embed_origins;
  std::vector<wechat::wechat_channel> wechat;
  std::vector<webchat_channel> webchat{{"web"}};
};

/// One thing wrong with the file, in a sentence that says what to do.
struct config_problem {
  std::string where;  ///< "zhuqi.yaml:12:3" or the key
  std::string what;
};

/// What a configuration file says, or every problem in it. Relative `data`, `scripts` and `file:` paths are taken from `base_dir`.
struct config_reading {
  config values;
  std::vector<config_problem> problems;
};
config_reading read_config(std::string_view yaml, std::string_view file_name, std::string_view base_dir);

/// "HOST:PORT" or "[IPv6]:PORT".
result<endpoint> parse_endpoint(std::string_view text);

/// All keys with type, default and meaning, for `zhuqi check-config --keys` and the docs.
std::string describe_config_keys();

}  // namespace zhuqi::app
