#include "bot/staff/setup.hpp"

#include "bot/base/crypto.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace zhuqi::staff {
namespace {

constexpr std::size_t token_bytes = 20;

class descriptor {
 public:
  explicit descriptor(int fd) : fd_{fd} {}
  ~descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::system_error{errno, std::generic_category(), "cannot write " + file.string()};
}

std::string new_token() {
  const auto bytes = crypto::random_bytes(token_bytes);
  return crypto::hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

/// "" unless it is a plain file of ours that nobody else can read.
std::string read_token(const std::filesystem::path& file) {
  const descriptor in{::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
  struct stat about {};
  if (in.get() < 0 || ::fstat(in.get(), &about) != 0 || !S_ISREG(about.st_mode) || (about.st_mode & 077) != 0)
    return {};
  std::string text(2 * token_bytes + 2, '\0');
  const auto got = ::read(in.get(), text.data(), text.size());
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  if (text.ends_with('\n')) text.pop_back();
  return text.size() == 2 * token_bytes ? text : std::string{};
}

}  // namespace

setup_token::setup_token(const std::filesystem::path& data_dir) : file_{data_dir / "setup.token"} {}

void setup_token::offer() const {
  if (!read_token(file_).empty()) return;
  std::filesystem::remove(file_);
  const descriptor out{::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
  if (out.get() < 0) fail(file_);
  const auto line = new_token() + "\n";
  if (::write(out.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) || ::fsync(out.get()) != 0) {
    fail(file_);
  }
}

bool setup_token::fits(std::string_view token) const {
  const auto right = read_token(file_);
  return !right.empty() && crypto::equal_constant_time(right, token);
}

void setup_token::withdraw() const { std::filesystem::remove(file_); }

}  // namespace zhuqi::staff
