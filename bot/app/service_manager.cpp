#include "bot/app/service_manager.hpp"

#include <systemd/sd-daemon.h>

#include <cstdlib>

namespace zhuqi::app {

std::optional<int> passed_socket(std::string_view name) {
  char** names = nullptr;
  const int count = sd_listen_fds_with_names(0, &names);
  std::optional<int> found;
  for (int i = 0; i < count; ++i) {
    if (name == names[i]) found = SD_LISTEN_FDS_START + i;
    std::free(names[i]);
  }
  std::free(names);
  return found;
}

void notify_ready() { sd_notify(0, "READY=1"); }
void notify_stopping() { sd_notify(0, "STOPPING=1"); }

}  // namespace zhuqi::app
