// See deadline_wheel.hpp. Each slot is a ring with a sentinel, so an entry leaves without knowing its slot.

#include "bot/runtime/deadline_wheel.hpp"

#include <algorithm>

namespace zhuqi::http {

deadline_wheel::sentinel::sentinel() { prev_ = next_ = this; }

deadline_wheel::entry* deadline_wheel::sentinel::first() { return next_ == this ? nullptr : next_; }

void deadline_wheel::sentinel::take_all_of(sentinel& other) {
  if (other.first() == nullptr) return;
  next_ = other.next_;
  prev_ = other.prev_;
  next_->prev_ = this;
  prev_->next_ = this;
  other.prev_ = other.next_ = &other;
}

deadline_wheel::deadline_wheel() = default;

deadline_wheel::~deadline_wheel() {
  for (sentinel& slot : wheel_) {
    while (entry* e = slot.first()) e->unlink();
  }
}

void deadline_wheel::link_before(entry& place, entry& e) noexcept {
  e.prev_ = place.prev_;
  e.next_ = &place;
  place.prev_->next_ = &e;
  place.prev_ = &e;
}

void deadline_wheel::set(entry& e, std::chrono::milliseconds from_now) {
  const auto ticks = std::max<std::int64_t>(0, (from_now + tick - std::chrono::milliseconds{1}) / tick);
  e.unlink();
  e.due_ = now_ + static_cast<std::uint64_t>(ticks) + 1;  // +1: the current tick has partly passed
  link_before(wheel_[std::min(e.due_, now_ + slots - 1) % slots], e);
}

void deadline_wheel::advance() {
  ++now_;
  sentinel due;
  due.take_all_of(wheel_[now_ % slots]);
  while (entry* e = due.first()) {  // on_deadline may clear or set any entry, also one of this ring
    e->unlink();
    if (e->due_ > now_) {
      link_before(wheel_[std::min(e->due_, now_ + slots - 1) % slots], *e);
    } else {
      e->on_deadline();
    }
  }
}

}  // namespace zhuqi::http
