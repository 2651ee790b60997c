// See server_core.hpp.

#include "bot/runtime/server_core.hpp"

#include "bot/runtime/response_writer.hpp"

#include <boost/asio/post.hpp>

#include <ctime>

namespace zhuqi::http {

live::live(server_core& core) : core_{&core}, next_{core.first_} {
  if (next_ != nullptr) next_->prev_ = this;
  core.first_ = this;
  ++core.stats.connections;
}

void live::leave() noexcept {
  if (core_ == nullptr) return;
  (prev_ != nullptr ? prev_->next_ : core_->first_) = next_;
  if (next_ != nullptr) next_->prev_ = prev_;
  std::exchange(core_, nullptr)->on_gone();
}

server_core::server_core(boost::asio::io_context& l, router r, server_options o)
    : loop{l},
      routes{std::move(r)},
      options{std::move(o)},
      input{new char[input_bytes]},
      date_second_{std::time(nullptr)},
      ticker_{std::in_place, l} {
  date = http_date(date_second_);
  output.reserve(4096);
}

void server_core::wake() {
  if (ticking_ || !ticker_) return;
  ticking_ = true;
  next_tick_ = std::chrono::steady_clock::now();
  if (const std::int64_t now = std::time(nullptr); now != date_second_) date = http_date(date_second_ = now);
  schedule_tick();
}

void server_core::schedule_tick() {
  next_tick_ += deadline_wheel::tick;
  ticker_->expires_at(next_tick_);
  ticker_->async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
    if (!ec) self->on_tick();
  });
}

void server_core::on_tick() {
  if (const std::int64_t now = std::time(nullptr); now != date_second_) date = http_date(date_second_ = now);
  // After a stall (a suspended machine) one tick is enough: everybody gets the time the loop was away.
  const auto now = std::chrono::steady_clock::now();
  if (now - next_tick_ > 4 * deadline_wheel::tick) next_tick_ = now;
  wheel.advance();
  ticking_ = first_ != nullptr && ticker_.has_value();
  if (ticking_) schedule_tick();
}

void server_core::for_each_live(void (live::*what)()) {
  // Acting on one may remove it (never another), so the next is looked up first.
  for (live* at = first_; at != nullptr;) {
    live* next = at->next_;
    (at->*what)();
    at = next;
  }
}

void server_core::on_gone() {
  --stats.connections;
  notify_if_drained();
}

void server_core::notify_if_drained() {
  if (first_ == nullptr && stopping && drained) boost::asio::post(loop, std::exchange(drained, nullptr));
}

void server_core::shut() {
  stopping = true;
  drained = nullptr;
  for_each_live(&live::abort);
  ticker_.reset();
}

}  // namespace zhuqi::http
