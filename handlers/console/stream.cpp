#include "handlers/console/stream.hpp"

#include "handlers/console/console_socket.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/thread_json.hpp"

#include <algorithm>

namespace zhuqi::console {
namespace {

/// The server library owns the session and drops it with the connection; callbacks in flight hold the socket weakly.
class session final : public http::ws_session {
 public:
  explicit session(std::shared_ptr<console_socket> socket) : socket_{std::move(socket)} {}
  ~session() override { socket_->on_close(); }
  void on_open(http::ws_peer_ptr peer) override { socket_->on_open(std::move(peer)); }
  void on_text(std::string frame) override { socket_->on_text(frame); }
  void on_close() override { socket_->on_close(); }

 private:
  std::shared_ptr<console_socket> socket_;
};

http::response refusal(int status, const char* why) { return {status, "text/plain; charset=utf-8", why, {}, true}; }

std::shared_ptr<const std::string> frame(const json& value) {
  return std::make_shared<const std::string>(dump_json(value));
}

}  // namespace

http::ws_acceptor stream::acceptor() {
  return [self = shared_from_this()](const http::request& request) { return self->accept(request); };
}

std::pair<std::unique_ptr<http::ws_session>, http::response> stream::accept(const http::request& request) {
  if (!http::from_own_page(request, office_.public_host)) return {nullptr, refusal(403, "this origin is not ours\n")};
  const auto token = staff::session_token_in(request.header("cookie"));
  if (!token) return {nullptr, refusal(401, "sign in first\n")};
  auto who = office_.login.who(token->reveal(), office_.people.where());
  if (!who) return {nullptr, refusal(401, "sign in first\n")};
  auto socket = std::make_shared<console_socket>(shared_from_this(), *token, std::move(*who),
                                                 http::client_address(request), std::chrono::steady_clock::now());
  sockets_.push_back(socket);
  return {std::make_unique<session>(std::move(socket)), http::response{}};
}

/// A socket may close, itself or another, while it is told.
template <class Tell>
void stream::each(Tell tell) {
  const auto all = sockets_;
  for (const auto& weak : all) {
    if (const auto socket = weak.lock(); socket && socket->live()) tell(*socket);
  }
}

void stream::thread_changed(const storage::conversation& before, const storage::conversation& after) {
  if (sockets_.empty() || !after.thread) return;
  const auto now = target_of(office_, after);
  const auto was = target_of(office_, before);
  const auto change = after.thread->change.value;
  std::shared_ptr<const std::string> seen, gone;
  each([&](const console_socket& socket) {
    const auto scope = staff::scope_of(socket.person(), staff::permission::thread_view);
    if (covers(scope, now, office_.people.where())) {
      if (!seen)
        seen =
            frame({{"type", "threads"}, {"threads", json::array({thread_json(office_, after)})}, {"change", change}});
      socket.send(seen);
    } else if (covers(scope, was, office_.people.where())) {
      const json row{{"id", std::to_string(after.id.value)}, {"gone", true}};
      if (!gone) gone = frame({{"type", "threads"}, {"threads", json::array({row})}, {"change", change}});
      socket.send(gone);
    }
  });
}

void stream::note_added(const storage::note& note, const staff::target& thread) {
  if (sockets_.empty()) return;
  const auto id = std::to_string(note.conversation.value);
  const auto shown = note_json(office_, note);
  const auto told = frame({{"type", "notes"}, {"thread", id}, {"notes", json::array({shown})}});
  const auto called = frame({{"type", "mention"}, {"thread", id}, {"note", shown}});
  each([&](const console_socket& socket) {
    if (socket.watches(note.conversation) && sees(office_, socket.person(), note, thread)) socket.send(told);
    if (std::ranges::find(note.to, socket.person().id) != note.to.end()) socket.send(called);
  });
}

void stream::case_changed(const staff::target& whose, std::string_view id, std::int64_t version) {
  const auto told = frame({{"type", "case"}, {"id", id}, {"version", version}});
  each([&](const console_socket& socket) {
    if (may(socket.person(), staff::permission::case_view, whose, office_.people.where())) socket.send(told);
  });
}

void stream::tell_viewers(conversation_id thread) {
  json people = json::array();
  const auto now = std::chrono::steady_clock::now();
  each([&](const console_socket& socket) {
    if (!socket.watches(thread)) return;
    auto person = person_json(office_, socket.person().id);
    if (person.is_null()) return;
    person["typing"] = socket.typing(thread, now);
    const auto twin = std::ranges::find_if(people, [&](const json& p) { return p["id"] == person["id"]; });
    if (twin == people.end()) {
      people.push_back(std::move(person));
    } else if (person["typing"] == true) {
      (*twin)["typing"] = true;
    }
  });
  const auto told =
      frame({{"type", "viewers"}, {"thread", std::to_string(thread.value)}, {"people", std::move(people)}});
  each([&](const console_socket& socket) {
    if (socket.watches(thread)) socket.send(told);
  });
}

void stream::leave(const console_socket* socket) {
  std::erase_if(sockets_, [&](const auto& weak) {
    const auto held = weak.lock();
    return !held || held.get() == socket;
  });
}

void stream::sweep(time_point now) {
  const auto all = sockets_;
  for (const auto& weak : all) {
    if (const auto socket = weak.lock()) socket->check(now);
  }
}

}  // namespace zhuqi::console
