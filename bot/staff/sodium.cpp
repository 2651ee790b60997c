#include "bot/staff/sodium.hpp"

#include <sodium.h>

#include <stdexcept>

namespace zhuqi::staff {

void start_sodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error{"libsodium cannot start: the system gives no random bytes"};
}

}  // namespace zhuqi::staff
