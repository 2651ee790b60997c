// Route lookup. A few dozen rows: a linear scan that compares lengths first beats a hash of the path.

#include "bot/runtime/router.hpp"

#include "bot/base/result.hpp"

namespace zhuqi::http {
namespace {

std::string_view name_of(method verb) {
  switch (verb) {
    case method::get: return "GET";
    case method::head: return "HEAD";
    case method::post: return "POST";
    case method::put: return "PUT";
    case method::patch: return "PATCH";
    case method::del: return "DELETE";
    case method::options: return "OPTIONS";
  }
  return "";
}

bool is_prefix(std::string_view pattern) { return pattern.ends_with("/*"); }

bool matches(std::string_view pattern, std::string_view path) {
  if (!is_prefix(pattern)) return pattern == path;
  return path.starts_with(pattern.substr(0, pattern.size() - 1));
}

void add_allowed(std::string& list, std::string_view verb) {
  if (list.find(verb) != std::string::npos) return;
  if (!list.empty()) list += ", ";
  list += verb;
}

}  // namespace

void router::add(route r) {
  ZHUQI_ASSERT(r.path.starts_with('/'));
  ZHUQI_ASSERT(static_cast<bool>(r.run) != static_cast<bool>(r.upgrade));
  for (const route& other : routes_) ZHUQI_ASSERT(other.verb != r.verb || other.path != r.path);
  routes_.push_back(std::move(r));
}

router::match router::find(method verb, std::string_view path) const {
  const method wanted = verb == method::head ? method::get : verb;
  match m;
  bool path_known = false;
  for (const route& r : routes_) {
    if (!matches(r.path, path)) continue;
    path_known = true;
    if (r.verb != wanted) continue;
    if (m.found == nullptr || r.path.size() > m.found->path.size() ||
        (r.path.size() == m.found->path.size() && !is_prefix(r.path))) {
      m.found = &r;
    }
  }
  if (m.found != nullptr) {
    m.status = 200;
    if (is_prefix(m.found->path)) m.tail = path.substr(m.found->path.size() - 1);
    return m;
  }
  if (!path_known) return m;
  m.status = 405;
  for (const route& r : routes_) {
    if (!matches(r.path, path)) continue;
    add_allowed(m.allow, name_of(r.verb));
    if (r.verb == method::get && r.run) add_allowed(m.allow, "HEAD");
  }
  return m;
}

}  // namespace zhuqi::http
