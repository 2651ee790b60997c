#pragma once
// A Beast server of callbacks and nothing else: the shape of Beast's own asynchronous examples, one thread, no routing, no guard.

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::bench {

/// Sends the body of the 200; call once, on the loop's thread.
using send_reply = std::function<void(std::string body)>;
using on_callback = std::function<void(std::string_view body, send_reply send)>;

/// Serves on 127.0.0.1:`port` until the loop is stopped.
void serve_callbacks(boost::asio::io_context& loop, std::uint16_t port, on_callback handle);

/// The passive reply to the sender of `body`, its whole padded to about `size` bytes.
std::string fixed_reply(std::string_view body, std::size_t size);

/// The text between two marks, "" where they are not there. All that these servers know of XML.
std::string_view field_of(std::string_view body, std::string_view open, std::string_view close);

}  // namespace zhuqi::bench
