#pragma once
// What all connections of one server share: the routes, the deadlines, the scratch buffers of the loop, the list of who is
// alive. Held by each connection, so that a late responder never meets a dead server.

#include "bot/runtime/deadline_wheel.hpp"
#include "bot/runtime/http_server.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/steady_timer.hpp>

namespace zhuqi::http {

/// A socket that knows its executor's type: no type erasure on the hot path.
using socket_type = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

struct server_core;

/// One connection or WebSocket in the server's list. Leaves the list when destroyed.
class live {
 public:
  explicit live(server_core& core);
  live(const live&) = delete;
  live& operator=(const live&) = delete;
  virtual void stop() = 0;   ///< finish what is in flight, then close
  virtual void abort() = 0;  ///< close now

 protected:
  ~live() { leave(); }
  void leave() noexcept;

 private:
  friend struct server_core;
  server_core* core_;
  live* prev_ = nullptr;
  live* next_ = nullptr;
};

struct server_core : std::enable_shared_from_this<server_core> {
  /// One read takes at most this much; larger bodies take more reads.
  static constexpr std::size_t input_bytes = 64 * 1024;

  server_core(boost::asio::io_context& l, router r, server_options o);

  /// Starts the tick if it rests. It rests while nothing is connected, so that an idle loop can end.
  void wake();
  void for_each_live(void (live::*what)());
  void on_gone();  ///< a connection left
  void notify_if_drained();
  void shut();  ///< lets go of everything bound to the loop

  boost::asio::io_context& loop;
  router routes;
  server_options options;
  server_stats stats;
  deadline_wheel wheel;
  std::unique_ptr<char[]> input;
  std::string output;
  std::string date;
  bool stopping = false;
  std::size_t body_bytes = 0;         ///< promised to bodies that are still coming in
  std::size_t lingering_refused = 0;  ///< refused for lack of room, still being told so
  std::function<void()> drained;

 private:
  void schedule_tick();
  void on_tick();

  friend class live;
  live* first_ = nullptr;
  bool ticking_ = false;
  std::int64_t date_second_ = 0;
  std::chrono::steady_clock::time_point next_tick_;
  std::optional<boost::asio::steady_timer> ticker_;
};

}  // namespace zhuqi::http
