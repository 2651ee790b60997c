// Peers that are slow, silent, too many, or gone; and a server that stops. Deadlines are shortened, the mechanism is the real one.

#include "tests/unit/runtime/running_server.hpp"

#include <catch2/catch.hpp>

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <fstream>

namespace zhuqi::test {
namespace {

using std::chrono::milliseconds;
using clock_type = std::chrono::steady_clock;

const std::string get_hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

http::server_options short_deadlines() {
  http::server_options o;
  o.head_deadline = milliseconds{500};
  o.body_deadline = milliseconds{500};
  o.idle_deadline = milliseconds{500};
  o.write_deadline = milliseconds{500};
  return o;
}

/// Sends `bytes` one by one every 50 ms until the server has something to say.
void drip(raw_client& c, const std::string& bytes) {
  for (const char b : bytes) {
    if (!c.send({&b, 1}) || c.fill(milliseconds{50})) return;
  }
}

}  // namespace

TEST_CASE("a head that comes too slowly is 408, however steadily it drips") {
  running_server s{sample_routes(), short_deadlines()};
  auto c = s.client();
  const auto began = clock_type::now();
  drip(c, "GET /hello HTTP/1.1\r\nHost: x\r\n" + std::string(200, 'a'));
  REQUIRE(c.read().status == 408);
  REQUIRE(c.closed());
  const auto took = clock_type::now() - began;
  REQUIRE(took >= milliseconds{500});
  REQUIRE(took < milliseconds{2500});
}

TEST_CASE("a body that comes too slowly is 408") {
  for (const auto* framing : {"Content-Length: 100", "Transfer-Encoding: chunked"}) {
    running_server s{sample_routes(), short_deadlines()};
    auto c = s.client();
    c.send(std::string{"POST /echo HTTP/1.1\r\nHost: x\r\n"} + framing + "\r\n\r\n");
    drip(c, "40\r\n" + std::string(60, 'a'));
    REQUIRE(c.read().status == 408);
    REQUIRE(c.closed());
  }
}

TEST_CASE("a silent connection is closed without a word") {
  running_server s{sample_routes(), short_deadlines()};
  auto fresh = s.client();
  auto kept = s.client();
  REQUIRE(kept.ask(get_hello).status == 200);
  REQUIRE(fresh.closed());
  REQUIRE(kept.closed());
  REQUIRE(s.stats().timeouts == 2);
}

TEST_CASE("a reader that does not read is let go") {
  running_server s{sample_routes(), short_deadlines()};
  auto c = s.client(4096);
  c.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(milliseconds{1500});
  REQUIRE(s.stats().connections == 0);
}

TEST_CASE("a handler may take longer than any deadline of the client") {
  http::router routes = sample_routes();
  std::vector<http::responder> waiting;
  routes.add({http::method::get, "/later", {http::access::anyone, 0}, [&](http::request, http::responder answer) {
                waiting.push_back(std::move(answer));
              }});
  running_server s{std::move(routes), short_deadlines()};
  auto c = s.client();
  c.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(milliseconds{1200});
  s.on_loop([&] {
    waiting.front()({200, "text/plain", "late", {}, false});
    waiting.clear();
  });
  REQUIRE(c.read().body == "late");
}

TEST_CASE("an answer for a client that left goes nowhere, quietly") {
  http::router routes = sample_routes();
  std::vector<http::responder> waiting;
  routes.add({http::method::get, "/later", {http::access::anyone, 0}, [&](http::request, http::responder answer) {
                waiting.push_back(std::move(answer));
              }});
  running_server s{std::move(routes)};
  {
    auto c = s.client();
    c.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    while (s.on_loop([&] { return waiting.empty(); })) {
    }
  }
  s.on_loop([&] {
    waiting.front()({200, "text/plain", std::string(1'000'000, 'x'), {}, false});
    waiting.clear();
  });
  for (int i = 0; i < 100 && s.stats().connections != 0; ++i) std::this_thread::sleep_for(milliseconds{20});
  REQUIRE(s.stats().connections == 0);
}

TEST_CASE("100-continue is sent when, and only when, the body is welcome") {
  running_server s{sample_routes()};
  const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
  auto welcome = s.client();
  welcome.send(head + "5\r\n\r\n");
  REQUIRE(welcome.take(25) == "HTTP/1.1 100 Continue\r\n\r\n");
  REQUIRE(welcome.ask("abcde").body == "abcde");
  auto sent_already = s.client();
  REQUIRE(sent_already.ask(head + "5\r\n\r\nabcde").body == "abcde");
  auto too_large = s.client();
  REQUIRE(too_large.ask(head + "70000\r\n\r\n").status == 413);
}

TEST_CASE("413 reaches a client that goes on sending its body") {
  running_server s{sample_routes()};
  auto c = s.client();
  c.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n");
  for (int i = 0; i < 50; ++i) c.send(std::string(10'000, 'a'));
  REQUIRE(c.read().status == 413);
}

TEST_CASE("a body up to the bound is taken, in one piece or many") {
  running_server s{sample_routes()};
  const std::string body(64 * 1024, 'a');
  auto c = s.client();
  c.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + body);
  REQUIRE(c.read().body == body);
  c.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 64; ++i) c.send("400\r\n" + std::string(1024, 'a') + "\r\n");
  c.send("0\r\n\r\n");
  REQUIRE(c.read().body == body);
}

TEST_CASE("bodies on their way have one memory bound for all connections together") {
  http::server_options o;
  o.body_memory = 100'000;
  running_server s{sample_routes(), o};
  const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n";
  auto first = s.client();
  first.send(head);
  while (s.stats().connections == 0) {
  }
  std::this_thread::sleep_for(milliseconds{50});
  auto second = s.client();
  const auto refused = second.ask(head);
  REQUIRE(refused.status == 503);
  REQUIRE(refused.header("retry-after") == "2");
  REQUIRE(first.ask(std::string(60'000, 'a')).status == 200);
  REQUIRE(s.client().ask(head + std::string(60'000, 'a')).status == 200);
}

TEST_CASE("over the limit of connections the answer is 503 with Retry-After, and room comes back") {
  http::server_options o;
  o.max_connections = 3;
  running_server s{sample_routes(), o};
  std::vector<raw_client> inside;
  for (int i = 0; i < 3; ++i) {
    inside.push_back(s.client());
    REQUIRE(inside.back().ask(get_hello).status == 200);
  }
  for (int i = 0; i < 5; ++i) {
    auto outside = s.client();
    const auto r = outside.ask(get_hello);
    REQUIRE(r.status == 503);
    REQUIRE(r.header("retry-after") == "2");
    REQUIRE(outside.closed());
  }
  REQUIRE(s.stats().refused_full == 5);
  inside.pop_back();
  for (int i = 0; i < 100 && s.stats().connections > 2; ++i) std::this_thread::sleep_for(milliseconds{20});
  REQUIRE(s.client().ask(get_hello).status == 200);
}

TEST_CASE("a graceful stop answers what is in flight, closes what is idle, and then says so") {
  http::router routes = sample_routes();
  std::vector<http::responder> waiting;
  routes.add({http::method::get, "/later", {http::access::anyone, 0}, [&](http::request, http::responder answer) {
                waiting.push_back(std::move(answer));
              }});
  running_server s{std::move(routes)};
  auto idle = s.client();
  REQUIRE(idle.ask(get_hello).status == 200);
  auto busy = s.client();
  busy.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
  auto half = s.client();
  half.send("GET /hello HTTP/1.1\r\nHo");
  while (s.on_loop([&] { return waiting.empty(); }) || s.stats().connections < 3) {
  }
  std::this_thread::sleep_for(milliseconds{50});

  std::promise<void> drained;
  auto done = drained.get_future();
  s.on_loop([&] { s.server().stop([&] { drained.set_value(); }); });
  REQUIRE(idle.closed());
  REQUIRE(done.wait_for(milliseconds{100}) == std::future_status::timeout);
  REQUIRE_THROWS(s.client());
  s.on_loop([&] {
    waiting.front()({200, "text/plain", "late", {}, false});
    waiting.clear();
  });
  const auto r = busy.read();
  REQUIRE(r.body == "late");
  REQUIRE(r.header("connection") == "close");
  half.send("st: x\r\n\r\n");
  REQUIRE(half.read().body == "hello");
  REQUIRE(done.wait_for(std::chrono::seconds{5}) == std::future_status::ready);
  REQUIRE(s.stats().connections == 0);
}

TEST_CASE("a stop with nobody there is done at once") {
  running_server s{sample_routes()};
  std::promise<void> drained;
  s.on_loop([&] { s.server().stop([&] { drained.set_value(); }); });
  REQUIRE(drained.get_future().wait_for(std::chrono::seconds{2}) == std::future_status::ready);
}

TEST_CASE("a stop under load cuts nobody off: every connection taken is answered") {
  running_server s{sample_routes()};
  std::atomic<int> answered{0};
  std::vector<std::thread> users;
  users.reserve(4);
  for (int u = 0; u < 4; ++u) {
    users.emplace_back([&] {
      try {
        // Status 0: reset in the kernel's queue, by the closing listener; only a listener that outlives us avoids that.
        while (raw_client{s.port()}.ask(get_hello).status == 200) ++answered;
      } catch (const std::runtime_error&) {
        return;  // refused: the listener is closed
      }
    });
  }
  while (answered < 200) std::this_thread::yield();
  s.on_loop([&] { s.server().stop([] {}); });
  for (auto& u : users) u.join();
  REQUIRE(s.stats().accepted == static_cast<std::uint64_t>(answered));
}

TEST_CASE("a listening socket that was handed over is served") {
  boost::asio::io_context parent;
  boost::asio::ip::tcp::acceptor listener{parent, {boost::asio::ip::address_v4::loopback(), 0}};
  const auto port = listener.local_endpoint().port();
  running_server s{sample_routes()};  // its loop serves a second server
  std::optional<http::server> second;
  s.on_loop([&] {
    second.emplace(s.loop(), sample_routes(), http::server_options{});
    second->adopt(::dup(listener.native_handle()));
  });
  REQUIRE(raw_client{port}.ask(get_hello).body == "hello");
  s.on_loop([&] { second.reset(); });
}

namespace {

/// Serves in a process of its own with few descriptors; the port comes through the pipe.
[[noreturn]] void serve_with_descriptors(rlim_t descriptors, int report) {
  ::malloc_trim(0);  // what the tests before freed would hide what connections cost
  boost::asio::io_context loop{1};
  http::server server{loop, sample_routes(), {}};
  server.listen({boost::asio::ip::address_v4::loopback(), 0});
  const auto port = server.local_endpoint().port();
  if (descriptors > 0) {
    const rlimit limit{descriptors, descriptors};
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  if (::write(report, &port, sizeof port) != sizeof port) ::_exit(1);
  loop.run();
  ::_exit(0);
}

struct child_server {
  pid_t pid = -1;
  std::uint16_t port = 0;
  explicit child_server(rlim_t descriptors) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error{"pipe"};
    pid = ::fork();
    if (pid == 0) serve_with_descriptors(descriptors, ends[1]);
    if (::read(ends[0], &port, sizeof port) != sizeof port) throw std::runtime_error{"no port"};
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~child_server() {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  /// Clock ticks of processor time so far.
  long cpu() const { return number_of("stat", 14) + number_of("stat", 15); }
  long resident_pages() const { return number_of("statm", 2); }

 private:
  long number_of(const char* file, int position) const {
    std::ifstream in{"/proc/" + std::to_string(pid) + "/" + file};
    std::string word;
    for (int i = 0; i < position; ++i) in >> word;  // the command has no space in its name
    return std::stol(word);
  }
};

}  // namespace

TEST_CASE("out of descriptors the server rests, serves whom it has, and recovers") {
  const child_server s{24};
  std::vector<raw_client> crowd;
  crowd.reserve(40);
  for (int i = 0; i < 40; ++i) crowd.emplace_back(s.port);  // the kernel queues what is not accepted
  auto& first = crowd.front();
  REQUIRE(first.ask(get_hello).status == 200);
  const long before = s.cpu();
  std::this_thread::sleep_for(milliseconds{600});
  REQUIRE(s.cpu() - before <= 10);  // 100 ms of 600: it does not spin
  REQUIRE(first.ask(get_hello).status == 200);
  auto last = std::move(crowd.back());
  crowd.clear();
  REQUIRE(last.ask(get_hello).status == 200);
}

TEST_CASE("an idle keep-alive connection costs at most 4 KB") {
  const child_server s{0};
  rlimit mine{};
  ::getrlimit(RLIMIT_NOFILE, &mine);
  mine.rlim_cur = mine.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &mine);
  const auto connect_some = [&](std::vector<raw_client>& into, int n) {
    for (int i = 0; i < n; ++i) {
      into.emplace_back(s.port);
      if (into.back().ask(get_hello).status != 200) throw std::runtime_error{"not served"};
    }
  };
  std::vector<raw_client> idle;
  connect_some(idle, 200);  // warms the allocator
  const long before = s.resident_pages();
  connect_some(idle, 2000);
  const double each = static_cast<double>(s.resident_pages() - before) * 4096.0 / 2000.0;
  INFO(each << " bytes each");
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  WARN("not measured: sanitizers pad and quarantine every allocation");
#else
  REQUIRE(each <= 4096.0);
#endif
  WARN(each << " bytes of resident memory per idle connection");
}

}  // namespace zhuqi::test
