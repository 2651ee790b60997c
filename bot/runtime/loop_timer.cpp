// See loop_timer.hpp.

#include "bot/runtime/loop_timer.hpp"

#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace zhuqi {

struct loop_timer::impl : std::enable_shared_from_this<loop_timer::impl> {
  explicit impl(boost::asio::io_context& loop) : timer{std::in_place, loop} {}

  void arm(std::chrono::milliseconds delay) {
    timer->expires_after(delay);
    timer->async_wait([self = shared_from_this(), round = round](const boost::system::error_code& ec) {
      // A cancelled wait whose time had come is already queued as a success: only the round tells it from a live one.
      if (!ec && self->timer && self->round == round) self->fire();
    });
  }

  void fire() {
    const auto now = ++round;
    const auto call = what;  // a copy: it may set another
    call();
    if (timer && round == now && period.count() > 0) arm(period);
  }

  std::optional<boost::asio::steady_timer> timer;
  std::function<void()> what;
  std::chrono::milliseconds period{0};
  std::uint64_t round = 0;
};

loop_timer::loop_timer(boost::asio::io_context& loop) : impl_{std::make_shared<impl>(loop)} {}

loop_timer::~loop_timer() { impl_->timer.reset(); }

void loop_timer::after(std::chrono::milliseconds delay, std::function<void()> what) {
  cancel();
  impl_->what = std::move(what);
  impl_->arm(delay);
}

void loop_timer::every(std::chrono::milliseconds period, std::function<void()> what) {
  cancel();
  impl_->what = std::move(what);
  impl_->period = period;
  impl_->arm(period);
}

void loop_timer::cancel() {
  ++impl_->round;
  impl_->period = {};
  impl_->timer->cancel();
}

}  // namespace zhuqi
