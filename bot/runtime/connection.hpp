#pragma once
// One HTTP/1.1 connection. Callbacks and not a coroutine: a frame per connection would be the largest thing an idle client
// costs us. While it waits it owns a socket and this object; bytes are read into the loop's own buffer, and copied only where a
// request came in pieces.

#include "bot/runtime/chunked.hpp"
#include "bot/runtime/server_core.hpp"

namespace zhuqi::http {

class connection final : public live, public deadline_wheel::entry, public std::enable_shared_from_this<connection> {
 public:
  connection(std::shared_ptr<server_core> core, socket_type socket, std::string peer);
  ~connection();

  void start();        ///< waits for the first request
  void refuse_full();  ///< 503, come back later

  void stop() override;
  void abort() override { close(); }
  void on_deadline() override;

 private:
  enum class phase : std::uint8_t { head, body, handling, writing, lingering, closed };

  void wait_readable();
  void on_readable(const boost::system::error_code& ec);
  void take_input(std::string_view fresh);
  void resume();
  void await_more();

  std::size_t process(std::string_view data);
  std::size_t take_head(std::string_view data);
  std::size_t take_body(std::string_view data);
  void begin_request(std::string_view head);
  void begin_body();
  void reject(refusal why);
  void refuse(int status, std::string_view sentence);
  void dispatch();
  void upgrade();

  void respond(response r);
  void send(response r);
  void write_out(std::string_view head, std::string body);
  void wait_writable();
  void on_writable();
  void finish_response();
  void linger();
  void close();

  const std::shared_ptr<server_core> core_;
  std::optional<socket_type> socket_;
  std::string peer_;
  std::string in_;   ///< bytes of an incomplete request, or of the next one
  std::string out_;  ///< what the peer has not taken yet
  std::size_t out_at_ = 0;
  std::size_t out_since_deadline_ = 0;
  head_guard guard_;
  phase phase_ = phase::head;
  bool processing_ = false;
  bool deadline_set_ = false;  ///< for the head being read
  bool skipped_blank_ = false;
  bool keep_alive_ = true;
  bool http_1_0_ = false;
  bool head_only_ = false;
  bool must_linger_ = false;  ///< the peer may still be sending: a plain close would reset our answer away
  bool refused_full_ = false;
  bool served_one_ = false;
  const route* route_ = nullptr;

  struct incoming {
    explicit incoming(server_core& c) : core{c} {}
    ~incoming() { core.body_bytes -= promised; }
    incoming(const incoming&) = delete;
    incoming& operator=(const incoming&) = delete;
    bool promise(std::size_t bytes);

    server_core& core;
    std::size_t promised = 0;
    request message;
    chunk_decoder chunks;
    std::size_t missing = 0;  ///< bytes of a body of known length
  };
  std::unique_ptr<incoming> incoming_;  ///< from the head until the handler has it
  std::size_t discarded_ = 0;
};

/// One sentence as text/plain; nothing at all where the sentence is empty.
response plain_response(int status, std::string_view sentence);

}  // namespace zhuqi::http
