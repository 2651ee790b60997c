// See connection.hpp. head → body → handling → writing → head …, and lingering → closed.

#include "bot/runtime/connection.hpp"

#include "bot/runtime/head_reader.hpp"
#include "bot/runtime/http_stream.hpp"
#include "bot/runtime/log.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

namespace zhuqi::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::milliseconds linger_deadline{2'000};  // for the peer to read our last answer and close
constexpr std::chrono::milliseconds newcomer_grace{500};     // at a stop: who has just connected is about to ask
constexpr std::size_t linger_bytes = 1024 * 1024;            // what it may still send meanwhile
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

/// `host` against "name" or "name:port" rows, without case. A row without a port takes any port.
bool is_served(std::string_view host, const std::vector<std::string>& allowed) {
  if (allowed.empty()) return true;
  const auto colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
  const std::string_view name = has_port ? host.substr(0, colon) : host;
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const std::string& row) { return equals_lower(host, row) || equals_lower(name, row); });
}

}  // namespace

connection::connection(std::shared_ptr<server_core> core, socket_type socket, std::string peer)
    : live{*core}, core_{std::move(core)}, socket_{std::move(socket)}, peer_{std::move(peer)} {}

connection::~connection() {
  if (refused_full_) --core_->lingering_refused;
  core_->wheel.clear(*this);  // before core_ goes, which may be the last to hold the wheel
  leave();
}

void connection::start() {
  core_->wake();
  await_more();
}

void connection::refuse_full() {
  core_->wake();
  refused_full_ = true;
  ++core_->lingering_refused;
  ++core_->stats.refused_full;
  phase_ = phase::handling;
  response r = plain_response(503, "Too many connections; try again.");
  r.headers.emplace_back("Retry-After", "2");
  r.close = true;
  must_linger_ = true;
  send(std::move(r));
}

// --- reading ---

void connection::wait_readable() {
  socket_->async_wait(socket_type::wait_read,
                      [self = shared_from_this()](const error_code& ec) { self->on_readable(ec); });
}

void connection::on_readable(const error_code& ec) {
  if (phase_ == phase::closed || ec == asio::error::operation_aborted)
    return;  // aborted by us, who wait anew where needed
  if (ec) return close();
  error_code failed;
  const std::size_t n = socket_->read_some(asio::buffer(core_->input.get(), server_core::input_bytes), failed);
  if (failed == asio::error::would_block) return wait_readable();
  if (failed) return close();  // end of stream, reset
  if (phase_ == phase::lingering) {
    discarded_ += n;
    return discarded_ > linger_bytes ? close() : wait_readable();
  }
  try {
    take_input({core_->input.get(), n});
  } catch (const std::exception& e) {  // out of memory: this connection pays, not the process
    log::error("http.connection_failed", {{"what", e.what()}});
    close();
  }
}

void connection::take_input(std::string_view fresh) {
  if (in_.empty()) {
    const std::size_t used = process(fresh);
    if (phase_ < phase::lingering) in_.assign(fresh.substr(used));
  } else {
    in_.append(fresh);
    std::string held = std::move(in_);
    in_.clear();
    const std::size_t used = process(held);
    held.erase(0, used);
    if (phase_ < phase::lingering) in_ = std::move(held);
  }
  await_more();
}

void connection::resume() {
  std::string held = std::move(in_);
  in_.clear();
  const std::size_t used = held.empty() ? 0 : process(held);
  held.erase(0, used);
  if (phase_ < phase::lingering) in_ = std::move(held);
  await_more();
}

void connection::await_more() {
  if (phase_ == phase::head) {
    if (in_.empty()) {
      if (in_.capacity() > 256) in_.shrink_to_fit();
      if (core_->stopping && served_one_) return close();
      core_->wheel.set(*this, core_->stopping ? newcomer_grace : core_->options.idle_deadline);
    } else if (!deadline_set_) {
      deadline_set_ = true;
      core_->wheel.set(*this, core_->options.head_deadline);
    }
    wait_readable();
  } else if (phase_ == phase::body) {
    wait_readable();
  }
}

/// Works off what is there; returns how much of it. What is left belongs to a request that is not ours to begin yet.
std::size_t connection::process(std::string_view data) {
  processing_ = true;
  std::size_t used = 0;
  while (used < data.size()) {
    std::size_t step = 0;
    if (phase_ == phase::head)
      step = take_head(data.substr(used));
    else if (phase_ == phase::body)
      step = take_body(data.substr(used));
    if (step == 0) break;
    used += step;
  }
  processing_ = false;
  return used;
}

std::size_t connection::take_head(std::string_view data) {
  if (data.front() == '\r' &&
      !skipped_blank_) {  // RFC 9112 section 2.2: one empty line before the request line is forgiven
    if (data.size() < 2) return 0;
    if (data[1] == '\n') {
      skipped_blank_ = true;
      return 2;
    }
  }
  switch (guard_.feed(data)) {
    case head_guard::verdict::need_more: return 0;
    case head_guard::verdict::refused: reject(guard_.why()); return data.size();
    case head_guard::verdict::complete: break;
  }
  const std::size_t size = guard_.head_size();
  begin_request(data.substr(0, size));
  if (phase_ == phase::head && incoming_) {  // accepted
    if (route_->upgrade) {
      if (size != data.size()) {
        refuse(400, "Nothing may follow an upgrade before it is answered.");
        return data.size();
      }
      upgrade();
    } else if (incoming_->missing == 0 && !guard_.facts().chunked) {
      dispatch();
    } else {
      begin_body();
      if (phase_ == phase::body && guard_.facts().expects_continue && size == data.size()) {
        error_code failed;
        const std::size_t sent = socket_->write_some(asio::buffer(continue_line), failed);
        if (sent != 0 && sent != continue_line.size()) close();  // half a status line cannot be taken back
      }
    }
  }
  return size;
}

