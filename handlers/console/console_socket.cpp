#include "handlers/console/console_socket.hpp"

#include "handlers/console/thread_json.hpp"

namespace zhuqi::console {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t close_policy = 1008;
constexpr std::uint16_t close_try_later = 1013;
constexpr std::uint16_t close_signed_out = 4401;  // of the range that applications may use
constexpr auto hello_deadline = 10s;
constexpr auto typing_lasts = 6s;
constexpr std::size_t changes_at_once = 200;  // more is a new list

conversation_id thread_in(const json& frame) { return {pipeline::decimal(string_or_empty(frame, "thread"))}; }

}  // namespace

console_socket::console_socket(std::shared_ptr<stream> home, secret token, staff::signed_in who, std::string address,
                               stream::time_point opened)
    : home_{std::move(home)},
      token_{std::move(token)},
      who_{std::move(who)},
      address_{std::move(address)},
      opened_{opened},
      checked_{opened} {}

void console_socket::on_close() {
  if (stage_ == stage::closed) return;
  stage_ = stage::closed;
  peer_.reset();
  const auto watched = std::move(watches_);
  watches_.clear();
  home_->leave(this);
  for (const auto& [thread, _] : watched) home_->tell_viewers(thread);
}

void console_socket::on_text(std::string_view text) {
  if (stage_ == stage::closed) return;
  const auto self = shared_from_this();  // a handler may close it
  const auto frame = parse_json(text, limits::ws_frame_bytes);
  if (!frame || !frame->is_object()) return fail("bad_frame");
  const auto type = string_or_empty(*frame, "type");
  if ((type == "hello") != (stage_ == stage::open)) return fail(type == "hello" ? "hello_twice" : "hello_expected");
  if (type == "hello") return hello(*frame);
  if (type == "ping") return send_json({{"type", "pong"}});
  const auto thread = thread_in(*frame);
  if (type == "watch" && thread) return begin_watch(*frame);
  const auto watched = watches_.find(thread);
  if (type == "unwatch") {
    if (watched != watches_.end()) watches_.erase(watched);
    return home_->tell_viewers(thread);
  }
  if (type == "typing") {
    if (watched == watches_.end()) return;
    watched->second.typed = std::chrono::steady_clock::now();
    return home_->tell_viewers(thread);
  }
  fail("bad_frame");
}

void console_socket::hello(const json& frame) {
  const auto after = int_or(frame, "change", -1);
  if (after < 0 || !home_->office_.login.csrf_fits(who_, string_or_empty(frame, "csrf"))) return fail("bad_hello");
  auto& desk = home_->office_.desk;
  const auto newest = desk.last_change();
  const auto missed = after == 0 ? result<std::vector<storage::conversation>>{std::vector<storage::conversation>{}}
                                 : desk.changed_threads({after}, changes_at_once + 1);
  if (!newest || !missed) return close(close_try_later, "unavailable");
  stage_ = stage::live;
  send_json({{"type", "welcome"}, {"change", newest->value}, {"now", home_->office_.time.now().value}});
  // Whatever is out of order was restored from a backup: what the page holds is of another past.
  if (missed->size() > changes_at_once || after > newest->value) return send_json({{"type", "reload"}});
  const auto scope = staff::scope_of(who_.person, staff::permission::thread_view);
  json rows = json::array();
  for (const auto& row : *missed) {
    const bool seen = covers(scope, target_of(home_->office_, row), home_->office_.people.where());
    rows.push_back(seen ? thread_json(home_->office_, row)
                        : json{{"id", std::to_string(row.id.value)}, {"gone", true}});
  }
  if (!rows.empty()) send_json({{"type", "threads"}, {"threads", std::move(rows)}, {"change", newest->value}});
}

void console_socket::begin_watch(const json& frame) {
  const auto thread = thread_in(frame);
  const seq_no after{int_or(frame, "after", -1)};
  if (after.value < 0) return fail("bad_frame");
  if (!watches_.contains(thread) && watches_.size() >= limits::watched_threads) return fail("too_many_watched");
  home_->office_.store.load(thread, [weak = weak_from_this(), thread, after](const auto& found) {
    const auto self = weak.lock();
    if (!self || self->stage_ != stage::live) return;
    auto& home = *self->home_;
    const bool seen = found && may(self->who_.person, staff::permission::thread_view, target_of(home.office_, *found),
                                   home.office_.people.where());
    if (!seen) {
      return self->send_json({{"type", "unwatched"}, {"thread", std::to_string(thread.value)}});
    }
    const reading what{self->who_.person.id, "thread.read", "thread:" + std::to_string(thread.value),
                       home.office_.time.now(), self->address_};
    if (target_of(home.office_, *found).owner == what.who) return self->watch_from(*found, after);
    // Watching somebody else's thread is reading it: on record, or not at all.
    home.office_.reads.record(what, [weak, after, seen_as = *found](const result<void>& done) {
      const auto reader = weak.lock();
      if (!reader || reader->stage_ != stage::live) return;
      done ? reader->watch_from(seen_as, after) : reader->close(close_try_later, "unavailable");
    });
  });
}

