// The operations listener.

#include "handlers/ops/routes.hpp"
#include "tests/unit/runtime/running_server.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::test {

TEST_CASE("healthz says the process lives, readyz whether traffic may come and why not, metrics what it counts") {
  ops::readiness reasons;
  running_server s{ops::make_ops_routes({[&] { return reasons; }, [] { return std::string{"zhuqi_ready 1\n"}; }})};
  const auto get = [&](const std::string& path) {
    return s.client().ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  CHECK(get("/healthz").body == "ok\n");
  CHECK(get("/readyz").status == 200);
  CHECK(get("/readyz").body == "{\"ready\":true}\n");
  CHECK(get("/readyz").header("cache-control") == "no-store");
  s.on_loop([&] { reasons = {"the store is read-only", "stopping"}; });
  CHECK(get("/readyz").status == 503);
  CHECK(get("/readyz").body == "{\"ready\":false,\"reasons\":[\"the store is read-only\",\"stopping\"]}\n");
  CHECK(get("/healthz").status == 200);
  CHECK(get("/metrics").body == "zhuqi_ready 1\n");
  CHECK(get("/metrics").header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(get("/").status == 404);
}

}  // namespace zhuqi::test
