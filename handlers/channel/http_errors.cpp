#include "handlers/channel/http_errors.hpp"

namespace zhuqi::channel {

namespace {

int status_of(errc e) noexcept {
  switch (e) {
    case errc::malformed: return 400;
    case errc::too_large: return 413;
    // One status for everything that is a matter of trust, so that nobody learns how far a forgery got.
    case errc::bad_signature:
    case errc::stale_timestamp:
    case errc::wrong_recipient:
    case errc::undecryptable: return 403;
    case errc::unsupported: return 422;
    case errc::not_found: return 404;
    case errc::conflict: return 409;
    case errc::unavailable:
    case errc::timed_out:
    case errc::overloaded: return 503;
  }
  return 500;
}

const char* words_for(int status) noexcept {
  switch (status) {
    case 400: return "bad request\n";
    case 403: return "forbidden\n";
    case 404: return "not found\n";
    case 409: return "conflict\n";
    case 413: return "too large\n";
    case 422: return "not supported\n";
    case 503: return "unavailable\n";
    default: return "internal error\n";
  }
}

}  // namespace

int http_status(const boost::system::error_code& error) noexcept {
  if (error.category() != error_category()) return 500;
  return status_of(static_cast<errc>(error.value()));
}

http::response refusal(const boost::system::error_code& error) {
  http::response answer;
  answer.status = http_status(error);
  answer.body = words_for(answer.status);
  answer.close = answer.status >= 500;
  return answer;
}

}  // namespace zhuqi::channel
