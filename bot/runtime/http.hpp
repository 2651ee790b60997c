#pragma once
// What a handler sees of HTTP. No Beast here: requests arrive parsed, checked and bounded; responses leave as plain data.

#include "bot/base/limits.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::http {

enum class method : std::uint8_t { get, head, post, put, patch, del, options };

struct request {
  method verb = method::get;
  std::string path;   ///< percent-decoded once and canonical: no "//", no "." or ".." segments, no NUL
  std::string query;  ///< raw, without '?'
  std::string host;
  std::string peer;                                          ///< address of the connection, e.g. "127.0.0.1"
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case, in wire order
  std::string body;
  std::string tail;                                ///< what the route's trailing '*' matched
  std::vector<std::string> params;                 ///< what its '{…}' segments matched, in order; never empty strings
  std::chrono::steady_clock::time_point accepted;  ///< when the first byte of this request was read

  /// First header of that (lower-case) name, or "".
  std::string_view header(std::string_view name) const;
};

struct response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< beside the ones every response gets
  bool close = false;
};

/// Hands the response back, exactly once, on the loop thread. Dropping it unanswered sends 500, so that no client hangs.
class responder {
 public:
  explicit responder(std::function<void(response)> send) : send_{std::move(send)} {}
  responder(responder&& other) noexcept : send_{std::exchange(other.send_, nullptr)} {}
  responder& operator=(responder&&) = delete;
  ~responder() {
    if (send_) send_(response{500, "text/plain; charset=utf-8", "internal error\n", {}, true});
  }
  void operator()(response r) { std::exchange(send_, nullptr)(std::move(r)); }

 private:
  std::function<void(response)> send_;
};

using handler = std::function<void(request, responder)>;

/// Whose request it is. A proxy on this machine is believed about whom it serves (the last entry of X-Forwarded-For); nobody
/// else is.
std::string client_address(const request& r);

/// Whether the request comes from a page of our own: its Origin, where it has one, is the host it was sent to, or `public_host`
/// (our authority behind a proxy). Browsers always send Origin with what can do harm.
bool from_own_page(const request& r, std::string_view public_host);

/// One parameter of a query or form: decoded ('+' and %XX), or nullopt where it is absent, given twice, or badly encoded.
std::optional<std::string> query_param(std::string_view query, std::string_view name);

// --- WebSocket ---

/// The server's side of one socket. Calls are safe after the peer went away (they do nothing). Loop thread only.
class ws_peer {
 public:
  virtual ~ws_peer() = default;
  /// Queues one text frame; a peer with more than limits::ws_queue frames waiting is dropped (it resyncs by seq).
  virtual void send(std::shared_ptr<const std::string> frame) = 0;
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};
using ws_peer_ptr = std::shared_ptr<ws_peer>;

/// What one socket's conversation with us is made of. One instance per socket.
class ws_session {
 public:
  virtual ~ws_session() = default;
  virtual void on_open(ws_peer_ptr peer) = 0;
  virtual void on_text(std::string frame) = 0;
  virtual void on_close() = 0;
};

/// Decides over an upgrade: a session, or the response that refuses it.
using ws_acceptor = std::function<std::pair<std::unique_ptr<ws_session>, response>(const request&)>;

}  // namespace zhuqi::http
