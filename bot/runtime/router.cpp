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

/// Segment by segment; what '{…}' stood for goes into `params`.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>* params) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = pattern.substr(0, pattern.find('/', 1));
    const auto given = path.substr(0, path.find('/', 1));
    if (wanted.starts_with("/{")) {
      if (given.size() < 2) return false;
      if (params != nullptr) params->emplace_back(given.substr(1));
    } else if (wanted != given) {
      return false;
    }
    pattern.remove_prefix(wanted.size());
    path.remove_prefix(given.size());
  }
  return pattern.empty() && path.empty();
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
  const std::string_view path = r.path;
  const form how = path.find('{') != std::string_view::npos ? form::segments
                   : path.ends_with("/*")                   ? form::prefix
                                                            : form::exact;
  forms_.push_back({how, path.size() - (how == form::prefix ? 1 : 0)});
  routes_.push_back(std::move(r));
}

bool router::matches(std::size_t i, std::string_view path) const {
  const std::string_view pattern = routes_[i].path;
  switch (forms_[i].how) {
    case form::exact: return pattern == path;
    case form::prefix: return path.starts_with(pattern.substr(0, forms_[i].size));
    case form::segments: return fits(pattern, path, nullptr);
  }
  return false;
}

/// Of two patterns that both match: one without '{' before one with it, then the longer one.
bool router::more_exact(std::size_t a, std::size_t b) const {
  const auto loose = [&](std::size_t i) { return forms_[i].how == form::segments; };
  if (loose(a) != loose(b)) return loose(b);
  return forms_[a].size > forms_[b].size || (forms_[a].size == forms_[b].size && forms_[a].how == form::exact);
}

router::match router::find(method verb, std::string_view path) const {
  const method wanted = verb == method::head ? method::get : verb;
  match m;
  bool path_known = false;
  std::size_t best = routes_.size();
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!matches(i, path)) continue;
    path_known = true;
    if (routes_[i].verb == wanted && (best == routes_.size() || more_exact(i, best))) best = i;
  }
  if (best < routes_.size()) {
    m.found = &routes_[best];
    m.status = 200;
    if (forms_[best].how == form::segments) fits(m.found->path, path, &m.params);
    if (forms_[best].how == form::prefix) m.tail = path.substr(forms_[best].size);
    return m;
  }
  if (!path_known) return m;
  m.status = 405;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!matches(i, path)) continue;
    const route& r = routes_[i];
    add_allowed(m.allow, name_of(r.verb));
    if (r.verb == method::get && r.run) add_allowed(m.allow, "HEAD");
  }
  return m;
}

}  // namespace zhuqi::http
