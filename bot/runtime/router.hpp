#pragma once
// The route table. Each row says who may call it; a row without a policy does not compile.

#include "bot/runtime/http.hpp"

#include <string>
#include <vector>

namespace zhuqi::http {

/// What the caller must have proved, checked by the route's own handler or, for `anyone`, by nobody.
enum class access : std::uint8_t {
  anyone,              ///< public pages and files
  platform_signature,  ///< a messaging platform that signs its callbacks
  visitor,             ///< a web chat visitor with its own token
  operations,          ///< only on the operations listener
  staff,               ///< a member of the staff with the right that the console's own table names (handlers/console)
};

struct policy {
  access who;
  std::size_t max_body;  ///< bytes; larger is 413 before the body is read

  policy(access w, std::size_t max_body_bytes) : who{w}, max_body{max_body_bytes} {}
};

struct route {
  method verb;
  std::string path;  ///< exact, with segments that stand for anything ("/cases/{id}"), or a prefix ending in "/*"
  policy rule;
  handler run;          ///< empty for a WebSocket route
  ws_acceptor upgrade;  ///< empty for a plain route

  route(method v, std::string p, policy r, handler h) : verb{v}, path{std::move(p)}, rule{r}, run{std::move(h)} {}
  route(std::string p, policy r, ws_acceptor a)
      : verb{method::get}, path{std::move(p)}, rule{r}, upgrade{std::move(a)} {}
};

class router {
 public:
  void add(route r);
  const std::vector<route>& routes() const { return routes_; }

  struct match {
    const route* found = nullptr;     ///< nullptr: see `status`
    int status = 404;                 ///< 404 or 405
    std::string allow;                ///< for 405
    std::string_view tail;            ///< what '*' matched; points into the path given
    std::vector<std::string> params;  ///< what '{…}' segments matched
  };
  /// HEAD matches GET routes. A pattern without '{' wins, then the longest.
  match find(method verb, std::string_view path) const;

 private:
  enum class form : std::uint8_t { exact, prefix, segments };
  struct entry_form {
    form how;
    std::size_t size;  ///< of what must be equal: the path, or the part before '*'
  };
  bool matches(std::size_t i, std::string_view path) const;
  bool more_exact(std::size_t a, std::size_t b) const;

  std::vector<route> routes_;
  std::vector<entry_form> forms_;  ///< of each route
};

}  // namespace zhuqi::http
