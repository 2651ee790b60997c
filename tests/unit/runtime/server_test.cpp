// What the server does with requests that are right: framing, keep-alive, pipelining, HEAD, errors of handlers.

#include "tests/unit/runtime/running_server.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::test {
namespace {

using namespace std::string_literals;

const std::string get_hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST_CASE("a request is answered and the connection kept") {
  running_server s{sample_routes()};
  auto c = s.client();
  for (int i = 0; i < 3; ++i) {
    const auto r = c.ask(get_hello);
    REQUIRE(r.status == 200);
    REQUIRE(r.body == "hello");
    REQUIRE(r.header("connection").empty());
    REQUIRE(r.header("date").size() == 29);
    REQUIRE(r.header("server").empty());
  }
  REQUIRE(s.stats().requests == 3);
  REQUIRE(s.stats().connections == 1);
}

TEST_CASE("pipelined requests are answered in order, whatever pieces they come in") {
  running_server s{sample_routes()};
  std::string many;
  for (int i = 0; i < 20; ++i) {
    const std::string body = "body " + std::to_string(i);
    many += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  for (const std::size_t piece : {many.size(), std::size_t{7}, std::size_t{1}}) {
    auto c = s.client();
    for (std::size_t at = 0; at < many.size(); at += piece) REQUIRE(c.send(many.substr(at, piece)));
    for (int i = 0; i < 20; ++i) REQUIRE(c.read().body == "body " + std::to_string(i));
  }
}

TEST_CASE("an answer given later keeps its place among pipelined requests") {
  http::router routes = sample_routes();
  std::vector<http::responder> waiting;
  routes.add({http::method::get, "/later", {http::access::anyone, 0}, [&](http::request, http::responder answer) {
                waiting.push_back(std::move(answer));
              }});
  running_server s{std::move(routes)};
  auto c = s.client();
  c.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n" + get_hello);
  REQUIRE_FALSE(c.fill(std::chrono::milliseconds{100}));
  s.on_loop([&] { waiting.front()({200, "text/plain", "late", {}, false}); });
  REQUIRE(c.read().body == "late");
  REQUIRE(c.read().body == "hello");
  s.on_loop([&] { waiting.clear(); });
}

TEST_CASE("HEAD is answered like GET, without the body") {
  running_server s{sample_routes()};
  auto c = s.client();
  c.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n" + get_hello);
  const auto head = c.read(raw_client::body::absent);
  REQUIRE(head.status == 200);
  REQUIRE(head.header("content-length") == "5");
  REQUIRE(c.read().body == "hello");
}

TEST_CASE("HTTP/1.0 is closed unless it asks to be kept") {
  running_server s{sample_routes()};
  auto closing = s.client();
  const auto r = closing.ask("GET /hello HTTP/1.0\r\n\r\n");
  REQUIRE(r.body == "hello");
  REQUIRE(r.header("connection") == "close");
  REQUIRE(closing.closed());
  auto kept = s.client();
  REQUIRE(kept.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("connection") == "keep-alive");
  REQUIRE(kept.ask("GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").body == "hello");
}

TEST_CASE("Connection: close is obeyed") {
  running_server s{sample_routes()};
  auto c = s.client();
  REQUIRE(c.ask("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: foo, close\r\n\r\n").header("connection") == "close");
  REQUIRE(c.closed());
}

TEST_CASE("a handler that throws or forgets its answer is a 500, and says nothing more") {
  running_server s{sample_routes()};
  for (const auto* path : {"/boom", "/drop"}) {
    auto c = s.client();
    const auto r = c.ask("GET "s + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(r.status == 500);
    REQUIRE(r.body == "internal error\n");
    REQUIRE(c.closed());
  }
}

TEST_CASE("unknown paths are 404, known paths with another method 405 with Allow") {
  running_server s{sample_routes()};
  auto c = s.client();
  REQUIRE(c.ask("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);
  const auto r = c.ask("DELETE /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  REQUIRE(r.status == 405);
  REQUIRE(r.header("allow") == "GET, HEAD");
  REQUIRE(c.ask(get_hello).status == 200);
}

TEST_CASE("a large answer arrives whole, also at a slow reader") {
  running_server s{sample_routes()};
  auto c = s.client(4096);
  c.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n" + get_hello);
  std::this_thread::sleep_for(std::chrono::milliseconds{100});
  REQUIRE(c.read().body == std::string(8 * 1024 * 1024, 'x'));
  REQUIRE(c.read().body == "hello");
}

}  // namespace zhuqi::test
