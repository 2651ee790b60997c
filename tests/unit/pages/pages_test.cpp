// Embedded pages through the real server: caching, compressed twins, headers.

#include "handlers/pages/pages.hpp"
#include "tests/unit/runtime/running_server.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::test {
namespace {

const std::array<base::embedded_file, 7> files{{{"index.html", "<!doctype html>chat"},
                                                {"index.html.gz", "zipped page"},
                                                {"assets/app-1a2b.js", "js()"},
                                                {"assets/app-1a2b.js.gz", "zipped js"},
                                                {"embed.js", "embed()"},
                                                {"favicon.svg", "<svg/>"},
                                                {"data.bin", "\x01"}}};

http::router site() {
  http::router r;
  pages::add_pages(r, {files, {{"/", "index.html", "*"}, {"/upload/*", "index.html"}}, "/"});
  return r;
}

raw_response get(running_server& s, const std::string& path, const std::string& fields = "") {
  return s.client().ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
}

}  // namespace

TEST_CASE("a page is revalidated, hashed assets are kept for a year") {
  running_server s{site()};
  const auto page = get(s, "/");
  CHECK(page.status == 200);
  CHECK(page.body == "<!doctype html>chat");
  CHECK(page.header("content-type") == "text/html; charset=utf-8");
  CHECK(page.header("cache-control") == "no-cache");
  const auto asset = get(s, "/assets/app-1a2b.js");
  CHECK(asset.body == "js()");
  CHECK(asset.header("content-type") == "text/javascript; charset=utf-8");
  CHECK(asset.header("cache-control") == "public, max-age=31536000, immutable");
  CHECK(get(s, "/embed.js").header("cache-control") == "no-cache");
  CHECK(get(s, "/data.bin").header("content-type") == "application/octet-stream");
}

TEST_CASE("who holds the very same bytes gets 304 and no body") {
  running_server s{site()};
  const std::string etag = get(s, "/").header("etag");
  REQUIRE(etag.size() == 34);
  for (const auto& held : {etag, "W/" + etag, "\"x\", " + etag, std::string{"*"}}) {
    const auto r = get(s, "/", "If-None-Match: " + held + "\r\n");
    CHECK(r.status == 304);
    CHECK(r.header("etag") == etag);
    CHECK(r.header("content-length").empty());
  }
  CHECK(get(s, "/", "If-None-Match: \"x\"\r\n").status == 200);
  CHECK(get(s, "/embed.js").header("etag") != etag);
}

TEST_CASE("the compressed twin goes to those who take it, under its own ETag") {
  running_server s{site()};
  for (const auto& [accept, zipped] : std::vector<std::pair<std::string, bool>>{{"gzip", true},
                                                                                {"br, gzip;q=0.5", true},
                                                                                {"gzip;q=0", false},
                                                                                {"gzip; q=0.0", false},
                                                                                {"br", false},
                                                                                {"xgzip", false}}) {
    INFO(accept);
    const auto r = get(s, "/assets/app-1a2b.js", "Accept-Encoding: " + accept + "\r\n");
    CHECK(r.body == (zipped ? "zipped js" : "js()"));
    CHECK(r.header("content-encoding") == (zipped ? "gzip" : ""));
    CHECK(r.header("vary") == "Accept-Encoding");
  }
  CHECK(get(s, "/").header("etag") != get(s, "/", "Accept-Encoding: gzip\r\n").header("etag"));
  CHECK(get(s, "/embed.js", "Accept-Encoding: gzip\r\n").header("vary").empty());
}

TEST_CASE("pages carry strict headers; only pages meant for it may be framed") {
  running_server s{site()};
  const auto open = get(s, "/");
  const auto closed = get(s, "/upload/abc");
  CHECK(closed.body == open.body);
  for (const auto& r : {open, closed}) {
    const auto csp = r.header("content-security-policy");
    CHECK(csp.starts_with("default-src 'self'; script-src 'self';"));
    CHECK(csp.find("unsafe") == std::string::npos);
    CHECK(r.header("x-content-type-options") == "nosniff");
    CHECK(r.header("referrer-policy") == "no-referrer");
    CHECK(r.header("cross-origin-opener-policy") == "same-origin");
    CHECK_FALSE(r.header("permissions-policy").empty());
  }
  CHECK(open.header("content-security-policy").ends_with("frame-ancestors *"));
  CHECK(open.header("x-frame-options").empty());
  CHECK(closed.header("content-security-policy").ends_with("frame-ancestors 'none'"));
  CHECK(closed.header("x-frame-options") == "DENY");
  CHECK(get(s, "/favicon.svg").header("content-security-policy").find("sandbox") != std::string::npos);
}

TEST_CASE("only listed paths answer: no catch-all, no twins, no way out") {
  running_server s{site()};
  for (const auto* path :
       {"/index.html", "/nothing", "/index.html.gz", "/assets/app-1a2b.js.gz", "/assets/", "/assets", "/upload"}) {
    INFO(path);
    CHECK(get(s, path).status == 404);
  }
  CHECK(get(s, "/assets/../embed.js").status == 400);
  CHECK(s.client().ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").status == 405);
}

TEST_CASE("a page whose file is missing stops the start") {
  http::router r;
  CHECK_THROWS_AS(pages::add_pages(r, {files, {{"/", "missing.html"}}, "/"}), std::invalid_argument);
}

}  // namespace zhuqi::test
