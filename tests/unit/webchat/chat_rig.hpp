#pragma once
// A web chat without network and engine: sockets that remember what they were sent, a pipeline that commits each message and one
// canned answer to the memory store and tells the feed. Clocks stand still.

#include "bot/base/clock.hpp"
#include "bot/base/json.hpp"
#include "bot/pipeline/live_feed.hpp"
#include "handlers/webchat/endpoint.hpp"
#include "storage/memory/store.hpp"

#include <memory>
#include <string>
#include <vector>

namespace zhuqi::webchat {

/// What the server did to one socket.
struct socket_log {
  std::vector<json> frames;
  int close_code = 0;
};

class fake_peer final : public http::ws_peer {
 public:
  explicit fake_peer(std::shared_ptr<socket_log> log) : log_{std::move(log)} {}
  void send(std::shared_ptr<const std::string> frame) override {
    if (log_->close_code == 0) log_->frames.push_back(*parse_json(*frame));
  }
  void close(std::uint16_t code, std::string_view) override { log_->close_code = code; }

 private:
  std::shared_ptr<socket_log> log_;
};

/// A browser tab.
class tab {
 public:
  explicit tab(std::unique_ptr<http::ws_session> session) : session_{std::move(session)} {
    session_->on_open(std::make_shared<fake_peer>(log_));
  }

  void say(const json& frame) { session_->on_text(dump_json(frame)); }
  void say_raw(std::string bytes) { session_->on_text(std::move(bytes)); }
  void hello(const json& token = nullptr, std::int64_t after = 0, const char* lang = "zh-CN") {
    say({{"type", "hello"}, {"token", token}, {"after", after}, {"lang", lang}});
  }
  void send(const std::string& id, const std::string& text, std::int64_t at = 1'764'000'000'000) {
    say({{"type", "send"}, {"id", id}, {"at", at}, {"text", text}});
  }
  void leave() { session_.reset(); }

  const std::vector<json>& frames() const { return log_->frames; }
  int close_code() const { return log_->close_code; }
  const json& last() const { return log_->frames.back(); }
  std::string token() const { return first("welcome").at("token"); }
  const json& first(const std::string& type) const {
    for (const auto& f : log_->frames) {
      if (f.at("type") == type) return f;
    }
    static const json none;
    return none;
  }
  std::size_t count(const std::string& type) const {
    std::size_t n = 0;
    for (const auto& f : log_->frames) n += f.at("type") == type ? 1 : 0;
    return n;
  }
  /// All events received, in the order of arrival.
  std::vector<json> events() const {
    std::vector<json> out;
    for (const auto& f : log_->frames) {
      if (f.at("type") == "events") out.insert(out.end(), f.at("events").begin(), f.at("events").end());
    }
    return out;
  }
  std::vector<std::int64_t> seqs() const {
    std::vector<std::int64_t> out;
    for (const auto& e : events()) out.push_back(e.at("seq"));
    return out;
  }

 private:
  std::shared_ptr<socket_log> log_ = std::make_shared<socket_log>();
  std::unique_ptr<http::ws_session> session_;
};

class chat_rig {
 public:
  chat_rig();

  tab open(std::string peer = "192.0.2.1");
  std::pair<std::unique_ptr<http::ws_session>, http::response> upgrade(http::request request);
  /// Runs what was posted by the store until nothing is left.
  void settle();
  /// Appends `n` events to the visitor's log behind the sockets' back, as another node would; no feed.
  void append_silently(const std::string& visitor, std::size_t n);
  /// Appends one event and tells the feed.
  void append(const std::string& visitor, storage::new_event event,
              storage::owner_kind owner = storage::owner_kind::bot);
  static std::string visitor_of(const std::string& token) { return token.substr(3, 32); }

  std::unique_ptr<storage::store> store;
  pipeline::live_feed feed;
  manual_clock time{{1'764'000'000'000}};
  std::chrono::steady_clock::time_point steady{std::chrono::hours{1}};
  std::vector<pipeline::message_fields> submitted;
  bool pipeline_full = false;
  std::shared_ptr<endpoint> chat;

 private:
  void run_turn(const pipeline::message_fields& m, const pipeline::reply_fn& done);
  void commit(const std::string& visitor, std::vector<storage::new_event> events, storage::owner_kind owner,
              const pipeline::message_fields* cause, std::function<void(storage::commit_outcome)> done, bool tell);

  std::vector<std::function<void()>> posted_;
};

/// "00000000-0000-4000-8000-0000000000NN"
std::string uuid(int n);

}  // namespace zhuqi::webchat
