#pragma once
// Sockets and the little HTTP a client needs: where to connect, and where one response ends.

#include <netinet/in.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace zhuqi::bench {

/// A file descriptor that closes itself.
class descriptor {
 public:
  descriptor() = default;
  explicit descriptor(int fd) : fd_{fd} {}
  descriptor(descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~descriptor();
  int get() const { return fd_; }
  void reset() { *this = descriptor{}; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// http://IPv4:PORT/PATH, taken apart.
struct target {
  sockaddr_in address{};
  std::string host;  ///< for the Host header
  std::string path;
};
/// Throws std::runtime_error that says what a URL must look like.
target parse_url(const std::string& url);

/// Connects, blocking, then turns the socket non-blocking. On loopback, client `n` comes from its own 127.x.y.z, so that tens of
/// thousands of connections do not run out of ports. Throws std::system_error.
descriptor connect_to(const sockaddr_in& where, std::size_t n);

/// Raises the limit of open files to what the system allows and returns it.
std::size_t raise_file_limit();

struct response {
  int status = 0;
  std::string_view body;
  std::size_t size = 0;  ///< bytes of head and body
  bool close = false;    ///< the server will close after it
};

enum class reading : std::uint8_t { complete, partial, damaged };
/// One response at the beginning of `bytes`. Content-Length only: a server has no reason to chunk these.
reading read_response(std::string_view bytes, response& out);

}  // namespace zhuqi::bench
