// A route says who may call it and how much it may send: without a policy it does not compile. Checked by compiling only.

#include "bot/runtime/router.hpp"

#include <string>
#include <type_traits>

namespace http = zhuqi::http;

static_assert(std::is_constructible_v<http::route, http::method, std::string, http::policy, http::handler>);
static_assert(std::is_constructible_v<http::route, std::string, http::policy, http::ws_acceptor>);

static_assert(!std::is_default_constructible_v<http::route>);
static_assert(!std::is_default_constructible_v<http::policy>);
static_assert(!std::is_constructible_v<http::route, http::method, std::string, http::handler>);
static_assert(!std::is_constructible_v<http::route, std::string, http::ws_acceptor>);
static_assert(!std::is_constructible_v<http::policy, http::access>);
