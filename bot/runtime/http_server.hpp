#pragma once
// The HTTP/1.1 server: Asio sockets, Beast's parser fed by hand behind http_guard, one timer wheel for all deadlines. Runs on the
// loop thread only. An idle keep-alive connection owns a socket and a few hundred bytes, no buffer.

#include "bot/runtime/router.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace zhuqi::http {

struct server_options {
  std::size_t max_connections = limits::http_connections;
  std::size_t body_memory =
      64 * 1024 * 1024;  ///< bytes promised to bodies still coming in, all connections; beyond it 503
  std::chrono::milliseconds head_deadline = limits::http_head_deadline;
  std::chrono::milliseconds body_deadline = limits::http_body_deadline;
  std::chrono::milliseconds idle_deadline = limits::http_idle_deadline;
  std::chrono::milliseconds write_deadline = limits::http_write_deadline;
  std::vector<std::string> allowed_hosts;  ///< "name" or "name:port", lower case; empty: any well-formed Host
  /// Origins ("https://host[:port]") whose pages may open WebSockets here, beside pages of the same host.
  std::vector<std::string> allowed_origins;
  std::chrono::milliseconds ws_ping =
      limits::ws_ping;  ///< silence after which a WebSocket is pinged; twice that closes it
};

/// Counters for /metrics; plain numbers because only the loop thread writes them.
struct server_stats {
  std::uint64_t connections = 0;  ///< open now
  std::uint64_t accepted = 0;
  std::uint64_t refused_full = 0;  ///< answered 503 because max_connections was reached
  std::uint64_t requests = 0;
  std::uint64_t rejected = 0;  ///< 4xx by guard or parser
  std::uint64_t timeouts = 0;
};

class server {
 public:
  server(boost::asio::io_context& loop, router routes, server_options options);
  ~server();
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Binds and listens. Throws boost::system::system_error (address in use, …).
  void listen(const boost::asio::ip::tcp::endpoint& where);
  /// Takes over a listening socket (systemd socket activation). The descriptor stays open in the parent across our crash.
  void adopt(int listening_fd);
  boost::asio::ip::tcp::endpoint local_endpoint() const;

  /// Phase one of a graceful stop: accepts nothing more, answers what is in flight with "Connection: close", closes idle
  /// connections and sends WebSockets 1001; calls `drained` once the last connection is gone.
  void stop(std::function<void()> drained);
  /// Phase two: closes whatever is left at once.
  void abort();

  const server_stats& stats() const;

 private:
  struct impl;
  std::shared_ptr<impl> impl_;
};

}  // namespace zhuqi::http
