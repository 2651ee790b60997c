#include "bot/pipeline/wakeups.hpp"

#include "bot/runtime/log.hpp"

namespace zhuqi::pipeline {

void wakeups::poll() {
  if (running_ != 0) return;
  running_ = 1;  // the read itself
  store_.due_wakeups(time_.now(), batch, [this](result<std::vector<storage::wakeup_row>> due) {
    if (!due) {
      log::error("wakeups.unreadable", {{"reason", due.error().message()}});
    } else {
      running_ += due->size();
      for (const auto& row : *due) {
        intake_.wake(row, [this] { --running_; });
      }
    }
    --running_;
  });
}

}  // namespace zhuqi::pipeline
