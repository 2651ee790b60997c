#pragma once
// One socket of one visitor: hello, resync, then messages up and events down. Several sockets of one visitor know nothing of each
// other; each watches the feed.

#include "handlers/webchat/endpoint.hpp"
#include "handlers/webchat/frames.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::webchat {

class visitor_socket : public std::enable_shared_from_this<visitor_socket> {
 public:
  visitor_socket(std::shared_ptr<endpoint> home, std::string peer_address);

  void on_open(http::ws_peer_ptr peer);
  void on_text(const std::string& frame);
  void on_close();
  void on_hello_overdue();

 private:
  /// open → said_hello → live. What arrives on the feed before `live` is read from the store by the resync itself.
  enum class stage : std::uint8_t { open, said_hello, live, closed };

  void take(const hello& h);
  void take(const webchat::send& s);
  void take(const history& h);
  void take(const ping& p);

  bool identify(const hello& h);
  void greet(dialogs::lang language);
  void on_loaded(const result<storage::conversation>& loaded, const hello& h);
  /// Reads the log after last_ and sends what is there; again, if the feed spoke meanwhile.
  void resync();
  void on_resynced(const result<std::vector<storage::stored_event>>& found);
  void on_feed(const std::vector<storage::stored_event>& events, storage::owner_kind owner);
  void on_page(const result<std::vector<storage::stored_event>>& found);
  void submit(pipeline::message_fields fields, pipeline::reply_fn done);

  void reply(std::string frame);
  void fail(std::string_view code);
  void close(std::uint16_t code, std::string_view reason);

  std::shared_ptr<endpoint> home_;
  std::string peer_address_;
  http::ws_peer_ptr peer_;
  stage stage_ = stage::open;
  std::string visitor_;
  std::string token_;
  conversation_id conversation_;
  seq_no last_;  ///< the highest seq the client was sent, or said it holds
  storage::owner_kind owner_ = storage::owner_kind::bot;
  bool reading_ = false;   ///< a resync is under way
  bool feed_ran_ = false;  ///< the feed spoke during it
  bool paging_ = false;    ///< a history page is being read
  token_bucket requests_;
  pipeline::live_feed::subscription watch_;
};

}  // namespace zhuqi::webchat
