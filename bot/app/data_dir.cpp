#include "bot/app/data_dir.hpp"

#include "bot/base/crypto.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace zhuqi::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t key_bytes = 32;

void write_synced(const fs::path& file, std::string_view bytes) {
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) throw std::system_error{errno, std::generic_category(), "cannot create " + file.string()};
  const bool ok = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  if (!ok) {
    ::unlink(file.c_str());
    throw std::system_error{error, std::generic_category(), "cannot write " + file.string()};
  }
}

}  // namespace

fs::path open_data_dir(const std::string& path) {
  fs::path dir = fs::absolute(path);
  if (fs::create_directories(dir)) fs::permissions(dir, fs::perms::owner_all);
  return dir;
}

secret load_server_key(const fs::path& dir) {
  const fs::path file = dir / "server.key";
  if (!fs::exists(file)) write_synced(file, crypto::random_bytes(key_bytes));
  std::ifstream in{file, std::ios::binary};
  std::string key{std::istreambuf_iterator<char>{in}, {}};
  if (key.size() != key_bytes) {
    throw std::runtime_error{
        file.string() +
        " must hold 32 bytes; restore it from a backup, or delete it to log every web chat visitor out"};
  }
  return secret{std::move(key)};
}

fs::path database_file(const fs::path& dir) { return dir / "zhuqi.db"; }

}  // namespace zhuqi::app
