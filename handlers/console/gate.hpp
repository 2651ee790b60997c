#pragma once
// The one door of the console's API: checks origin, session, CSRF, shape of the request and rights, each from the route's row, and
// only then runs its handler.

#include "handlers/console/call.hpp"
#include "handlers/console/endpoint.hpp"
#include "handlers/console/office.hpp"

#include <span>

#include "bot/runtime/router.hpp"

namespace zhuqi::console {

inline constexpr std::string_view api_root = "/api/v1";

class gate {
 public:
  /// Both outlive the routes.
  gate(office& o, std::span<const endpoint> table) : office_{o}, table_{table} {}

  void add_routes(http::router& routes) const;

 private:
  void take(const endpoint& row, http::request request, http::responder reply) const;
  void admit(const endpoint& row, const call_ptr& c) const;
  void about_thread(const endpoint& row, const call_ptr& c) const;
  void about_case(const endpoint& row, const call_ptr& c) const;
  void check_and_run(const endpoint& row, const call_ptr& c) const;
  void on_record(const endpoint& row, const call_ptr& c) const;

  office& office_;
  std::span<const endpoint> table_;
};

/// What a handler may answer with where a thread's row stands in the way: {"now": …, "winner": …}.
json as_it_stands(office& o, const storage::conversation& now);

}  // namespace zhuqi::console
