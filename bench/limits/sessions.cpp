#include "bench/limits/sessions.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <chrono>
#include <utility>

namespace zhuqi::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

class session : public std::enable_shared_from_this<session> {
 public:
  session(tcp::socket socket, const on_callback& handle) : stream_{std::move(socket)}, handle_{handle} {}
  void read() {
    request_ = {};
    stream_.expires_after(std::chrono::seconds{30});
    http::async_read(stream_, buffer_, request_, beast::bind_front_handler(&session::on_read, shared_from_this()));
  }

 private:
  void on_read(beast::error_code ec, std::size_t) {
    if (ec) return;
    handle_(request_.body(), [self = shared_from_this()](std::string body) { self->write(std::move(body)); });
  }
  void write(std::string body) {
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::content_type, "text/xml; charset=utf-8");
    response_.keep_alive(request_.keep_alive());
    response_.body() = std::move(body);
    response_.prepare_payload();
    http::async_write(stream_, response_, beast::bind_front_handler(&session::on_write, shared_from_this()));
  }
  void on_write(beast::error_code ec, std::size_t) {
    if (!ec && response_.keep_alive()) read();
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
  const on_callback& handle_;
};

class listener : public std::enable_shared_from_this<listener> {
 public:
  listener(asio::io_context& loop, std::uint16_t port, on_callback handle)
      : acceptor_{loop, {asio::ip::address_v4::loopback(), port}}, handle_{std::move(handle)} {}
  void accept() { acceptor_.async_accept(beast::bind_front_handler(&listener::on_accept, shared_from_this())); }

 private:
  void on_accept(beast::error_code ec, tcp::socket socket) {
    if (!ec) {
      socket.set_option(tcp::no_delay{true});
      std::make_shared<session>(std::move(socket), handle_)->read();
    }
    accept();
  }

  tcp::acceptor acceptor_;
  on_callback handle_;
};

}  // namespace

void serve_callbacks(asio::io_context& loop, std::uint16_t port, on_callback handle) {
  std::make_shared<listener>(loop, port, std::move(handle))->accept();
}

std::string_view field_of(std::string_view body, std::string_view open, std::string_view close) {
  const std::size_t from = body.find(open);
  if (from == std::string_view::npos) return {};
  const std::size_t begin = from + open.size();
  const std::size_t end = body.find(close, begin);
  return end == std::string_view::npos ? std::string_view{} : body.substr(begin, end - begin);
}

std::string fixed_reply(std::string_view body, std::size_t size) {
  std::string out = "<xml><ToUserName><![CDATA[";
  out.append(field_of(body, "<FromUserName><![CDATA[", "]]>")).append("]]></ToUserName><FromUserName><![CDATA[");
  out.append(field_of(body, "<ToUserName><![CDATA[", "]]>"))
      .append(
          "]]></FromUserName><CreateTime>1600000000</CreateTime>"
          "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[");
  constexpr std::string_view end = "]]></Content></xml>";
  out.append(size > out.size() + end.size() ? size - out.size() - end.size() : 1, 'r').append(end);
  return out;
}

}  // namespace zhuqi::bench
