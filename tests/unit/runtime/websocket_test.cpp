// WebSockets against a client written here by hand from RFC 6455, so that server and test share no reading of it.

#include "bot/base/crypto.hpp"
#include "tests/unit/runtime/running_server.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::test {
namespace {

using namespace std::string_literals;
using std::chrono::milliseconds;

enum opcode : std::uint8_t { more = 0, text = 1, binary = 2, closing = 8, ping = 9, pong = 10 };

struct frame {
  int code = -1;  ///< opcode, -1 where the stream ended
  bool final = false;
  bool masked = false;
  std::string payload;
  int close_code() const {
    return payload.size() < 2 ? 0
                              : static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
  }
};

class ws_client {
 public:
  explicit ws_client(raw_client c, const std::string& extra = "") : raw_{std::move(c)} {
    answer_ = raw_.ask(
        "GET /stream HTTP/1.1\r\nHost: zhuqi.example\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
        extra + "\r\n");
  }
  const raw_response& answer() const { return answer_; }
  raw_client& raw() { return raw_; }
  /// The server ended the stream; now we do, as browsers do.
  bool ends() {
    const bool ended = raw_.closed();
    const raw_client gone = std::move(raw_);
    return ended;
  }

  static std::string encode(int first_byte, std::string payload, bool masked = true) {
    std::string out{static_cast<char>(first_byte)};
    const auto mask_bit = masked ? 0x80U : 0U;
    if (payload.size() < 126) {
      out.push_back(static_cast<char>(mask_bit | payload.size()));
    } else if (payload.size() < 65536) {
      out.push_back(static_cast<char>(mask_bit | 126U));
      out.push_back(static_cast<char>(payload.size() >> 8));
      out.push_back(static_cast<char>(payload.size() & 255U));
    } else {
      out.push_back(static_cast<char>(mask_bit | 127U));
      for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((payload.size() >> shift) & 255U));
    }
    if (masked) {
      const std::string key = "\x12\x34\x56\x78";
      out += key;
      for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ key[i % 4]);
    }
    return out + payload;
  }
  void send(int code, const std::string& payload, bool final = true) {
    raw_.send(encode(code | (final ? 0x80 : 0), payload));
  }

  frame read() {
    frame f;
    const std::string head = raw_.take(2);
    if (head.size() < 2) return f;
    f.final = (head[0] & 0x80) != 0;
    f.masked = (head[1] & 0x80) != 0;
    std::size_t size = static_cast<unsigned char>(head[1]) & 0x7fU;
    if (size >= 126) {
      const std::string wide = raw_.take(size == 126 ? 2 : 8);
      size = 0;
      for (const char c : wide) size = size * 256 + static_cast<unsigned char>(c);
    }
    f.payload = raw_.take(size);
    f.code = head[0] & 0x0f;
    return f;
  }

 private:
  raw_client raw_;
  raw_response answer_;
};

