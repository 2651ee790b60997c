#pragma once
// A real server on a random port with its loop on a thread of its own. Assertions stay on the test thread.

#include "bot/runtime/http_server.hpp"
#include "tests/support/raw_client.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <thread>

namespace zhuqi::test {

class running_server {
 public:
  explicit running_server(http::router routes, http::server_options options = {})
      : server_{std::in_place, loop_, std::move(routes), std::move(options)} {
    server_->listen({boost::asio::ip::address_v4::loopback(), 0});
    port_ = server_->local_endpoint().port();
    thread_ = std::thread{[this] { loop_.run(); }};
  }
  ~running_server() {
    on_loop([this] { server_.reset(); });
    work_.reset();
    thread_.join();
  }

  std::uint16_t port() const { return port_; }
  raw_client client(int receive_buffer = 0) const { return raw_client{port_, receive_buffer}; }
  http::server& server() { return *server_; }
  boost::asio::io_context& loop() { return loop_; }

  /// Runs on the loop thread and waits for it.
  template <class F>
  std::invoke_result_t<F> on_loop(F f) {
    std::packaged_task<std::invoke_result_t<F>()> task{std::move(f)};
    auto result = task.get_future();
    boost::asio::post(loop_, std::move(task));
    return result.get();
  }
  http::server_stats stats() {
    return on_loop([this] { return server_->stats(); });
  }

 private:
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
  std::optional<http::server> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// GET /hello → "hello", POST /echo → the body (64 KB), GET /boom throws, GET /drop forgets its responder, GET /files/* → the tail,
/// GET /big → 8 MB.
inline http::router sample_routes() {
  using namespace http;
  router r;
  r.add({method::get, "/hello", {access::anyone, 1024}, [](request, responder answer) {
           answer({200, "text/plain", "hello", {}, false});
         }});
  r.add({method::post, "/echo", {access::anyone, 64 * 1024}, [](request q, responder answer) {
           answer({200, "application/octet-stream", std::move(q.body), {}, false});
         }});
  r.add({method::get, "/boom", {access::anyone, 0}, [](request, responder) { throw std::runtime_error{"boom"}; }});
  r.add({method::get, "/drop", {access::anyone, 0}, [](request, responder) {}});
  r.add({method::get, "/files/*", {access::anyone, 0}, [](request q, responder answer) {
           answer({200, "text/plain", q.tail, {}, false});
         }});
  r.add({method::get, "/big", {access::anyone, 0}, [](request, responder answer) {
           answer({200, "application/octet-stream", std::string(8 * 1024 * 1024, 'x'), {}, false});
         }});
  return r;
}

}  // namespace zhuqi::test
