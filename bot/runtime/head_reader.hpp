#pragma once
// Beast's parser, fed one complete head by hand: it fills our request directly. The only file besides http_stream.cpp that
// knows Beast. The guard has judged the head before; a head that the two read differently is refused.

#include "bot/runtime/http_guard.hpp"

namespace zhuqi::http {

/// Fills verb, path, query, host and headers. `head` is exactly the bytes that `guard` called complete.
refusal read_head(std::string_view head, const head_guard& guard, request& out);

}  // namespace zhuqi::http
