// See http_stream.hpp. Callbacks, like the connection: one read and one write are out at any time, and each holds the stream.

#include "bot/runtime/http_stream.hpp"

#include "bot/runtime/http_guard.hpp"
#include "bot/runtime/log.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>

namespace zhuqi::http {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::size_t queue_bytes = 4 * 1024 * 1024;   // of one socket's waiting frames, beside limits::ws_queue
constexpr std::size_t kept_buffer = 4 * 1024;          // a larger read buffer is given back after the frame
constexpr std::chrono::seconds handshake_deadline{5};  // also for the closing one: the peer's close frame and its FIN

bool has_option(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    std::string_view option = list.substr(0, comma);
    while (!option.empty() && (option.front() == ' ' || option.front() == '\t')) option.remove_prefix(1);
    while (!option.empty() && (option.back() == ' ' || option.back() == '\t')) option.remove_suffix(1);
    if (equals_lower(option, wanted)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

/// A browser tells which page opens the socket. No Origin: no browser, so no ambient authority to borrow.
bool is_origin_allowed(const request& r, const std::vector<std::string>& allowed) {
  std::size_t given = 0;
  for (const auto& [name, value] : r.headers) given += name == "origin" ? 1 : 0;
  if (given == 0) return true;
  if (given > 1) return false;
  const std::string_view origin = r.header("origin");
  for (const std::string& one : allowed) {
    if (one == origin) return true;
  }
  const auto at = origin.find("://");
  return at != std::string_view::npos && !r.host.empty() && origin.substr(at + 3) == r.host;
}

class ws_stream final : public live, public std::enable_shared_from_this<ws_stream> {
 public:
  ws_stream(std::shared_ptr<server_core> core, socket_type socket, std::unique_ptr<ws_session> session)
      : live{*core}, core_{std::move(core)}, ws_{std::move(socket)}, session_{std::move(session)} {}
  ~ws_stream() { leave(); }

  void open(const request& r);
  void send(std::shared_ptr<const std::string> frame);
  void close(std::uint16_t code, std::string_view reason);
  void stop() override;
  void abort() override;

 private:
  void configure();
  void read();
  void on_read(const error_code& ec);
  void write();
  void finish();

  using stream_type =
      websocket::stream<socket_type, false>;  // false: no deflate, so no deflate bombs and 40 KB less a socket

  const std::shared_ptr<server_core> core_;
  stream_type ws_;
  beast::flat_buffer buffer_;
  std::unique_ptr<ws_session> session_;
  std::deque<std::shared_ptr<const std::string>> queue_;
  std::size_t queued_bytes_ = 0;
  bool open_ = false;
  bool closing_ = false;
  bool aborted_ = false;
};

/// What sessions and hubs hold. It never keeps a stream alive: a socket that died is gone, whoever still remembers it.
class peer_handle final : public ws_peer {
 public:
  explicit peer_handle(std::weak_ptr<ws_stream> stream) : stream_{std::move(stream)} {}
  void send(std::shared_ptr<const std::string> frame) override {
    if (const auto s = stream_.lock()) s->send(std::move(frame));
  }
  void close(std::uint16_t code, std::string_view reason) override {
    if (const auto s = stream_.lock()) s->close(code, reason);
  }

 private:
  std::weak_ptr<ws_stream> stream_;
};

void ws_stream::configure() {
  websocket::stream_base::timeout limit{};
  limit.handshake_timeout = handshake_deadline;
  limit.idle_timeout = 2 * core_->options.ws_ping;  // Beast pings at half of it
  limit.keep_alive_pings = true;
  ws_.set_option(limit);
  ws_.set_option(websocket::stream_base::decorator([](websocket::response_type& r) {
    r.set(beast::http::field::server, "zhuqi");
  }));  // or Beast names itself and its version
  ws_.read_message_max(limits::ws_frame_bytes);
  ws_.write_buffer_bytes(1024);
  ws_.auto_fragment(false);
  ws_.text(true);
}

void ws_stream::open(const request& r) {
  configure();
  beast::http::request<beast::http::empty_body> handshake{beast::http::verb::get, "/", 11};
  for (const auto& [name, value] : r.headers) {
    if (name == "host" || name == "upgrade" || name == "connection" || name.starts_with("sec-websocket-"))
      handshake.insert(name, value);
  }
  ws_.async_accept(handshake, [self = shared_from_this()](const error_code& ec) {
    if (ec || self->aborted_) return self->finish();
    self->open_ = true;
    try {
      self->session_->on_open(std::make_shared<peer_handle>(self->weak_from_this()));
    } catch (const std::exception& e) {
      log::error("ws.session_failed", {{"what", e.what()}});
      self->close(websocket::close_code::internal_error, "");
    }
    if (self->core_->stopping) self->stop();
    self->read();
  });
}

void ws_stream::read() {
  ws_.async_read(buffer_, [self = shared_from_this()](const error_code& ec, std::size_t) { self->on_read(ec); });
}

void ws_stream::on_read(const error_code& ec) {
  if (ec || aborted_) return finish();
  if (!closing_ && !ws_.got_text()) {
    close(websocket::close_code::unknown_data, "text frames only");
  } else if (!closing_) {
    const auto data = buffer_.cdata();
    std::string frame{static_cast<const char*>(data.data()), data.size()};
    try {
      session_->on_text(std::move(frame));
    } catch (const std::exception& e) {
      log::error("ws.session_failed", {{"what", e.what()}});
      close(websocket::close_code::internal_error, "");
    }
  }
  buffer_.clear();
  if (buffer_.capacity() > kept_buffer) buffer_.shrink_to_fit();
  read();
}

void ws_stream::send(std::shared_ptr<const std::string> frame) {
  if (!open_ || closing_ || aborted_) return;
  queued_bytes_ += frame->size();
  queue_.push_back(std::move(frame));
  if (queue_.size() > limits::ws_queue || queued_bytes_ > queue_bytes) {
    log::warn("ws.slow_peer_dropped", {{"frames", queue_.size()}});
    return abort();  // a close frame would wait behind what the peer does not read
  }
  if (queue_.size() == 1) write();
}

void ws_stream::write() {
  ws_.async_write(boost::asio::buffer(*queue_.front()), [self = shared_from_this()](const error_code& ec, std::size_t) {
    self->queued_bytes_ -= self->queue_.front()->size();
    self->queue_.pop_front();
    if (ec) return self->abort();
    if (!self->queue_.empty() && !self->closing_ && !self->aborted_) self->write();
  });
}

void ws_stream::close(std::uint16_t code, std::string_view reason) {
  if (!open_ || closing_ || aborted_) return;
  closing_ = true;
  websocket::close_reason why{code};
  why.reason.assign(reason.data(), std::min<std::size_t>(reason.size(), why.reason.max_size()));
  ws_.async_close(why, [self = shared_from_this()](const error_code& ec) {
    if (ec) self->abort();
  });
}

void ws_stream::stop() {
  if (open_) close(websocket::close_code::going_away, "the server is restarting");
}

void ws_stream::abort() {
  if (aborted_) return;
  aborted_ = true;
  error_code ignored;
  ws_.next_layer().close(ignored);  // the read that is out comes back with an error and finishes
}

void ws_stream::finish() {
  aborted_ = true;
  error_code ignored;
  ws_.next_layer().close(ignored);
  if (const auto session = std::move(session_); session && std::exchange(open_, false)) {
    try {
      session->on_close();
    } catch (const std::exception& e) {
      log::error("ws.session_failed", {{"what", e.what()}});
    }
  }
  leave();
}

}  // namespace

std::pair<int, std::string_view> check_handshake(const request& r, const std::vector<std::string>& allowed_origins) {
  if (r.verb != method::get || !has_option(r.header("upgrade"), "websocket") ||
      !has_option(r.header("connection"), "upgrade")) {
    return {426, "A WebSocket lives here."};
  }
  if (r.header("sec-websocket-version") != "13") return {426, "Only WebSocket version 13 is spoken here."};
  const std::string_view key = r.header("sec-websocket-key");
  if (key.size() != 24 || !key.ends_with("==")) return {400, "Sec-WebSocket-Key is malformed."};
  if (!is_origin_allowed(r, allowed_origins)) return {403, "This origin may not open a WebSocket here."};
  return {0, ""};
}

void open_stream(std::shared_ptr<server_core> core, socket_type socket, const request& r,
                 std::unique_ptr<ws_session> session) {
  std::make_shared<ws_stream>(std::move(core), std::move(socket), std::move(session))->open(r);
}

}  // namespace zhuqi::http