/// Echoes; "close" closes with 4001, "throw" throws, "flood" sends more than the queue holds.
class echo_session final : public http::ws_session {
 public:
  explicit echo_session(std::atomic<int>& closed) : closed_{closed} {}
  void on_open(http::ws_peer_ptr peer) override { peer_ = std::move(peer); }
  void on_text(std::string frame) override {
    if (frame == "close") return peer_->close(4001, "as you wish");
    if (frame == "throw") throw std::runtime_error{"session"};
    if (frame == "flood") {
      const auto big = std::make_shared<const std::string>(std::string(60'000, 'x'));
      for (std::size_t i = 0; i < limits::ws_queue + 2; ++i) peer_->send(big);
      return;
    }
    peer_->send(std::make_shared<const std::string>("echo " + frame));
  }
  void on_close() override { ++closed_; }

 private:
  std::atomic<int>& closed_;
  http::ws_peer_ptr peer_;
};

struct ws_server {
  std::atomic<int> closed{0};
  running_server running;

  explicit ws_server(http::server_options options = {}) : running{routes(), std::move(options)} {}
  ws_client client(const std::string& extra = "") { return ws_client{running.client(), extra}; }
  bool sees_close() {
    for (int i = 0; i < 200 && closed == 0; ++i) std::this_thread::sleep_for(milliseconds{10});
    return closed == 1;
  }

 private:
  http::router routes() {
    http::router r = sample_routes();
    r.add({"/stream",
           {http::access::visitor, 0},
           [this](const http::request& q) -> std::pair<std::unique_ptr<http::ws_session>, http::response> {
             std::pair<std::unique_ptr<http::ws_session>, http::response> decision;
             if (q.query == "refuse")
               decision.second.status = 403;
             else
               decision.first = std::make_unique<echo_session>(closed);
             return decision;
           }});
    return r;
  }
};

}  // namespace

TEST_CASE("a WebSocket opens with the accept key of RFC 6455 and echoes") {
  ws_server s;
  auto c = s.client();
  REQUIRE(c.answer().status == 101);
  REQUIRE(c.answer().header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  REQUIRE(c.answer().header("server") == "zhuqi");
  REQUIRE(c.answer().header("sec-websocket-extensions").empty());
  c.send(text, "你好");
  const frame f = c.read();
  REQUIRE(f.code == text);
  REQUIRE(f.final);
  REQUIRE_FALSE(f.masked);
  REQUIRE(f.payload == "echo 你好");
  REQUIRE(s.running.stats().connections == 1);
}

TEST_CASE("a handshake that is not one is refused") {
  ws_server s;
  const std::string head = "GET /stream HTTP/1.1\r\nHost: x\r\n";
  const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const std::string upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  const std::string version = "Sec-WebSocket-Version: 13\r\n";
  const std::vector<std::tuple<const char*, std::string, int>> wrong{
      {"no upgrade", head + "\r\n", 426},
      {"no Connection option", head + "Upgrade: websocket\r\n" + key + version + "\r\n", 426},
      {"another protocol", head + "Upgrade: h2c\r\nConnection: Upgrade\r\n" + key + version + "\r\n", 426},
      {"an old version", head + upgrade + key + "Sec-WebSocket-Version: 8\r\n\r\n", 426},
      {"no key", head + upgrade + version + "\r\n", 400},
      {"a short key", head + upgrade + version + "Sec-WebSocket-Key: abc\r\n\r\n", 400},
      {"HEAD", "HEAD /stream HTTP/1.1\r\nHost: x\r\n" + upgrade + key + version + "\r\n", 426},
      {"HTTP/1.0", "GET /stream HTTP/1.0\r\nHost: x\r\n" + upgrade + key + version + "\r\n", 426},
      {"a body", head + upgrade + key + version + "Content-Length: 1\r\n\r\na", 413},
      {"frames before the answer", head + upgrade + key + version + "\r\n" + ws_client::encode(0x81, "early"), 400},
      {"a page of another host", head + upgrade + key + version + "Origin: https://evil.example\r\n\r\n", 403},
      {"a sandboxed page", head + upgrade + key + version + "Origin: null\r\n\r\n", 403},
      {"two origins", head + upgrade + key + version + "Origin: http://x\r\nOrigin: http://x\r\n\r\n", 403},
      {"a session that says no", "GET /stream?refuse HTTP/1.1\r\nHost: x\r\n" + upgrade + key + version + "\r\n", 403},
  };
  for (const auto& [rule, bytes, status] : wrong) {
    INFO(rule);
    auto c = s.running.client();
    c.send(bytes);
    CHECK(c.read(raw_client::body::absent).status == status);
  }
}

TEST_CASE("pages of the same host and of configured origins may open a WebSocket") {
  http::server_options o;
  o.allowed_origins = {"https://portal.example.gov.cn"};
  ws_server s{o};
  REQUIRE(s.client("Origin: https://zhuqi.example\r\n").answer().status == 101);
  REQUIRE(s.client("Origin: https://portal.example.gov.cn\r\n").answer().status == 101);
  REQUIRE(s.client("Origin: https://portal.example.gov.cn.evil\r\n").answer().status == 403);
}

TEST_CASE("a message in fragments is one message, with control frames between them") {
  ws_server s;
  auto c = s.client();
  c.send(text, "a", false);
  c.send(ping, "are you there");
  c.send(more, "b", false);
  c.send(more, "c");
  const frame answer = c.read();
  REQUIRE(answer.code == pong);
  REQUIRE(answer.payload == "are you there");
  REQUIRE(c.read().payload == "echo abc");
}

TEST_CASE("a character may be cut by fragments, and is checked across them") {
  ws_server s;
  auto c = s.client();
  c.send(text, "\xe4", false);
  c.send(more, "\xbd\xa0");
  REQUIRE(c.read().payload == "echo 你");
}

TEST_CASE("a broken frame closes the socket with the code of RFC 6455") {
  const std::vector<std::tuple<const char*, std::string, int>> broken{
      {"ill-formed UTF-8", ws_client::encode(0x81, "\xff"), 1007},
      {"overlong UTF-8", ws_client::encode(0x81, "\xc0\xaf"), 1007},
      {"a surrogate", ws_client::encode(0x81, "\xed\xa0\x80"), 1007},
      {"a character cut at the end", ws_client::encode(0x81, "\xe4\xbd"), 1007},
      {"a binary message", ws_client::encode(0x82, "abc"), 1003},
      {"a message over the bound", ws_client::encode(0x81, std::string(limits::ws_frame_bytes + 1, 'a')), 1009},
      {"a length of 2^63", "\x81\xff\x80\0\0\0\0\0\0\0\x12\x34\x56\x78"s, 1009},
      {"fragments over the bound",
       ws_client::encode(0x01, std::string(60'000, 'a')) + ws_client::encode(0x80, std::string(60'000, 'a')), 1009},
      {"an unmasked frame", ws_client::encode(0x81, "abc", false), 1002},
      {"a reserved bit", ws_client::encode(0xc1, "abc"), 1002},
      {"a reserved opcode", ws_client::encode(0x83, "abc"), 1002},
      {"a continuation of nothing", ws_client::encode(0x80, "abc"), 1002},
      {"a message inside a message", ws_client::encode(0x01, "a") + ws_client::encode(0x81, "b"), 1002},
      {"a ping in fragments", ws_client::encode(0x09, "a"), 1002},
      {"a ping of 126 bytes", ws_client::encode(0x89, std::string(126, 'a')), 1002},
      {"a close of one byte", ws_client::encode(0x88, "a"), 1002},
      {"a close with 1005", ws_client::encode(0x88, "\x03\xed"), 1002},
      {"a close with 1006", ws_client::encode(0x88, "\x03\xee"), 1002},
      {"a close with an ill-formed reason", ws_client::encode(0x88, "\x03\xe8\xff"), 1002},
  };
  for (const auto& [rule, bytes, code] : broken) {
    INFO(rule);
    ws_server s;
    auto c = s.client();
    c.raw().send(bytes);
    const frame f = c.read();
    CHECK(f.code == closing);
    CHECK(f.close_code() == code);
    c.raw().send(ws_client::encode(0x88, f.payload));
    CHECK(c.ends());
    CHECK(s.sees_close());
  }
}

TEST_CASE("a message of the full bound passes") {
  ws_server s;
  auto c = s.client();
  const std::string body(limits::ws_frame_bytes - 5, 'a');
  c.send(text, body);
  REQUIRE(c.read().payload == "echo " + body);
}

TEST_CASE("the client's close is answered with its code, and the session hears of it once") {
  ws_server s;
  auto c = s.client();
  c.send(closing,
         "\x03\xe8"
         "bye");
  const frame f = c.read();
  REQUIRE(f.code == closing);
  REQUIRE(f.close_code() == 1000);
  REQUIRE(c.ends());
  REQUIRE(s.sees_close());
}

TEST_CASE("a connection that breaks ends the session") {
  ws_server s;
  { auto c = s.client(); }
  REQUIRE(s.sees_close());
}

TEST_CASE("the session closes with its own code; one that throws with 1011") {
  for (const auto& [word, code] : std::vector<std::pair<std::string, int>>{{"close", 4001}, {"throw", 1011}}) {
    ws_server s;
    auto c = s.client();
    c.send(text, word);
    const frame f = c.read();
    REQUIRE(f.code == closing);
    REQUIRE(f.close_code() == code);
    c.send(closing, f.payload.substr(0, 2));
    REQUIRE(c.ends());
    REQUIRE(s.sees_close());
  }
}

TEST_CASE("a silent client is pinged, and dropped when it does not answer") {
  http::server_options o;
  o.ws_ping = milliseconds{300};
  ws_server s{o};
  auto c = s.client();
  REQUIRE(c.read().code == ping);
  REQUIRE(s.sees_close());
}

TEST_CASE("a client that answers pings stays") {
  http::server_options o;
  o.ws_ping = milliseconds{200};
  ws_server s{o};
  auto c = s.client();
  for (int i = 0; i < 5; ++i) {
    const frame f = c.read();
    REQUIRE(f.code == ping);
    c.send(pong, f.payload);
  }
  c.send(text, "still here");
  REQUIRE(c.read().payload == "echo still here");
}

TEST_CASE("a client that does not read is dropped when its queue is full") {
  ws_server s;
  ws_client c{s.running.client(4096)};
  c.send(text, "flood");
  REQUIRE(s.sees_close());
}

TEST_CASE("a graceful stop closes sockets with 1001") {
  ws_server s;
  auto c = s.client();
  c.send(text, "a");
  REQUIRE(c.read().payload == "echo a");
  std::promise<void> drained;
  s.running.on_loop([&] { s.running.server().stop([&] { drained.set_value(); }); });
  const frame f = c.read();
  REQUIRE(f.code == closing);
  REQUIRE(f.close_code() == 1001);
  c.send(closing, f.payload.substr(0, 2));
  REQUIRE(c.ends());
  REQUIRE(drained.get_future().wait_for(std::chrono::seconds{5}) == std::future_status::ready);
  REQUIRE(s.closed == 1);
}

TEST_CASE("an abort ends sockets at once") {
  ws_server s;
  auto c = s.client();
  c.send(text, "a");
  REQUIRE(c.read().payload == "echo a");
  s.running.on_loop([&] { s.running.server().abort(); });
  REQUIRE(c.raw().closed());
  REQUIRE(s.sees_close());
}

}  // namespace zhuqi::test
