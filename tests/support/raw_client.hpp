#pragma once
// A TCP client that sends exactly the bytes it is told to: blocking, with a deadline on every call, so that a hanging server is
// a failed test and not a hanging one.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::test {

struct raw_response {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return {};
  }
};

class raw_client {
 public:
  static constexpr std::chrono::milliseconds patience{10'000};

  explicit raw_client(std::uint16_t port, int receive_buffer = 0)
      : fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    if (fd_ < 0) throw std::runtime_error{"socket failed"};
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      ::close(fd_);
      throw std::runtime_error{std::string{"connect: "} + std::strerror(errno)};
    }
  }
  raw_client(raw_client&& other) noexcept : fd_{std::exchange(other.fd_, -1)}, buffer_{std::move(other.buffer_)} {}
  raw_client& operator=(raw_client&&) = delete;
  ~raw_client() {
    if (fd_ >= 0) ::close(fd_);
  }

  int fd() const { return fd_; }
  const std::string& buffered() const { return buffer_; }

  /// False where the server closed or reset first.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  void half_close() { ::shutdown(fd_, SHUT_WR); }

  /// One read into the buffer. False at end of stream, reset, or when nothing came in time.
  bool fill(std::chrono::milliseconds wait = patience) {
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, static_cast<int>(wait.count())) <= 0) return false;
    char chunk[16384];
    const auto n = ::recv(fd_, chunk, sizeof chunk, 0);
    if (n <= 0) return false;
    buffer_.append(chunk, static_cast<std::size_t>(n));
    return true;
  }

  /// The next `n` bytes, fewer where the stream ended.
  std::string take(std::size_t n) {
    while (buffer_.size() < n && fill()) {
    }
    std::string out = buffer_.substr(0, n);
    buffer_.erase(0, out.size());
    return out;
  }

  /// The next response (status 0 where none came). `head_only` for answers to HEAD.
  enum class body : std::uint8_t { expected, absent };
  raw_response read(body wanted = body::expected) {
    raw_response r;
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return r;
    }
    const std::string head = take(end + 4);
    r.status = head.size() > 12 ? std::atoi(head.c_str() + 9) : 0;
    for (std::size_t at = head.find("\r\n") + 2; at < end;) {
      const auto line_end = head.find("\r\n", at);
      const std::string line = head.substr(at, line_end - at);
      const auto colon = line.find(": ");
      std::string name = line.substr(0, colon);
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      r.headers.emplace_back(std::move(name), colon == std::string::npos ? "" : line.substr(colon + 2));
      at = line_end + 2;
    }
    const std::string length = r.header("content-length");
    if (wanted == body::expected && !length.empty()) r.body = take(static_cast<std::size_t>(std::stoul(length)));
    return r;
  }

  /// Sends and reads one response.
  raw_response ask(std::string_view bytes) {
    send(bytes);
    return read();
  }

  /// True where the server ended the stream in time, with nothing more to read.
  bool closed(std::chrono::milliseconds wait = patience) {
    pollfd p{fd_, POLLIN, 0};
    if (!buffer_.empty() || ::poll(&p, 1, static_cast<int>(wait.count())) <= 0) return false;
    char c = 0;
    return ::recv(fd_, &c, 1, MSG_PEEK) <= 0;
  }

 private:
  int fd_;
  std::string buffer_;
};

}  // namespace zhuqi::test
