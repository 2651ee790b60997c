#include "storage/sqlite/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace zhuqi::storage::sqlite {
namespace {

std::string holder(int fd) {
  char pid[24] = {};
  const auto n = ::pread(fd, pid, sizeof pid - 1, 0);
  return n > 0 ? " (process " + std::string{pid, static_cast<std::size_t>(n)} + ")" : std::string{};
}

}  // namespace

data_lock::data_lock(const std::string& directory) {
  std::filesystem::create_directories(directory);
  const auto path = directory + "/lock";
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0) throw std::system_error{errno, std::generic_category(), "cannot open " + path};
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    const auto who = holder(fd_);
    ::close(fd_);
    throw std::runtime_error{"another Zhuqi" + who + " is using the data directory " + directory +
                             "; stop it first, or give this one a directory of its own"};
  }
  // Only for the message above; a full disk must not keep us from starting.
  const auto pid = std::to_string(::getpid());
  if (::ftruncate(fd_, 0) == 0 && ::pwrite(fd_, pid.data(), pid.size(), 0) < 0) errno = 0;
}

data_lock::~data_lock() { ::close(fd_); }

}  // namespace zhuqi::storage::sqlite
