#include "bot/app/config.hpp"

#include "bot/app/config_reader.hpp"

#include <charconv>
#include <functional>
#include <utility>

#include <arpa/inet.h>

namespace zhuqi::app {
namespace {

// One key of the file: the only place that knows its name, form, default and meaning.
template <class Target>
struct config_key {
  std::string_view name;
  std::string_view form;
  std::string_view fallback;
  std::string_view meaning;
  void (*read)(config_reader&, const config_node&, Target&);
};

void read_endpoint(config_reader& r, const config_node& n, endpoint& out) {
  if (const auto parsed = parse_endpoint(r.text(n))) {
    out = *parsed;
  } else {
    r.problem(n, "must be IP:PORT, e.g. 127.0.0.1:8080 or [::1]:8080");
  }
}

const config_key<wechat::wechat_channel> wechat_keys[] = {
    {"id", "name", "required", "names the channel; its callback is /wechat/{id}",
     [](auto& r, auto& n, auto& c) { c.id = r.name(n); }},
    {"kind", "wechat", "required", "a WeChat Official Account", [](auto&, auto&, auto&) {}},
    {"mode", "secure | compatible | plaintext", "secure",
     "as set in the platform's console; never taken from a request",
     [](auto& r, auto& n, auto& c) {
       const std::string mode = r.text(n);
       if (mode == "secure")
         c.mode = wechat::security_mode::secure;
       else if (mode == "compatible")
         c.mode = wechat::security_mode::compatible;
       else if (mode == "plaintext")
         c.mode = wechat::security_mode::plaintext;
       else
         r.problem(n, "must be secure, compatible or plaintext");
     }},
    {"allow_plaintext", "true | false", "false",
     "must stand beside mode: plaintext, which anybody on the path can read and replay",
     [](auto& r, auto& n, auto& c) { c.allow_plaintext = r.flag(n); }},
    {"original_id", "gh_…", "required", "the account's original id (ToUserName)",
     [](auto& r, auto& n, auto& c) { c.original_id = r.text(n); }},
    {"app_id", "wx…", "required", "AppID; the receive id inside the envelope",
     [](auto& r, auto& n, auto& c) { c.app_id = r.text(n); }},
    {"token", "secret", "required", "Token of the server configuration, 3–32 characters",
     [](auto& r, auto& n, auto& c) { c.token = r.secret_text(n); }},
    {"encoding_aes_key", "secret", "required unless plaintext", "EncodingAESKey, 43 characters",
     [](auto& r, auto& n, auto& c) { c.encoding_aes_key = r.secret_text(n); }},
    {"previous_aes_key", "secret", "none", "the key before the last change: callbacks under way still use it",
     [](auto& r, auto& n, auto& c) { c.previous_aes_key = r.secret_text(n); }},
    {"app_secret", "secret", "none", "AppSecret, for calls to the platform's API",
     [](auto& r, auto& n, auto& c) { c.app_secret = r.secret_text(n); }},
    {"replay_window", "seconds", "600", "how old or early a callback's timestamp may be",
     [](auto& r, auto& n, auto& c) { c.replay_window = std::chrono::seconds{r.number(n, 30, 86'400)}; }},
};

const config_key<webchat_channel> webchat_keys[] = {
    {"id", "name", "required", "names the channel", [](auto& r, auto& n, auto& c) { c.id = r.name(n); }},
    {"kind", "webchat", "required", "the chat page of this server", [](auto&, auto&, auto&) {}},
};

template <class Target, std::size_t N>
void read_map(config_reader& r, const config_node& map, const config_key<Target> (&keys)[N], Target& out) {
  for (const auto& [name, value] : r.entries(map)) {
    const config_key<Target>* known = nullptr;
    for (const auto& key : keys) {
      if (key.name == name) known = &key;
    }
    if (known != nullptr) {
      r.under(name, [&, &value = value] { known->read(r, value, out); });
    } else {
      r.problem(value, "unknown key '" + name + "'; see zhuqi check-config --keys");
    }
  }
}

void read_channels(config_reader& r, const config_node& list, config& out) {
  out.webchat.clear();
  for (const config_node& item : r.items(list)) {
    const std::string kind = r.member_text(item, "kind");
    if (kind == "wechat") {
      wechat::wechat_channel c;
      read_map(r, item, wechat_keys, c);
      for (const std::string& what : wechat::validate(c)) r.problem(item, what);
      out.wechat.push_back(std::move(c));
    } else if (kind == "webchat") {
      webchat_channel c;
      read_map(r, item, webchat_keys, c);
      if (c.id.empty()) r.problem(item, "id is missing");
      out.webchat.push_back(std::move(c));
    } else {
      r.problem(item, "kind must be wechat or webchat");
    }
  }
}

const config_key<config> top_keys[] = {
    {"listen", "IP:PORT", "127.0.0.1:8080", "callbacks, web chat, pages",
     [](auto& r, auto& n, auto& c) { read_endpoint(r, n, c.listen); }},
    {"ops_listen", "IP:PORT", "127.0.0.1:9090", "/healthz, /readyz, /metrics; keep it off the public network",
     [](auto& r, auto& n, auto& c) { read_endpoint(r, n, c.ops_listen); }},
    {"public_url", "URL", "http://{listen}", "how enterprises reach this server",
     [](auto& r, auto& n, auto& c) { c.public_url = r.text(n); }},
    {"data", "folder", "./data", "everything the server keeps", [](auto& r, auto& n, auto& c) { c.data = r.path(n); }},
    {"scripts", "folder", "the shipped ones", "dialog scripts; read at start and again on SIGHUP",
     [](auto& r, auto& n, auto& c) { c.scripts = r.path(n); }},
    {"storage", "sqlite", "sqlite", "the storage engine",
     [](auto& r, auto& n, auto&) {
       if (r.text(n) != "sqlite") r.problem(n, "must be sqlite: other engines are not built in yet");
     }},
    {"log_level", "debug | info | warn | error", "info", "the least level written to stderr",
     [](auto& r, auto& n, auto& c) {
       c.log_level = r.one_of(n, {"debug", "info", "warn", "error"});
     }},
    {"allowed_hosts", "list", "any", "Host headers that are answered; set it in production",
     [](auto& r, auto& n, auto& c) { c.allowed_hosts = r.texts(n); }},
    {"embed_origins", "list", "none", "origins whose pages may embed the chat, e.g. https://www.example.gov.cn",
     [](auto& r, auto& n, auto& c) { c.embed_origins = r.texts(n); }},
    {"channels", "list", "[{id: web, kind: webchat}]", "where enterprises talk to us; one entry per account",
     [](auto& r, auto& n, auto& c) { read_channels(r, n, c); }},
};

template <class Target, std::size_t N>
void describe(std::string& out, std::string_view title, const config_key<Target> (&keys)[N]) {
  out.append(title).append("\n");
  for (const auto& key : keys) {
    out.append("  ").append(key.name).append(": ").append(key.form).append("   (default: ").append(key.fallback);
    out.append(")\n      ").append(key.meaning).append("\n");
  }
}

void check_unique_ids(config_reading& reading) {
  std::vector<std::string> ids;
  ids.reserve(reading.values.wechat.size() + reading.values.webchat.size());
  for (const auto& c : reading.values.wechat) ids.push_back(c.id);
  for (const auto& c : reading.values.webchat) ids.push_back(c.id);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (ids[i] == ids[j]) reading.problems.push_back({"channels", "two channels have the id '" + ids[i] + "'"});
    }
  }
  if (reading.values.webchat.size() > 1) {
    reading.problems.push_back({"channels", "only one channel of kind webchat can be served at /"});
  }
}

}  // namespace

config_reading read_config(std::string_view yaml, std::string_view file_name, std::string_view base_dir) {
  config_reading reading;
  config_reader r{file_name, base_dir, reading.problems};
  if (const auto root = r.parse(yaml)) read_map(r, *root, top_keys, reading.values);
  check_unique_ids(reading);
  return reading;
}

result<endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return make_error_code(errc::malformed);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  endpoint out{std::string{host}, 0};
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (error != std::errc{} || end != port.data() + port.size() || port.empty()) return make_error_code(errc::malformed);
  unsigned char address[sizeof(in6_addr)];
  if (inet_pton(bracketed ? AF_INET6 : AF_INET, out.host.c_str(), address) != 1)
    return make_error_code(errc::malformed);
  return out;
}

std::string describe_config_keys() {
  std::string out;
  describe(out, "zhuqi.yaml", top_keys);
  describe(out, "\nchannels: kind wechat", wechat_keys);
  describe(out, "\nchannels: kind webchat", webchat_keys);
  return out;
}

}  // namespace zhuqi::app
