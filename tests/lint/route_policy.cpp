// A route says who may call it and how much it may send: without a policy it does not compile. Checked by compiling only.

#include "bot/runtime/router.hpp"
#include "handlers/console/endpoint.hpp"

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

// The same for the console's own table.
namespace console = zhuqi::console;
using console_handler = std::function<void(std::shared_ptr<console::call>)>;
using fields = std::vector<console::field>;
static_assert(std::is_constructible_v<console::endpoint, http::method, std::string, console::access_rule,
                                      std::string_view, fields, fields, console_handler>);
static_assert(!std::is_constructible_v<console::endpoint, http::method, std::string, std::string_view, fields, fields,
                                       console_handler>);
static_assert(!std::is_default_constructible_v<console::endpoint>);
static_assert(!std::is_default_constructible_v<console::access_rule>);
