// See routes.hpp.

#include "handlers/ops/routes.hpp"

#include "bot/base/json.hpp"

namespace zhuqi::ops {
namespace {

using namespace http;

const policy operators{access::operations, 0};

response no_store(int status, std::string type, std::string body) {
  return {status, std::move(type), std::move(body), {{"Cache-Control", "no-store"}}, false};
}

response readiness_answer(const readiness& reasons) {
  json body = {{"ready", reasons.empty()}};
  if (!reasons.empty()) body["reasons"] = reasons;
  return no_store(reasons.empty() ? 200 : 503, "application/json", dump_json(body) + "\n");
}

}  // namespace

router make_ops_routes(sources from) {
  router r;
  r.add({method::get, "/healthz", operators,
         [](request, responder answer) { answer(no_store(200, "text/plain; charset=utf-8", "ok\n")); }});
  r.add({method::get, "/readyz", operators,
         [ready = std::move(from.ready)](request, responder answer) { answer(readiness_answer(ready())); }});
  r.add({method::get, "/metrics", operators, [metrics = std::move(from.metrics)](request, responder answer) {
           answer(no_store(200, "text/plain; version=0.0.4; charset=utf-8", metrics()));
         }});
  return r;
}

}  // namespace zhuqi::ops
