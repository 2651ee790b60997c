#pragma once
// The operations listener: is the process alive, may traffic come, how is it doing. Never on the public listener.

#include "bot/runtime/router.hpp"

#include <functional>
#include <string>
#include <vector>

namespace zhuqi::ops {

/// Why not, in words for the operator; empty = ready.
using readiness = std::vector<std::string>;

struct sources {
  std::function<readiness()> ready;
  std::function<std::string()> metrics;  ///< Prometheus text; sets the gauges of the moment first
};

/// GET /healthz: 200 while the loop turns. GET /readyz: 200 {"ready":true}, or 503 {"ready":false,"reasons":[…]}.
/// GET /metrics: Prometheus text exposition.
http::router make_ops_routes(sources from);

}  // namespace zhuqi::ops
