// The answering half of connection.hpp: every response, ours or a handler's, leaves through send().

#include "bot/runtime/connection.hpp"
#include "bot/runtime/log.hpp"
#include "bot/runtime/response_writer.hpp"

#include <boost/asio/buffer.hpp>

#include <array>

namespace zhuqi::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t small_body = 16 * 1024;      // copied behind the head; larger ones are gathered
constexpr std::size_t write_progress = 16 * 1024;  // a reader that takes this much earns a new deadline

}  // namespace

response plain_response(int status, std::string_view sentence) {
  response r;
  r.status = status;
  if (!sentence.empty()) r.body.assign(sentence).push_back('\n');
  return r;
}

void connection::reject(refusal why) {
  ++core_->stats.rejected;
  const refusal_text text = explain(why);
  response r = plain_response(text.status, text.sentence);
  if (text.status == 405) r.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  r.close = must_linger_ = true;
  phase_ = phase::handling;
  send(std::move(r));
}

void connection::refuse(int status, std::string_view sentence) {
  ++core_->stats.rejected;
  response r = plain_response(status, sentence);
  r.close = must_linger_ = true;
  if (status == 503) r.headers.emplace_back("Retry-After", "2");
  if (status == 426) {
    r.headers.emplace_back("Upgrade", "websocket");
    r.headers.emplace_back("Sec-WebSocket-Version", "13");
  }
  phase_ = phase::handling;
  send(std::move(r));
}

void connection::respond(response r) {
  if (phase_ != phase::handling) return;  // aborted meanwhile
  try {
    send(std::move(r));
  } catch (const std::exception& e) {  // runs inside destructors: nothing may leave
    log::error("http.response_failed", {{"what", e.what()}});
    close();
  }
}

void connection::send(response r) {
  keep_alive_ = keep_alive_ && !r.close && !core_->stopping;
  must_linger_ = must_linger_ || r.close || core_->stopping;
  const auto header = !keep_alive_ ? connection_header::close
                      : http_1_0_  ? connection_header::keep_alive
                                   : connection_header::none;
  std::string& out = core_->output;
  out.clear();
  append_head(out, r, core_->date, header);
  if (head_only_ || is_bodiless(r.status)) r.body.clear();
  if (r.body.size() <= small_body) {
    out.append(r.body);
    r.body.clear();
  }
  write_out(out, std::move(r.body));
}

/// Writes at once what the socket takes: nearly always all of it, without an asynchronous operation.
void connection::write_out(std::string_view head, std::string body) {
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head.data(), head.size()), asio::buffer(body)};
  error_code failed;
  const std::size_t sent = body.empty() ? socket_->write_some(asio::buffer(head.data(), head.size()), failed)
                                        : socket_->write_some(parts, failed);
  if (failed && failed != asio::error::would_block) return close();
  const std::size_t total = head.size() + body.size();
  const std::size_t done = failed ? 0 : sent;
  if (done == total) return finish_response();
  phase_ = phase::writing;
  if (done < head.size()) {
    out_.assign(head.substr(done)).append(body);
    out_at_ = 0;
  } else {
    out_ = std::move(body);
    out_at_ = done - head.size();
  }
  out_since_deadline_ = 0;
  core_->wheel.set(*this, core_->options.write_deadline);
  wait_writable();
}

void connection::wait_writable() {
  socket_->async_wait(socket_type::wait_write, [self = shared_from_this()](const error_code& ec) {
    if (self->phase_ != phase::writing) return;
    if (ec) return self->close();
    self->on_writable();
  });
}

void connection::on_writable() {
  error_code failed;
  const std::size_t sent = socket_->write_some(asio::buffer(out_.data() + out_at_, out_.size() - out_at_), failed);
  if (failed && failed != asio::error::would_block) return close();
  out_at_ += failed ? 0 : sent;
  if (out_at_ == out_.size()) {
    std::string{}.swap(out_);
    return finish_response();
  }
  out_since_deadline_ += failed ? 0 : sent;
  if (out_since_deadline_ >= write_progress) {
    out_since_deadline_ = 0;
    core_->wheel.set(*this, core_->options.write_deadline);
  }
  wait_writable();
}

void connection::finish_response() {
  if (!keep_alive_) return must_linger_ || !in_.empty() ? linger() : close();
  phase_ = phase::head;
  served_one_ = true;
  guard_ = {};
  deadline_set_ = skipped_blank_ = head_only_ = must_linger_ = false;
  if (!processing_) resume();
}

}  // namespace zhuqi::http
