// Every way to say an HTTP/1.1 request wrongly that we know of, over a real socket: the status it gets, that nothing of it reaches a
// handler, and that the connection ends there, so that nothing can hide behind it. The classes are those of RFC 9112 section 11.2
// (request smuggling) and of the public http-garden collection; the lines are our own.

#include "bot/runtime/http_guard.hpp"
#include "tests/unit/runtime/running_server.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::test {
namespace {

using namespace std::string_literals;

struct hostile {
  const char* rule;
  std::string bytes;
  int status;
};

std::string get(const std::string& fields) { return "GET /hello HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"; }
std::string line(const std::string& request_line) { return request_line + "\r\nHost: x\r\n\r\n"; }
std::string post(const std::string& fields, const std::string& body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n" + body;
}
std::string chunked(const std::string& body) { return post("Transfer-Encoding: chunked\r\n", body); }
std::string many_fields(int n) {
  std::string f;
  for (int i = 0; i < n; ++i) f += "a" + std::to_string(i) + ": b\r\n";
  return f;
}

const std::vector<hostile> requests{
    // --- Host ---
    {"no Host", "GET /hello HTTP/1.1\r\n\r\n", 400},
    {"two Hosts", "GET /hello HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400},
    {"two different Hosts", "GET /hello HTTP/1.1\r\nHost: x\r\nHOST: y\r\n\r\n", 400},
    {"an empty Host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"a Host with userinfo", "GET /hello HTTP/1.1\r\nHost: me@x\r\n\r\n", 400},
    {"a Host with a path", "GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
    {"a Host with two names", "GET /hello HTTP/1.1\r\nHost: x, y\r\n\r\n", 400},
    {"a Host with a port that is no number", "GET /hello HTTP/1.1\r\nHost: x:8o\r\n\r\n", 400},
    {"a Host with a port out of range", "GET /hello HTTP/1.1\r\nHost: x:65536\r\n\r\n", 400},
    {"a Host with an empty port", "GET /hello HTTP/1.1\r\nHost: x:\r\n\r\n", 400},
    {"a Host with an open bracket", "GET /hello HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
    {"a Host that differs from the absolute target", "GET http://y/hello HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    // --- lines and characters ---
    {"a bare LF behind the request line", "GET /hello HTTP/1.1\nHost: x\r\n\r\n", 400},
    {"bare LFs everywhere", "GET /hello HTTP/1.1\nHost: x\n\n", 400},
    {"a bare LF at the end", "GET /hello HTTP/1.1\r\nHost: x\r\n\n", 400},
    {"a bare CR in a value", get("a: b\rc: d\r\n"), 400},
    {"CR CR LF", get("a: b\r\r\n"), 400},
    {"a NUL in a value", get("a: b\0c\r\n"s), 400},
    {"a NUL in a name", get("a\0: b\r\n"s), 400},
    {"an escape character in a value", get("a: \x1b[2J\r\n"), 400},
    {"a DEL in a value", get("a: \x7f\r\n"), 400},
    {"a folded line (obs-fold)", get("a: b\r\n c\r\n"), 400},
    {"a folded line with TAB", get("a: b\r\n\tc\r\n"), 400},
    {"a space before the first field", "GET /hello HTTP/1.1\r\n Host: x\r\n\r\n", 400},
    {"a space before the colon", get("a : b\r\n"), 400},
    {"a TAB before the colon", get("a\t: b\r\n"), 400},
    {"a field without a colon", get("abc\r\n"), 400},
    {"a field without a name", get(": b\r\n"), 400},
    {"a field name with a space inside", get("a b: c\r\n"), 400},
    {"a field name of other letters", get("\xc3\xa4: c\r\n"), 400},
    {"a field name with a bracket", get("a(b): c\r\n"), 400},
    {"101 fields", get(many_fields(100)), 431},
    {"a 9 KB field", get("a: " + std::string(9000, 'b') + "\r\n"), 431},
    {"a head without end", "GET /hello HTTP/1.1\r\nHost: x\r\n" + std::string(9000, 'a'), 431},
    {"two empty lines before the request", "\r\n\r\n" + get(""), 400},
    // --- request line ---
    {"a 9 KB target", line("GET /" + std::string(9000, 'a') + " HTTP/1.1"), 414},
    {"HTTP/0.9", "GET /hello\r\n", 400},
    {"an empty request line", " \r\n\r\n", 400},
    {"two spaces before the target", line("GET  /hello HTTP/1.1"), 400},
    {"two spaces before the version", line("GET /hello  HTTP/1.1"), 400},
    {"a space behind the version", line("GET /hello HTTP/1.1 "), 400},
    {"a TAB as separator", line("GET\t/hello\tHTTP/1.1"), 400},
    {"HTTP/2.0", line("GET /hello HTTP/2.0"), 505},
    {"HTTP/1.2", line("GET /hello HTTP/1.2"), 505},
    {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"a version in lower case", line("GET /hello http/1.1"), 400},
    {"a version with two digits", line("GET /hello HTTP/1.10"), 400},
    {"a version of another protocol", line("GET /hello ICY/1.1"), 400},
    {"TRACE", line("TRACE /hello HTTP/1.1"), 405},
    {"CONNECT", line("CONNECT x:443 HTTP/1.1"), 405},
    {"an unknown method", line("BREW /hello HTTP/1.1"), 501},
    {"a method in lower case", line("get /hello HTTP/1.1"), 501},
    {"a method that is no token", line("G(T /hello HTTP/1.1"), 400},
    {"TLS on the plain port", "\x16\x03\x01\x02\x01\x01\n\r\n\r\n", 400},
    // --- target ---
    {"the asterisk form", line("OPTIONS * HTTP/1.1"), 400},
    {"a target without a slash", line("GET hello HTTP/1.1"), 400},
    {"an absolute target of another scheme", line("GET ftp://x/hello HTTP/1.1"), 400},
    {"an absolute target with userinfo", line("GET http://me@x/hello HTTP/1.1"), 400},
    {"a double slash", line("GET //hello HTTP/1.1"), 400},
    {"a double slash inside", line("GET /files//a HTTP/1.1"), 400},
    {"a dot segment", line("GET /files/../hello HTTP/1.1"), 400},
    {"a single dot", line("GET /./hello HTTP/1.1"), 400},
    {"an encoded dot segment", line("GET /files/%2e%2e/hello HTTP/1.1"), 400},
    {"an encoded slash", line("GET /files/a%2fb HTTP/1.1"), 400},
    {"an encoded backslash", line("GET /files/a%5cb HTTP/1.1"), 400},
    {"a backslash", line("GET /files/a\\b HTTP/1.1"), 400},
    {"an encoded NUL", line("GET /files/a%00 HTTP/1.1"), 400},
    {"an encoded line end", line("GET /files/a%0d%0ab HTTP/1.1"), 400},
    {"a double encoding", line("GET /files/%252e%252e HTTP/1.1"), 400},
    {"overlong UTF-8", line("GET /files/%c0%ae%c0%ae HTTP/1.1"), 400},
    {"ill-formed UTF-8", line("GET /files/%ff HTTP/1.1"), 400},
    {"a broken percent sign", line("GET /files/%zz HTTP/1.1"), 400},
    {"a cut percent sign", line("GET /files/%4 HTTP/1.1"), 400},
    {"raw bytes above ASCII", line("GET /files/\xe4\xb8\xad HTTP/1.1"), 400},
    {"a fragment", line("GET /hello#a HTTP/1.1"), 400},
    {"path parameters do not reach the route", line("GET /hello;x HTTP/1.1"), 404},
    // --- Content-Length ---
    {"Content-Length twice, the same", post("Content-Length: 1\r\nContent-Length: 1\r\n", "a"), 400},
    {"Content-Length twice, different", post("Content-Length: 1\r\nContent-Length: 2\r\n", "a"), 400},
    {"a list of lengths", post("Content-Length: 1, 1\r\n", "a"), 400},
    {"a length with a plus", post("Content-Length: +1\r\n", "a"), 400},
    {"a negative length", post("Content-Length: -1\r\n", "a"), 400},
    {"a length in hexadecimal", post("Content-Length: 0x1\r\n", "a"), 400},
    {"a length with a space inside", post("Content-Length: 1 1\r\n", "a"), 400},
    {"an empty length", post("Content-Length:\r\n", "a"), 400},
    {"a length in words", post("Content-Length: one\r\n", "a"), 400},
    {"a length with a fraction", post("Content-Length: 1.0\r\n", "a"), 400},
    {"a length of 2^63", post("Content-Length: 9223372036854775808\r\n", "a"), 400},
    {"a length of 2^64", post("Content-Length: 18446744073709551616\r\n", "a"), 400},
    {"a length over the route's bound", post("Content-Length: 65537\r\n", ""), 413},
    // --- Transfer-Encoding ---
    {"both Content-Length and chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"both chunked and Content-Length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
    {"chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked twice in one field", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked not last", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400},
    {"gzip before chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
    {"an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
    {"identity", post("Transfer-Encoding: identity\r\n", ""), 400},
    {"a no-break space before chunked",
     post("Transfer-Encoding: \xa0"
          "chunked\r\n",
          "0\r\n\r\n"),
     400},
    {"a vertical TAB before chunked",
     post("Transfer-Encoding: \x0b"
          "chunked\r\n",
          "0\r\n\r\n"),
     400},
    {"chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
    {"chunked with a parameter", post("Transfer-Encoding: chunked;a=b\r\n", "0\r\n\r\n"), 400},
    {"an empty coding", post("Transfer-Encoding:\r\n", ""), 400},
    {"Transfer-Encoding behind a space", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
    {"Transfer-Encoding on a folded line", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), 400},
    {"HTTP/1.0 with chunked", "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    // --- chunks ---
    {"a chunk size with 0x", chunked("0x5\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a chunk size with a plus", chunked("+5\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a chunk size with an underscore", chunked("5_0\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a negative chunk size", chunked("-5\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a chunk size behind a space", chunked(" 5\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a chunk size before a space", chunked("5 \r\nabcde\r\n0\r\n\r\n"), 400},
    {"an empty chunk size", chunked("\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a chunk size of 2^64", chunked("10000000000000000\r\na\r\n0\r\n\r\n"), 400},
    {"a chunk size of 2^64 - 1", chunked("ffffffffffffffff\r\na\r\n0\r\n\r\n"), 413},
    {"a chunk over the route's bound", chunked("10001\r\n"), 413},
    {"chunks that add up over the bound", chunked("ffff\r\n" + std::string(0xffff, 'a') + "\r\n2\r\n"), 413},
    {"a bare LF behind a chunk size", chunked("5\nabcde\r\n0\r\n\r\n"), 400},
    {"a bare CR behind a chunk size", chunked("5\rXabcde\r\n0\r\n\r\n"), 400},
    {"a chunk longer than it says", chunked("5\r\nabcdef\r\n0\r\n\r\n"), 400},
    {"a bare LF behind a chunk", chunked("5\r\nabcde\n0\r\n\r\n"), 400},
    {"a control character in a chunk extension", chunked("5;a=\x01\r\nabcde\r\n0\r\n\r\n"), 400},
    {"a bare LF in a chunk extension", chunked("5;a\nb\r\nabcde\r\n0\r\n\r\n"), 400},
    {"endless chunk extensions", chunked("5;" + std::string(5000, 'a')), 400},
    {"endless trailers", chunked("0\r\na: " + std::string(5000, 'b')), 400},
    {"a folded trailer", chunked("0\r\na: b\r\n c\r\n\r\n"), 400},
    {"a trailer without a name", chunked("0\r\n: b\r\n\r\n"), 400},
    // --- Connection and Expect ---
    {"a Connection option that is no token", get("Connection: clo se\r\n"), 400},
    {"Proxy-Connection", get("Proxy-Connection: keep-alive\r\n"), 400},
    {"an unknown expectation", get("Expect: 200-ok\r\n"), 417},
};

}  // namespace

TEST_CASE("a hostile request is refused with its status, and the connection ends") {
  running_server s{sample_routes()};
  REQUIRE(requests.size() >= 60);
  for (const hostile& h : requests) {
    INFO(h.rule);
    auto c = s.client();
    c.send(h.bytes);
    const auto r = c.read();
    CHECK(r.status == h.status);
    if (h.status == 404) continue;
    CHECK(r.header("connection") == "close");
    CHECK_FALSE(r.body.empty());
    CHECK(c.closed(std::chrono::milliseconds{1500}));
  }
  REQUIRE(s.stats().requests == 0);
}

TEST_CASE("a hostile request is refused the same when it comes byte by byte") {
  for (const hostile& h : requests) {
    INFO(h.rule);
    http::head_guard whole;
    http::head_guard pieces;
    const auto at_once = whole.feed(h.bytes);
    auto dripped = http::head_guard::verdict::need_more;
    for (std::size_t n = 1; n <= h.bytes.size() && dripped == http::head_guard::verdict::need_more; ++n) {
      dripped = pieces.feed(std::string_view{h.bytes}.substr(0, n));
    }
    CHECK(dripped == at_once);
    CHECK(pieces.why() == whole.why());
  }
}

TEST_CASE("nothing behind a hostile request is answered") {
  running_server s{sample_routes()};
  const std::string hidden = "GET /files/secret HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const auto& head : {post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), get("a : b\r\n"),
                           chunked("0x0\r\n\r\n")}) {
    auto c = s.client();
    c.send(head + hidden);
    REQUIRE(c.read().status == 400);
    REQUIRE(c.closed());
  }
  REQUIRE(s.stats().requests == 0);
}

TEST_CASE("unusual but right requests are taken") {
  running_server s{sample_routes()};
  const std::vector<std::pair<std::string, std::string>> right{
      {"\r\n" + get(""), "hello"},  // RFC 9112 section 2.2
      {"GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n", "hello"},
      {"GET http://x/hello?a=b HTTP/1.1\r\nHost: x\r\n\r\n", "hello"},
      {"GET /hello HTTP/1.1\r\nhOsT:x:80\r\n\r\n", "hello"},
      {"GET /hello HTTP/1.1\r\nHost:  [::1]:8080 \t\r\n\r\n", "hello"},
      {get("a: \xe4\xb8\xad\r\nb:\r\n"), "hello"},
      {get("Content-Length: 0\r\n"), "hello"},
      {line("GET /%68ello HTTP/1.1"), "hello"},
      {line("GET /files/%E4%B8%AD/a.b HTTP/1.1"), "\xe4\xb8\xad/a.b"},
      {line("GET /hello?a=%2f..//%00|^{} HTTP/1.1"), "hello"},
      {chunked("0\r\n\r\n"), ""},
      {chunked("5\r\nabcde\r\n0\r\n\r\n"), "abcde"},
      {chunked("005;a=\"b\";c\r\nabcde\r\nA\r\n0123456789\r\n00\r\nx-sum: 1\r\ny: 2\r\n\r\n"), "abcde0123456789"},
      {post("TRANSFER-ENCODING: Chunked\r\n", "1\r\na\r\n0\r\n\r\n"), "a"},
      {post("Content-Length: 0005\r\n", "abcde"), "abcde"},
  };
  auto one_connection = s.client();
  for (const auto& [bytes, body] : right) {
    INFO(bytes);
    auto r = one_connection.ask(bytes);
    CHECK(r.status == 200);
    CHECK(r.body == body);
    auto dripping = s.client();
    for (const char c : bytes) dripping.send({&c, 1});
    CHECK(dripping.read().body == body);
  }
}

TEST_CASE("only the hosts that were configured are served, where any were") {
  http::server_options options;
  options.allowed_hosts = {"zhuqi.example.gov.cn", "127.0.0.1:8080"};
  running_server s{sample_routes(), options};
  for (const auto& [host, status] : std::vector<std::pair<std::string, int>>{{"zhuqi.example.gov.cn", 200},
                                                                             {"ZHUQI.example.gov.cn:443", 200},
                                                                             {"127.0.0.1:8080", 200},
                                                                             {"127.0.0.1", 421},
                                                                             {"evil.example", 421},
                                                                             {"zhuqi.example.gov.cn.evil", 421}}) {
    INFO(host);
    auto c = s.client();
    CHECK(c.ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status == status);
  }
}

}  // namespace zhuqi::test
