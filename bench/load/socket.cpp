#include "bench/load/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>
#include <system_error>

namespace zhuqi::bench {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

const sockaddr* generic(const sockaddr_in& a) { return reinterpret_cast<const sockaddr*>(&a); }

bool same_word(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] + 32) : a[i];
    if (c != lower[i]) return false;
  }
  return true;
}

}  // namespace

descriptor::~descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

target parse_url(const std::string& url) {
  const auto bad = [&url] { return std::runtime_error{url + ": must be http://IPv4:PORT/PATH"}; };
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) throw bad();
  const std::size_t slash = url.find('/', scheme.size());
  if (slash == std::string::npos) throw bad();
  target out;
  out.host = url.substr(scheme.size(), slash - scheme.size());
  out.path = url.substr(slash);
  const std::size_t colon = out.host.find(':');
  std::uint16_t port = 80;
  if (colon != std::string::npos) {
    const char* end = out.host.data() + out.host.size();
    if (const auto r = std::from_chars(out.host.data() + colon + 1, end, port); r.ec != std::errc{} || r.ptr != end)
      throw bad();
  }
  out.address.sin_family = AF_INET;
  out.address.sin_port = htons(port);
  if (inet_pton(AF_INET, out.host.substr(0, colon).c_str(), &out.address.sin_addr) != 1) throw bad();
  return out;
}

descriptor connect_to(const sockaddr_in& where, std::size_t n) {
  descriptor fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (!fd) fail("socket");
  const int on = 1;
  if (ntohl(where.sin_addr.s_addr) >> 24U == 127) {
    ::setsockopt(fd.get(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7f000002U + static_cast<std::uint32_t>(n % 200));
    if (::bind(fd.get(), generic(from), sizeof from) != 0) fail("bind");
  }
  if (::connect(fd.get(), generic(where), sizeof where) != 0) fail("connect");
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::fcntl(fd.get(), F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
  return fd;
}

std::size_t raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) fail("getrlimit");
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) fail("setrlimit");
  return limit.rlim_cur;
}

reading read_response(std::string_view bytes, response& out) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return bytes.size() > 16'384 ? reading::damaged : reading::partial;
  if (!bytes.starts_with("HTTP/1.1 ") || bytes.size() < 12) return reading::damaged;
  const auto status = std::from_chars(bytes.data() + 9, bytes.data() + 12, out.status);
  if (status.ec != std::errc{}) return reading::damaged;
  std::size_t length = 0;
  bool has_length = out.status == 204 || out.status == 304;
  out.close = false;
  std::size_t at = bytes.find("\r\n") + 2;
  while (at < head_end + 2) {
    const std::size_t end = bytes.find("\r\n", at);
    const std::string_view line = bytes.substr(at, end - at);
    at = end + 2;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return reading::damaged;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (same_word(line.substr(0, colon), "content-length")) {
      has_length =
          std::from_chars(value.data(), value.data() + value.size(), length).ptr == value.data() + value.size();
    } else if (same_word(line.substr(0, colon), "connection")) {
      out.close = same_word(value, "close");
    }
  }
  if (!has_length) return reading::damaged;
  out.size = head_end + 4 + length;
  if (bytes.size() < out.size) return reading::partial;
  out.body = bytes.substr(head_end + 4, length);
  return reading::complete;
}

}  // namespace zhuqi::bench
