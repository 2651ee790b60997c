#include "bot/app/config.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace zhuqi;
using namespace zhuqi::app;

namespace {

config_reading read(std::string_view yaml) { return read_config(yaml, "zhuqi.yaml", "/etc/zhuqi"); }

const std::string wechat_channel_yaml =
    "channels:\n"
    "  - id: city\n"
    "    kind: wechat\n"
    "    original_id: gh_demo\n"
    "    app_id: wx1234567890abcdef\n";
const std::string key(43, 'A');

}  // namespace

TEST_CASE("Without a file the defaults hold: loopback, one web chat") {
  const auto r = read("");
  CHECK(r.problems.empty());
  CHECK(r.values.listen.host == "127.0.0.1");
  CHECK(r.values.listen.port == 8080);
  CHECK(r.values.ops_listen.port == 9090);
  REQUIRE(r.values.webchat.size() == 1);
  CHECK(r.values.wechat.empty());
}

TEST_CASE("A full file is read") {
  const auto r = read(
      "listen: 0.0.0.0:80\nops_listen: '[::1]:9091'\npublic_url: https://a.example\ndata: store\n"
      "log_level: warn\nallowed_hosts: [a.example]\nembed_origins: [https://b.example]\n" +
      wechat_channel_yaml + "    token: abcdef\n    encoding_aes_key: " + key +
      "\n    replay_window: 300\n  - {id: chat, kind: webchat}\n");
  for (const auto& p : r.problems) UNSCOPED_INFO(p.where << ": " << p.what);
  REQUIRE(r.problems.empty());
  CHECK(r.values.listen.port == 80);
  CHECK(r.values.ops_listen.host == "::1");
  CHECK(r.values.data == "/etc/zhuqi/store");
  REQUIRE(r.values.wechat.size() == 1);
  CHECK(r.values.wechat[0].token.reveal() == "abcdef");
  CHECK(r.values.wechat[0].replay_window == std::chrono::seconds{300});
  CHECK(r.values.webchat.at(0).id == "chat");
}

TEST_CASE("Every problem names its place and what to do") {
  struct row {
    std::string what, yaml, where, says;
  };
  const row rows[] = {
      {"an unknown key", "lisen: 127.0.0.1:1\n", "zhuqi.yaml:1:", "lisen"},
      {"an unknown key in a channel", "channels:\n  - {id: w, kind: webchat, colour: red}\n",
       "zhuqi.yaml:2:", "colour"},
      {"a key that stands twice", "data: a\ndata: b\n", "zhuqi.yaml:2:", "twice"},
      {"broken YAML", "listen: [\n", "zhuqi.yaml:", ""},
      {"a host name", "listen: localhost:80\n", "zhuqi.yaml:1:", "IP:PORT"},
      {"a port over 65535", "listen: 127.0.0.1:70000\n", "zhuqi.yaml:1:", "IP:PORT"},
      {"an engine that is not built in", "storage: postgresql://x\n", "zhuqi.yaml:1:", "sqlite"},
      {"a bad level", "log_level: loud\n", "zhuqi.yaml:1:", "debug"},
      {"a kind we do not know", "channels:\n  - {id: x, kind: telegram}\n", "zhuqi.yaml:2:", "wechat or webchat"},
      {"two channels of one id", "channels:\n  - {id: x, kind: webchat}\n  - {id: x, kind: webchat}\n", "channels",
       "'x'"},
      {"an id that is no path", "channels:\n  - {id: ../x, kind: webchat}\n", "zhuqi.yaml:2:", "a–z"},
      {"an unset variable", "public_url: ${ZHUQI_TEST_UNSET}\n", "zhuqi.yaml:1:", "ZHUQI_TEST_UNSET"},
      {"a missing file", "public_url: file:none.txt\n", "zhuqi.yaml:1:", "none.txt"},
  };
  for (const auto& r : rows) {
    DYNAMIC_SECTION(r.what) {
      const auto reading = read(r.yaml);
      REQUIRE_FALSE(reading.problems.empty());
      INFO(reading.problems.front().where << ": " << reading.problems.front().what);
      CHECK(reading.problems.front().where.starts_with(r.where));
      CHECK(reading.problems.front().what.find(r.says) != std::string::npos);
    }
  }
}

TEST_CASE("A2: a channel without its token, key or consent to plaintext refuses to start and names the key") {
  struct row {
    std::string what, yaml, says;
  };
  const row rows[] = {
      {"no token", "    encoding_aes_key: " + key + "\n", "token"},
      {"an empty token", "    token: ''\n    encoding_aes_key: " + key + "\n", "token"},
      {"no key in secure mode", "    token: abcdef\n", "encoding_aes_key"},
      {"a short key", "    token: abcdef\n    encoding_aes_key: AAAA\n", "encoding_aes_key"},
      {"plaintext without consent", "    token: abcdef\n    mode: plaintext\n", "allow_plaintext"},
      {"a mode that is none", "    token: abcdef\n    mode: open\n", "secure"},
  };
  for (const auto& r : rows) {
    DYNAMIC_SECTION(r.what) {
      const auto reading = read(wechat_channel_yaml + r.yaml);
      std::string all;
      for (const auto& p : reading.problems) all += p.what + "\n";
      INFO(all);
      CHECK(all.find(r.says) != std::string::npos);
    }
  }
}

TEST_CASE("Secrets come from the environment or a file beside the configuration") {
  const auto dir = std::filesystem::temp_directory_path() / ("zhuqi-config-" + std::to_string(::getpid()));
  std::filesystem::create_directories(dir);
  std::ofstream{dir / "token.txt"} << "fromfile\n";
  ::setenv("ZHUQI_TEST_KEY", key.c_str(), 1);
  const auto r =
      read_config(wechat_channel_yaml + "    token: file:token.txt\n    encoding_aes_key: ${ZHUQI_TEST_KEY}\n",
                  "zhuqi.yaml", dir.string());
  std::filesystem::remove_all(dir);
  REQUIRE(r.problems.empty());
  CHECK(r.values.wechat.at(0).token.reveal() == "fromfile");
  CHECK(r.values.wechat.at(0).encoding_aes_key.reveal() == key);
}

TEST_CASE("The key list names every key once") {
  const std::string keys = describe_config_keys();
  for (const char* name :
       {"listen", "ops_listen", "data", "channels", "token", "encoding_aes_key", "allow_plaintext"}) {
    CHECK(keys.find(std::string{"  "} + name + ":") != std::string::npos);
  }
}
