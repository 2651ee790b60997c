#include "handlers/webchat/endpoint.hpp"

#include "handlers/webchat/visitor_socket.hpp"


namespace zhuqi::webchat {
namespace {

constexpr std::chrono::seconds hello_deadline{10};
constexpr std::chrono::seconds forget_every{30};
// Visitors whose bucket is not full at one moment, i.e. who wrote within the last seconds: far above what one process serves.
constexpr std::size_t limited_keys = 100'000;

/// The server library owns the session and drops it with the connection; callbacks in flight hold the socket weakly.
class session final : public http::ws_session {
 public:
  explicit session(std::shared_ptr<visitor_socket> socket) : socket_{std::move(socket)} {}
  ~session() override { socket_->on_close(); }
  void on_open(http::ws_peer_ptr peer) override { socket_->on_open(std::move(peer)); }
  void on_text(std::string frame) override { socket_->on_text(frame); }
  void on_close() override { socket_->on_close(); }

 private:
  std::shared_ptr<visitor_socket> socket_;
};

}  // namespace

endpoint::endpoint(options o, submit_fn submit, storage::store& store, pipeline::live_feed& feed, const clock& time,
                   steady_fn steady)
    : options_{std::move(o)},
      submit_{std::move(submit)},
      store_{store},
      feed_{feed},
      time_{time},
      steady_{std::move(steady)},
      tokens_{options_.token_key},
      sends_{options_.sends, limited_keys},
      newcomers_{options_.newcomers, limited_keys},
      last_forgetting_{steady_()} {}

http::ws_acceptor endpoint::acceptor() {
  return [self = shared_from_this()](const http::request& request) { return self->accept(request); };
}

std::pair<std::unique_ptr<http::ws_session>, http::response> endpoint::accept(const http::request& request) {
  // Browsers always send Origin; a page of somebody else has no business here (embedding pages show our own page in a frame).
  if (!http::from_own_page(request, options_.public_host)) {
    return {nullptr, http::response{403, "text/plain; charset=utf-8", "this origin may not open a chat\n", {}, true}};
  }
  auto socket = std::make_shared<visitor_socket>(shared_from_this(), http::client_address(request));
  silent_.emplace_back(steady_() + hello_deadline, socket);
  return {std::make_unique<session>(std::move(socket)), http::response{}};
}

void endpoint::sweep(time_point now) {
  while (!silent_.empty() && silent_.front().first <= now) {
    if (const auto socket = silent_.front().second.lock()) socket->on_hello_overdue();
    silent_.pop_front();
  }
  if (now - last_forgetting_ < forget_every) return;
  last_forgetting_ = now;
  sends_.sweep(now);
  newcomers_.sweep(now);
}

}  // namespace zhuqi::webchat
