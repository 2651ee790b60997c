#pragma once
// The console's WebSocket: who is connected, and what of the desk each of them is told. What one socket does stands in
// console_socket.cpp. It promises nothing that the store does not hold: a page that missed frames asks for what came after the
// change and the seq that it knows. Loop thread only.

#include "bot/pipeline/live_feed.hpp"
#include "bot/runtime/http.hpp"
#include "handlers/console/office.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace zhuqi::console {

class console_socket;

class stream : public std::enable_shared_from_this<stream> {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Both outlive the stream. Make it with std::make_shared.
  stream(office& o, pipeline::live_feed& feed) : office_{o}, feed_{feed} {}

  /// For the route GET /api/v1/stream.
  http::ws_acceptor acceptor();

  /// A conversation's row on the desk changed. Who could see it before and cannot any more is told that it is gone.
  void thread_changed(const storage::conversation& before, const storage::conversation& after);
  /// To whoever watches the thread and may see the note; and to whom it names, whatever they watch.
  void note_added(const storage::note& note, const staff::target& thread);
  /// Something about a case: pages that show it read it again.
  void case_changed(const staff::target& whose, std::string_view id, std::int64_t version);

  /// Closes sockets without a hello, and those whose session has ended, within limits::session_recheck. To be called about
  /// every second.
  void sweep(time_point now);

  std::size_t sockets() const { return sockets_.size(); }

 private:
  friend class console_socket;
  std::pair<std::unique_ptr<http::ws_session>, http::response> accept(const http::request& request);
  void tell_viewers(conversation_id thread);
  void leave(const console_socket* socket);
  template <class Tell>
  void each(Tell tell);

  office& office_;
  pipeline::live_feed& feed_;
  std::vector<std::weak_ptr<console_socket>> sockets_;
};

}  // namespace zhuqi::console