void console_socket::watch_from(const storage::conversation& found, seq_no after) {
  const auto thread = found.id;
  if (!watches_.contains(thread) && watches_.size() >= limits::watched_threads) return fail("too_many_watched");
  watch w;
  w.last = std::min(after, found.seq);
  // Watching begins before the log is read, so that nothing falls between the two.
  w.feed = home_->feed_.subscribe(found.channel, found.user,
                                  [weak = weak_from_this(), thread](const auto& events, storage::owner_kind) {
                                    if (const auto socket = weak.lock()) socket->on_feed(thread, events);
                                  });
  watches_.insert_or_assign(thread, std::move(w));
  resync(thread);
  home_->tell_viewers(thread);
}

void console_socket::resync(conversation_id thread) {
  auto& w = watches_.at(thread);
  if (w.reading) return;
  w.reading = true;
  w.feed_ran = false;
  home_->office_.store.events(thread, w.last, limits::ws_history, [weak = weak_from_this(), thread](const auto& found) {
    if (const auto self = weak.lock()) self->on_resynced(thread, found);
  });
}

void console_socket::on_resynced(conversation_id thread, const result<std::vector<storage::stored_event>>& found) {
  const auto it = watches_.find(thread);
  if (it == watches_.end()) return;
  auto& w = it->second;
  w.reading = false;
  if (!found) return close(close_try_later, "unavailable");
  if (!found->empty()) {
    const bool gap = found->front().seq > w.last.next();
    w.last = found->back().seq;
    send_events(thread, *found, gap);
  }
  if (w.feed_ran) resync(thread);
}

void console_socket::on_feed(conversation_id thread, const std::vector<storage::stored_event>& events) {
  const auto it = watches_.find(thread);
  if (it == watches_.end() || events.empty()) return;
  auto& w = it->second;
  if (w.reading) {
    w.feed_ran = true;
  } else if (events.front().seq == w.last.next()) {
    w.last = events.back().seq;
    send_events(thread, events, false);
  } else if (events.back().seq > w.last) {
    resync(thread);
  }
}

void console_socket::send_events(conversation_id thread, const std::vector<storage::stored_event>& events, bool more) {
  send_json({{"type", "events"},
             {"thread", std::to_string(thread.value)},
             {"events", events_json(home_->office_, events)},
             {"more", more}});
}

bool console_socket::typing(conversation_id thread, stream::time_point now) const {
  const auto it = watches_.find(thread);
  return it != watches_.end() && it->second.typed != stream::time_point{} && now - it->second.typed < typing_lasts;
}

void console_socket::check(stream::time_point now) {
  if (stage_ == stage::closed) return;
  if (stage_ == stage::open && now - opened_ > hello_deadline) return fail("hello_expected");
  if (now - checked_ < limits::session_recheck) return;
  checked_ = now;
  auto who = home_->office_.login.who(token_.reveal(), home_->office_.people.where());
  if (!who) return close(close_signed_out, "signed out");
  const bool same = who->person.roles == who_.person.roles && who->person.department == who_.person.department;
  who_ = std::move(*who);
  if (same) return;
  // Other rights: what is watched is asked for again, and refused where it is not theirs any more.
  watches_.clear();
  send_json({{"type", "reload"}});
}

void console_socket::send(std::shared_ptr<const std::string> frame) const {
  if (peer_) peer_->send(std::move(frame));
}

void console_socket::send_json(const json& frame) const { send(std::make_shared<const std::string>(dump_json(frame))); }

void console_socket::fail(std::string_view code) {
  send_json({{"type", "error"}, {"code", code}});
  close(close_policy, code);
}

void console_socket::close(std::uint16_t code, std::string_view reason) {
  const auto peer = peer_;
  on_close();
  if (peer) peer->close(code, reason);
}

}  // namespace zhuqi::console
