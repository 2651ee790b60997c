#include "handlers/webchat/visitor_socket.hpp"

#include "bot/base/text.hpp"
#include "bot/runtime/log.hpp"
#include "handlers/webchat/message.hpp"

#include <algorithm>
#include <utility>

namespace zhuqi::webchat {
namespace {

constexpr std::uint16_t close_policy = 1008;
constexpr std::uint16_t close_try_later = 1013;
constexpr std::size_t history_page = 50;

}  // namespace

visitor_socket::visitor_socket(std::shared_ptr<endpoint> home, std::string peer_address)
    : home_{std::move(home)},
      peer_address_{std::move(peer_address)},
      requests_{home_->options_.requests, home_->steady_()} {}

void visitor_socket::on_open(http::ws_peer_ptr peer) {
  peer_ = std::move(peer);
  ++home_->stats_.sockets;
}

void visitor_socket::on_close() {
  if (peer_) --home_->stats_.sockets;
  peer_.reset();
  watch_.reset();
  stage_ = stage::closed;
}

void visitor_socket::on_hello_overdue() {
  if (stage_ == stage::open) fail("hello_expected");
}

void visitor_socket::on_text(const std::string& frame) {
  if (stage_ == stage::closed) return;
  const auto parsed = parse_frame(frame);
  if (!parsed) return fail("bad_frame");
  const bool is_hello = std::holds_alternative<hello>(*parsed);
  if (is_hello != (stage_ == stage::open)) return fail(is_hello ? "hello_twice" : "hello_expected");
  // Keeps the socket while a handler closes it.
  const auto self = shared_from_this();
  std::visit([this](const auto& f) { take(f); }, *parsed);
}

void visitor_socket::take(const hello& h) {
  if (!identify(h)) return;
  stage_ = stage::said_hello;
  // Watching begins before the log is read, so that nothing falls between the two.
  watch_ = home_->feed_.subscribe(home_->options_.channel, visitor_,
                                  [weak = weak_from_this()](const auto& events, storage::owner_kind owner) {
                                    if (const auto self = weak.lock()) self->on_feed(events, owner);
                                  });
  home_->store_.load(home_->options_.channel, visitor_, [weak = weak_from_this(), h](const auto& loaded) {
    if (const auto self = weak.lock()) self->on_loaded(loaded, h);
  });
}

bool visitor_socket::identify(const hello& h) {
  if (h.token) {
    auto known = home_->tokens_.verify(*h.token);
    if (!known) {
      fail("bad_token");
      return false;
    }
    visitor_ = std::move(*known);
    token_ = *h.token;
    return true;
  }
  if (!home_->newcomers_.take(peer_address_, home_->steady_())) {
    ++home_->stats_.refused;
    close(close_try_later, "overloaded");
    return false;
  }
  auto fresh = home_->tokens_.issue();
  visitor_ = std::move(fresh.id);
  token_ = std::move(fresh.token);
  ++home_->stats_.visitors;
  return true;
}

void visitor_socket::on_loaded(const result<storage::conversation>& loaded, const hello& h) {
  if (stage_ != stage::said_hello) return;
  if (!loaded) {
    log::error("webchat.unreadable", {{"reason", loaded.error().message()}});
    return close(close_try_later, "unavailable");
  }
  conversation_ = loaded->id;
  owner_ = loaded->owner;
  // A client that holds more than there is was served by another log; it starts over when it sees the welcome.
  last_ = std::min(h.after, loaded->seq);
  stage_ = stage::live;
  reply(welcome_frame(token_, loaded->seq, owner_));
  if (!conversation_ && !feed_ran_) return greet(h.language);
  if (last_ < loaded->seq || feed_ran_) resync();
}

void visitor_socket::greet(dialogs::lang language) {
  auto fields = entered_message(home_->options_.channel, visitor_, language, home_->time_.now());
  // Unavailable is no harm here: the next hello of a visitor without events tries again.
  submit(std::move(fields), [](const pipeline::turn_reply&) {});
}

void visitor_socket::take(const webchat::send& s) {
  if (stage_ != stage::live) return fail("welcome_expected");
  if (!home_->sends_.take(visitor_, home_->steady_())) {
    ++home_->stats_.refused;
    return reply(nack_frame(s.id, refusal::overloaded));
  }
  if (s.text.size() > limits::user_text_bytes) return reply(nack_frame(s.id, refusal::too_large));
  auto fields = text_message(home_->options_.channel, visitor_, s, home_->time_.now());
  if (std::get<dialogs::event::text>(fields.event).text.empty()) return reply(nack_frame(s.id, refusal::empty));

  ++home_->stats_.messages;
  submit(std::move(fields), [weak = weak_from_this(), id = s.id](const pipeline::turn_reply& r) {
    const auto self = weak.lock();
    if (!self) return;
    switch (r.status) {
      case pipeline::turn_status::answered:
      case pipeline::turn_status::duplicate: return self->reply(ack_frame(id));
      case pipeline::turn_status::mismatch: return self->reply(nack_frame(id, refusal::mismatch));
      case pipeline::turn_status::unavailable: return self->reply(nack_frame(id, refusal::unavailable));
    }
  });
}

void visitor_socket::submit(pipeline::message_fields fields, pipeline::reply_fn done) {
  home_->submit_(vouched(std::move(fields)), feed_delivery(), home_->steady_() + limits::callback_deadline,
                 std::move(done));
}

void visitor_socket::take(const ping&) {
  if (!requests_.take(home_->options_.requests, home_->steady_())) return close(close_try_later, "too many requests");
  reply(pong_frame());
}

void visitor_socket::take(const history& h) {
  if (stage_ != stage::live) return fail("welcome_expected");
  if (!requests_.take(home_->options_.requests, home_->steady_())) return close(close_try_later, "too many requests");
  if (paging_) return;  // the client waits for a page before it asks for the next
  if (!conversation_) return reply(events_frame({}, page::complete));
  paging_ = true;
  home_->store_.events_before(conversation_, h.before, history_page, [weak = weak_from_this()](const auto& found) {
    if (const auto self = weak.lock()) self->on_page(found);
  });
}

void visitor_socket::on_page(const result<std::vector<storage::stored_event>>& found) {
  paging_ = false;
  if (!found) return close(close_try_later, "unavailable");
  const bool older = !found->empty() && found->front().seq.value > 1;
  reply(events_frame(*found, older ? page::older_exist : page::complete));
}

void visitor_socket::resync() {
  if (reading_) return;
  reading_ = true;
  feed_ran_ = false;
  home_->store_.events(conversation_, last_, limits::ws_history, [weak = weak_from_this()](const auto& found) {
    if (const auto self = weak.lock()) self->on_resynced(found);
  });
}

void visitor_socket::on_resynced(const result<std::vector<storage::stored_event>>& found) {
  reading_ = false;
  if (stage_ == stage::closed) return;
  if (!found) return close(close_try_later, "unavailable");
  if (!found->empty()) {
    const bool gap = found->front().seq > last_.next();
    reply(events_frame(*found, gap ? page::older_exist : page::complete));
    last_ = found->back().seq;
  }
  if (feed_ran_) resync();
}

void visitor_socket::on_feed(const std::vector<storage::stored_event>& events, storage::owner_kind owner) {
  if (events.empty() || stage_ == stage::closed) return;
  conversation_ = events.front().conversation;
  if (stage_ != stage::live || reading_) {
    feed_ran_ = true;
  } else if (events.front().seq == last_.next()) {
    last_ = events.back().seq;
    reply(events_frame(events, page::complete));
  } else if (events.back().seq > last_) {
    resync();
  }
  if (owner != owner_ && stage_ == stage::live) reply(owner_frame(owner));
  owner_ = owner;
}

void visitor_socket::reply(std::string frame) {
  if (peer_) peer_->send(std::make_shared<const std::string>(std::move(frame)));
}

void visitor_socket::fail(std::string_view code) {
  if (code != "bad_token") ++home_->stats_.bad_frames;
  reply(error_frame(code));
  close(close_policy, code);
}

void visitor_socket::close(std::uint16_t code, std::string_view reason) {
  const auto peer = peer_;
  on_close();
  if (peer) peer->close(code, reason);
}

}  // namespace zhuqi::webchat
