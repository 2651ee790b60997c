#include "bench/load/crowd.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>

namespace zhuqi::bench {
namespace {

using steady = std::chrono::steady_clock;

constexpr std::size_t crowd_users = 64;  ///< enough; more would fill the server's caches and blur what connections cost

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// One callback and its answer, blocking. "" where all is well.
std::string ask_once(const descriptor& fd, platform& p, std::uint64_t n) {
  const user_name name = name_of((std::uint64_t{1} << 40U) + n % crowd_users);
  const std::int64_t now = seconds_now();
  std::string request;
  p.write(request, {message_kind::view, view(name), {}, static_cast<std::uint64_t>(now) * 1'000'000U + n, now}, now);
  if (::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
    return "send";
  std::string bytes;
  std::array<char, 4096> input;
  for (;;) {
    pollfd wait{fd.get(), POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(std::chrono::milliseconds{patience}.count())) != 1) return "no answer in 5 s";
    const ssize_t got = ::recv(fd.get(), input.data(), input.size(), 0);
    if (got <= 0) return "closed without answer";
    bytes.append(input.data(), static_cast<std::size_t>(got));
    response r;
    const reading how = read_response(bytes, r);
    if (how == reading::damaged) return "damaged response";
    if (how == reading::complete) return r.status == 200 ? "" : "status " + std::to_string(r.status);
  }
}

/// The bytes that a slow client sends over and over: a head that never ends before the server loses patience.
constexpr std::string_view endless_head =
    "POST /wechat/city?signature=0 HTTP/1.1\r\nHost: slow\r\nX-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

class slow_crowd {
 public:
  explicit slow_crowd(const crowd_plan& plan) : plan_{plan}, sockets_(plan.connections), sent_(plan.connections) {
    result_.fewest_open = plan.connections;
  }

  slow_result run() {
    for (std::size_t i = 0; i < sockets_.size(); ++i) renew(i);
    const auto begin = steady::now();
    const auto end = begin + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>{plan_.seconds});
    // A tenth of them per 100 ms, so that the bytes are spread over each second.
    for (std::size_t tick = 0; steady::now() < end; ++tick) {
      std::size_t lost = 0;
      for (std::size_t i = tick % 10; i < sockets_.size(); i += 10) {
        if (!push(i)) {
          ++lost;
          renew(i);
        }
      }
      result_.closed_by_server += lost;
      result_.fewest_open = std::min(result_.fewest_open, sockets_.size() - lost);
      std::this_thread::sleep_until(begin + std::chrono::milliseconds{100} * static_cast<std::int64_t>(tick + 1));
    }
    return result_;
  }

 private:
  void renew(std::size_t i) {
    sockets_[i] = descriptor{};
    sockets_[i] = connect_to(plan_.where.address, i);
    sent_[i] = 0;
    ++result_.opened;
  }
  /// False where the server has closed it.
  bool push(std::size_t i) {
    char c = 0;
    const ssize_t got = ::recv(sockets_[i].get(), &c, 1, MSG_DONTWAIT);
    if (got >= 0 || errno != EAGAIN) return false;
    c = sent_[i] < endless_head.size() ? endless_head[sent_[i]] : 'a';
    ++sent_[i];
    return ::send(sockets_[i].get(), &c, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
  }

  const crowd_plan& plan_;
  std::vector<descriptor> sockets_;
  std::vector<std::size_t> sent_;
  slow_result result_;
};

}  // namespace

idle_result hold_idle(const crowd_plan& plan) {
  idle_result result;
  platform p{plan.who};
  {
    // Warm-up: the same users and the same paths, so that what they need once is there before the count begins.
    const descriptor fd = connect_to(plan.where.address, 0);
    for (std::uint64_t n = 0; n < 2'000; ++n) {
      if (const std::string problem = ask_once(fd, p, n); !problem.empty()) {
        ++result.errors[problem];
        return result;
      }
    }
  }
  std::this_thread::sleep_for(std::chrono::seconds{1});
  result.before = cost_of(plan.server);
  std::vector<descriptor> crowd;
  crowd.reserve(plan.connections);
  for (std::size_t i = 0; i < plan.connections; ++i) {
    crowd.push_back(connect_to(plan.where.address, i));
    if (const std::string problem = ask_once(crowd.back(), p, 10'000 + i); !problem.empty()) ++result.errors[problem];
  }
  std::this_thread::sleep_for(std::chrono::duration<double>{plan.seconds});
  result.after = cost_of(plan.server);
  for (const descriptor& fd : crowd) {
    char c = 0;
    if (::recv(fd.get(), &c, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && errno == EAGAIN) ++result.open;
  }
  return result;
}

slow_result trickle(const crowd_plan& plan) { return slow_crowd{plan}.run(); }

}  // namespace zhuqi::bench
