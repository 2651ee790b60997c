#pragma once
// errc → HTTP, in exactly one place. Every handler that refuses input goes through here, so that equal failures look equal.

#include "bot/base/result.hpp"
#include "bot/runtime/http.hpp"

namespace zhuqi::channel {

/// The one status of each errc; 500 for any error that is not ours.
int http_status(const boost::system::error_code& error) noexcept;

/// A refusal that says nothing but its status: two errors with one status are the same bytes to the caller.
/// Statuses of 500 and above close the connection.
http::response refusal(const boost::system::error_code& error);

}  // namespace zhuqi::channel
