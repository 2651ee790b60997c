// See http_server.hpp. This file: listening, accepting, stopping. What a connection does is in connection.cpp.

#include "bot/runtime/http_server.hpp"

#include "bot/base/result.hpp"
#include "bot/runtime/connection.hpp"
#include "bot/runtime/log.hpp"

#include <boost/asio/ip/v6_only.hpp>

#include <sys/socket.h>

namespace zhuqi::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int accept_batch = 64;  // then the loop serves those it has
constexpr int backlog = 4096;     // what queues while a crashed server restarts
constexpr std::chrono::milliseconds no_descriptor_pause{100};
constexpr std::size_t refused_at_once = 64;  // beyond these, connections over the limit are just closed

bool is_exhaustion(const error_code& ec) {
  return ec == asio::error::no_descriptors || ec == asio::error::no_memory || ec == asio::error::no_buffer_space ||
         ec == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

struct server::impl : std::enable_shared_from_this<server::impl> {
  using acceptor_type = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

  impl(asio::io_context& loop, router routes, server_options options)
      : core{std::make_shared<server_core>(loop, std::move(routes), std::move(options))}, pause{std::in_place, loop} {}

  void begin(acceptor_type ready);
  void wait_for_peers();
  void accept_some(int at_most);
  void admit(socket_type socket, const tcp::endpoint& from);
  void back_off(const error_code& why);

  std::shared_ptr<server_core> core;
  std::optional<acceptor_type> acceptor;
  std::optional<asio::steady_timer> pause;
  bool exhausted = false;
};

void server::impl::begin(acceptor_type ready) {
  ready.non_blocking(true);
  acceptor.emplace(std::move(ready));
  wait_for_peers();
}

void server::impl::wait_for_peers() {
  acceptor->async_wait(acceptor_type::wait_read, [self = shared_from_this()](const error_code& ec) {
    if (ec || !self->acceptor) return;
    self->accept_some(accept_batch);
  });
}

void server::impl::accept_some(int at_most) {
  for (int i = 0; i < at_most; ++i) {
    error_code ec;
    tcp::endpoint from;
    socket_type socket{core->loop};
    acceptor->accept(socket, from, ec);
    if (ec == asio::error::would_block) {
      if (std::exchange(exhausted, false)) log::info("http.accept_resumed");
      break;
    }
    if (is_exhaustion(ec)) return back_off(ec);
    if (ec) continue;  // the peer gave up while it queued
    admit(std::move(socket), from);
  }
  if (!core->stopping) wait_for_peers();
}

void server::impl::admit(socket_type socket, const tcp::endpoint& from) {
  error_code ec;
  socket.non_blocking(true, ec);
  if (ec) return;
  socket.set_option(tcp::no_delay{true}, ec);
  ++core->stats.accepted;
  const bool full = core->stats.connections - core->lingering_refused >= core->options.max_connections;
  if (full && core->lingering_refused >= refused_at_once) {
    ++core->stats.refused_full;
    return;
  }
  const auto c = std::make_shared<connection>(core, std::move(socket), from.address().to_string());
  full ? c->refuse_full() : c->start();
}

/// Out of descriptors, the listening socket stays readable: without a pause the loop would spin.
void server::impl::back_off(const error_code& why) {
  if (!std::exchange(exhausted, true)) log::error("http.accept_paused", {{"what", why.message()}});
  if (core->stopping) return;
  pause->expires_after(no_descriptor_pause);
  pause->async_wait([self = shared_from_this()](const error_code& ec) {
    if (!ec && self->acceptor) self->accept_some(accept_batch);
  });
}

server::server(asio::io_context& loop, router routes, server_options options)
    : impl_{std::make_shared<impl>(loop, std::move(routes), std::move(options))} {}

server::~server() {
  impl_->acceptor.reset();
  impl_->pause.reset();
  impl_->core->shut();
}

void server::listen(const tcp::endpoint& where) {
  impl::acceptor_type a{impl_->core->loop};
  a.open(where.protocol());
  a.set_option(tcp::acceptor::reuse_address{true});
  if (where.address().is_v6()) a.set_option(asio::ip::v6_only{false});
  error_code ec;
  a.bind(where, ec);
  if (!ec) a.listen(backlog, ec);
  if (ec) {  // without the place in Asio's source, which helps no operator
    throw boost::system::system_error{
        error_code{ec.value(), ec.category()},
        "cannot listen on " + where.address().to_string() + " port " + std::to_string(where.port())};
  }
  impl_->begin(std::move(a));
}

void server::adopt(int listening_fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(listening_fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw boost::system::system_error{errno, boost::system::system_category(), "the inherited descriptor is no socket"};
  }
  if (address.ss_family != AF_INET && address.ss_family != AF_INET6) {
    throw boost::system::system_error{asio::error::address_family_not_supported,
                                      "the inherited socket is not a TCP socket"};
  }
  impl::acceptor_type a{impl_->core->loop};
  a.assign(address.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), listening_fd);
  impl_->begin(std::move(a));
}

tcp::endpoint server::local_endpoint() const {
  ZHUQI_ASSERT(impl_->acceptor.has_value());
  return impl_->acceptor->local_endpoint();
}

void server::stop(std::function<void()> drained) {
  server_core& core = *impl_->core;
  if (core.stopping) return;
  core.stopping = true;
  core.drained = std::move(drained);
  // Peers whose handshake the kernel finished are in flight too: closing the listener would reset them.
  if (impl_->acceptor) impl_->accept_some(backlog);
  impl_->acceptor.reset();
  impl_->pause->cancel();
  core.for_each_live(&live::stop);
  core.notify_if_drained();
}

void server::abort() {
  impl_->acceptor.reset();
  impl_->pause->cancel();
  impl_->core->stopping = true;
  impl_->core->for_each_live(&live::abort);
}

const server_stats& server::stats() const { return impl_->core->stats; }

}  // namespace zhuqi::http