void connection::begin_request(std::string_view head) {
  const head_facts& facts = guard_.facts();
  keep_alive_ = facts.keep_alive;
  http_1_0_ = facts.http_1_0;
  head_only_ = facts.verb == method::head;
  auto in = std::make_unique<incoming>(*core_);
  request& message = in->message;
  if (const refusal r = read_head(head, guard_, message); r != refusal::none) return reject(r);
  if (!is_served(message.host, core_->options.allowed_hosts)) return reject(refusal::misdirected);
  message.peer = peer_;
  message.accepted = std::chrono::steady_clock::now();

  const bool has_body = facts.chunked || facts.content_length > 0;
  const router::match found = core_->routes.find(message.verb, message.path);
  if (found.found == nullptr) {
    response r =
        plain_response(found.status, found.status == 405 ? "This method is not allowed here." : "Nothing is here.");
    if (!found.allow.empty()) r.headers.emplace_back("Allow", found.allow);
    r.close = must_linger_ = has_body;
    phase_ = phase::handling;
    return send(std::move(r));
  }
  route_ = found.found;
  message.tail.assign(found.tail);
  message.params = found.params;
  if (facts.content_length > route_->rule.max_body || (route_->upgrade && has_body))
    return reject(refusal::body_too_large);
  in->missing = static_cast<std::size_t>(facts.content_length);
  incoming_ = std::move(in);
}

/// A thousand slow senders of large bodies must not add up to all our memory.
bool connection::incoming::promise(std::size_t bytes) {
  if (core.body_bytes + bytes > core.options.body_memory) return false;
  promised = bytes;
  core.body_bytes += bytes;
  return true;
}

void connection::begin_body() {
  if (!incoming_->promise(guard_.facts().chunked ? route_->rule.max_body : incoming_->missing)) {
    return refuse(503, "Too many bodies are on their way; try again.");
  }
  phase_ = phase::body;
  incoming_->message.body.reserve(incoming_->missing);
  core_->wheel.set(*this, core_->options.body_deadline);
}

std::size_t connection::take_body(std::string_view data) {
  std::string& body = incoming_->message.body;
  if (!guard_.facts().chunked) {
    const std::size_t n = std::min(incoming_->missing, data.size());
    body.append(data.substr(0, n));
    incoming_->missing -= n;
    if (incoming_->missing == 0) dispatch();
    return n;
  }
  std::string_view rest = data;
  switch (incoming_->chunks.feed(rest, body, route_->rule.max_body)) {
    case chunk_decoder::verdict::need_more: break;
    case chunk_decoder::verdict::complete: dispatch(); break;
    case chunk_decoder::verdict::refused: reject(incoming_->chunks.why()); return data.size();
  }
  return data.size() - rest.size();
}

// --- handing over ---

void connection::dispatch() {
  phase_ = phase::handling;
  core_->wheel.clear(*this);
  ++core_->stats.requests;
  const route& to = *route_;
  request message = std::move(incoming_->message);
  incoming_.reset();
  try {
    to.run(std::move(message), responder{[self = shared_from_this()](response r) { self->respond(std::move(r)); }});
  } catch (const std::exception& e) {  // the responder went down with the handler and has sent 500
    log::error("http.handler_failed", {{"route", to.path}, {"what", e.what()}});
  } catch (...) {
    log::error("http.handler_failed", {{"route", to.path}, {"what", "unknown exception"}});
  }
}

void connection::upgrade() {
  const request message = std::move(incoming_->message);
  incoming_.reset();
  if (http_1_0_) return refuse(426, "A WebSocket needs HTTP/1.1.");
  if (const auto [status, sentence] = check_handshake(message, core_->options.allowed_origins); status != 0) {
    return refuse(status, sentence);
  }
  phase_ = phase::handling;
  ++core_->stats.requests;
  try {
    auto [session, refused] = route_->upgrade(message);
    if (!session) return send(std::move(refused));
    core_->wheel.clear(*this);
    phase_ = phase::closed;
    open_stream(core_, std::move(*socket_), message, std::move(session));
    socket_.reset();
    leave();
  } catch (const std::exception& e) {
    log::error("http.upgrade_failed", {{"route", route_->path}, {"what", e.what()}});
    if (phase_ == phase::handling) refuse(500, "");
  }
}

// --- ending ---

void connection::linger() {
  error_code ignored;
  socket_->shutdown(socket_type::shutdown_send, ignored);
  phase_ = phase::lingering;
  incoming_.reset();
  std::string{}.swap(in_);
  core_->wheel.set(*this, linger_deadline);
  wait_readable();
}

void connection::on_deadline() {
  ++core_->stats.timeouts;
  switch (phase_) {
    case phase::head:
      if (in_.empty()) return close();
      [[fallthrough]];
    case phase::body: {
      response r = plain_response(408, "The request took too long.");
      r.close = must_linger_ = true;
      error_code ignored;
      socket_->cancel(ignored);
      phase_ = phase::handling;
      return send(std::move(r));
    }
    case phase::handling:
    case phase::writing:
    case phase::lingering:
    case phase::closed: return close();
  }
}

void connection::stop() {
  if (phase_ != phase::head || !in_.empty() || processing_) return;  // answers first; send() closes behind the answer
  if (!served_one_) return core_->wheel.set(*this, newcomer_grace);
  error_code ignored;
  if (socket_->available(ignored) == 0) close();
}

void connection::close() {
  if (phase_ == phase::closed) return;
  phase_ = phase::closed;
  core_->wheel.clear(*this);
  socket_.reset();
  incoming_.reset();
  leave();
}

}  // namespace zhuqi::http
