// The small parts: routes, queries, the deadline wheel, response heads, the worker pool and the loop timer.

#include "bot/runtime/chunked.hpp"
#include "bot/runtime/deadline_wheel.hpp"
#include "bot/runtime/loop_timer.hpp"
#include "bot/runtime/response_writer.hpp"
#include "bot/runtime/router.hpp"
#include "bot/runtime/worker_pool.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <catch2/catch.hpp>

#include <future>
#include <thread>

namespace zhuqi::test {
namespace {

using std::chrono::milliseconds;

void nothing(http::request, http::responder) {}

struct probe final : http::deadline_wheel::entry {
  int fired = 0;
  std::function<void()> then;
  void on_deadline() override {
    ++fired;
    if (then) then();
  }
};

void pass(http::deadline_wheel& wheel, int ticks) {
  for (int i = 0; i < ticks; ++i) wheel.advance();
}

}  // namespace

TEST_CASE("the longest pattern wins, an exact one over a prefix") {
  using namespace http;
  router r;
  r.add({method::get, "/*", {access::anyone, 0}, nothing});
  r.add({method::get, "/a/*", {access::anyone, 0}, nothing});
  r.add({method::get, "/a/b", {access::anyone, 0}, nothing});
  r.add({method::post, "/p", {access::anyone, 0}, nothing});
  const std::vector<std::tuple<std::string, std::string, std::string>> rows{
      {"/", "/*", ""},     {"/x/y", "/*", "x/y"}, {"/a", "/*", "a"},
      {"/a/", "/a/*", ""}, {"/a/c", "/a/*", "c"}, {"/a/b", "/a/b", ""}};
  for (const auto& [path, pattern, tail] : rows) {
    INFO(path);
    const auto m = r.find(method::get, path);
    REQUIRE(m.found != nullptr);
    CHECK(m.found->path == pattern);
    CHECK(m.tail == tail);
  }
  CHECK(r.find(method::head, "/a/b").found->path == "/a/b");
  const auto refused = r.find(method::del, "/p");
  CHECK(refused.status == 405);
  CHECK(refused.allow == "GET, HEAD, POST");
  CHECK(router{}.find(method::get, "/").status == 404);
}

TEST_CASE("a query parameter is decoded; absent, doubled or broken ones are nothing") {
  const std::vector<std::tuple<std::string, std::string, std::optional<std::string>>> rows{
      {"a=1&b=2", "b", "2"},
      {"a=1", "b", std::nullopt},
      {"", "a", std::nullopt},
      {"a", "a", ""},
      {"a=", "a", ""},
      {"a=%E4%B8%AD+x", "a", "中 x"},
      {"a=1&a=1", "a", std::nullopt},
      {"a=%zz", "a", std::nullopt},
      {"a=%4", "a", std::nullopt},
      {"%61=1", "a", "1"},
      {"a=1&%61=2", "a", std::nullopt},
      {"A=1", "a", std::nullopt},
      {"a=b=c", "a", "b=c"},
      {"&&a=1&", "a", "1"},
      {"a=%00", "a", std::string(1, '\0')},
      {"aa=1", "a", std::nullopt}};
  for (const auto& [query, name, value] : rows) {
    INFO(query);
    CHECK(http::query_param(query, name) == value);
  }
}

TEST_CASE("a deadline fires never early and at most two ticks late") {
  http::deadline_wheel wheel;
  for (const int ms : {0, 1, 250, 251, 1000, 75'000, 127'500, 128'000, 400'000}) {
    INFO(ms);
    probe p;
    wheel.set(p, milliseconds{ms});
    const int ticks = (ms + 249) / 250;
    pass(wheel, ticks);
    CHECK(p.fired == 0);
    pass(wheel, 2);
    CHECK(p.fired == 1);
    pass(wheel, 600);
    CHECK(p.fired == 1);
  }
}

TEST_CASE("a deadline can be moved, cleared, and dropped with its owner") {
  http::deadline_wheel wheel;
  probe moved;
  probe cleared;
  wheel.set(moved, milliseconds{250});
  wheel.set(moved, milliseconds{2500});
  wheel.set(cleared, milliseconds{250});
  wheel.clear(cleared);
  {
    probe gone;
    wheel.set(gone, milliseconds{250});
  }
  pass(wheel, 5);
  CHECK(moved.fired == 0);
  pass(wheel, 10);
  CHECK(moved.fired == 1);
  CHECK(cleared.fired == 0);
}

TEST_CASE("a deadline that fires may clear others of the same tick and set itself again") {
  http::deadline_wheel wheel;
  probe first;
  probe second;
  first.then = [&] {
    wheel.clear(second);
    if (first.fired < 3) wheel.set(first, milliseconds{250});
  };
  second.then = [&] { wheel.clear(first); };
  wheel.set(first, milliseconds{250});
  wheel.set(second, milliseconds{250});
  pass(wheel, 20);
  CHECK(first.fired == 3);
  CHECK(second.fired == 0);
}

TEST_CASE("a header value cannot begin a line of its own") {
  http::response r{302, "", "", {{"Location", "/a\r\nSet-Cookie: b"}}, false};
  std::string out;
  http::append_head(out, r, "now", http::connection_header::none);
  CHECK(out.find("\r\nSet-Cookie") == std::string::npos);
  CHECK(out.find("Location: /a  Set-Cookie: b\r\n") != std::string::npos);
}

TEST_CASE("the date is an IMF-fixdate whatever the locale") {
  CHECK(http::http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http::http_date(4102444800) == "Fri, 01 Jan 2100 00:00:00 GMT");
}

TEST_CASE("work runs off the loop, its end on the loop, with what it threw") {
  boost::asio::io_context loop{1};
  worker_pool pool{loop, 2, 4};
  const auto here = std::this_thread::get_id();
  std::thread::id worked;
  bool failed = false;
  int ended = 0;
  REQUIRE(pool.submit(
      [&] { worked = std::this_thread::get_id(); },
      [&](const std::exception_ptr& e) { ended += e == nullptr && std::this_thread::get_id() == here ? 1 : 0; }));
  REQUIRE(
      pool.submit([] { throw std::runtime_error{"no"}; }, [&](const std::exception_ptr& e) { failed = e != nullptr; }));
  loop.run();  // returns when both have ended
  CHECK(worked != here);
  CHECK(ended == 1);
  CHECK(failed);
}

TEST_CASE("a full pool refuses, and a pool that ends drops what waits") {
  boost::asio::io_context loop{1};
  std::promise<void> open;
  const auto gate = open.get_future().share();
  std::atomic<int> ran{0};
  std::promise<void> started;
  {
    worker_pool pool{loop, 1, 2};
    REQUIRE(pool.submit(
        [&] {
          started.set_value();
          gate.wait();
          ++ran;
        },
        [](const std::exception_ptr&) {}));
    started.get_future().wait();
    REQUIRE(pool.submit([&] { ++ran; }, [](const std::exception_ptr&) {}));
    REQUIRE(pool.submit([&] { ++ran; }, [](const std::exception_ptr&) {}));
    CHECK_FALSE(pool.submit([&] { ++ran; }, [](const std::exception_ptr&) {}));
    CHECK(pool.waiting() == 2);
    std::thread later{[&] {
      std::this_thread::sleep_for(milliseconds{50});
      open.set_value();
    }};
    later.detach();  // outlived by the pool's destructor, which waits for the job that waits for it
  }
  CHECK(ran == 1);
}

TEST_CASE("a loop timer repeats until told otherwise, and never calls after its end") {
  boost::asio::io_context loop{1};
  int calls = 0;
  auto timer = std::make_unique<loop_timer>(loop);
  timer->every(milliseconds{1}, [&] {
    if (++calls == 3)
      timer->after(milliseconds{1}, [&] {
        ++calls;
        timer.reset();
      });
  });
  loop.run();
  CHECK(calls == 4);
}

TEST_CASE("a loop timer that is destroyed when its call is already queued never calls") {
  boost::asio::io_context loop{1};
  int late_calls = 0;
  loop_timer first{loop};
  auto second = std::make_unique<loop_timer>(loop);
  first.after(milliseconds{1}, [&] { second.reset(); });
  second->every(milliseconds{1}, [&] { ++late_calls; });
  std::this_thread::sleep_for(milliseconds{20});  // both are due: the loop queues both at once
  loop.run();
  CHECK(late_calls == 0);
}

TEST_CASE("a loop timer set anew forgets the call that was due") {
  boost::asio::io_context loop{1};
  std::string calls;
  loop_timer timer{loop};
  timer.after(milliseconds{0}, [&] { calls += "a"; });
  std::this_thread::sleep_for(milliseconds{5});
  timer.after(milliseconds{0}, [&] { calls += "b"; });
  loop.run();
  CHECK(calls == "b");
}

}  // namespace zhuqi::test
