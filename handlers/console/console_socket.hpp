#pragma once
// One open page of the console: its session, the threads it watches, and what it was told.

#include "bot/base/json.hpp"
#include "handlers/console/stream.hpp"

#include <map>

namespace zhuqi::console {

class console_socket : public std::enable_shared_from_this<console_socket> {
 public:
  console_socket(std::shared_ptr<stream> home, secret token, staff::signed_in who, std::string address,
                 stream::time_point opened);

  void on_open(http::ws_peer_ptr peer) { peer_ = std::move(peer); }
  void on_text(std::string_view frame);
  void on_close();

  const staff::person& person() const { return who_.person; }
  bool live() const { return stage_ == stage::live; }
  bool watches(conversation_id thread) const { return watches_.contains(thread); }
  bool typing(conversation_id thread, stream::time_point now) const;
  void send(std::shared_ptr<const std::string> frame) const;
  /// False once the socket must not live on: no hello in time, or its session over.
  void check(stream::time_point now);

 private:
  enum class stage : std::uint8_t { open, live, closed };
  /// A thread on the page. Events reach it by seq, without a gap: what does not follow the last one is read from the store.
  struct watch {
    pipeline::live_feed::subscription feed;
    seq_no last;
    bool reading = false;
    bool feed_ran = false;
    stream::time_point typed;
  };

  void hello(const json& frame);
  void begin_watch(const json& frame);
  void watch_from(const storage::conversation& found, seq_no after);
  void resync(conversation_id thread);
  void on_resynced(conversation_id thread, const result<std::vector<storage::stored_event>>& found);
  void on_feed(conversation_id thread, const std::vector<storage::stored_event>& events);
  void send_events(conversation_id thread, const std::vector<storage::stored_event>& events, bool more);
  void send_json(const json& frame) const;
  void fail(std::string_view code);
  void close(std::uint16_t code, std::string_view reason);

  std::shared_ptr<stream> home_;
  secret token_;
  staff::signed_in who_;
  std::string address_;
  stream::time_point opened_;
  stream::time_point checked_;
  http::ws_peer_ptr peer_;
  stage stage_ = stage::open;
  std::map<conversation_id, watch> watches_;
};

}  // namespace zhuqi::console
