// See response_writer.hpp.

#include "bot/runtime/response_writer.hpp"

#include "bot/base/result.hpp"
#include "bot/runtime/http_guard.hpp"

#include <charconv>
#include <ctime>

namespace zhuqi::http {
namespace {

void append_number(std::string& out, std::uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  ZHUQI_ASSERT(is_token(name));
  out.append(name).append(": ");
  for (char c : value) out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c);
  out.append("\r\n");
}

}  // namespace

std::string_view reason_phrase(int status) noexcept {
  switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Unknown";
  }
}

void append_head(std::string& out, const response& r, std::string_view date, connection_header connection) {
  ZHUQI_ASSERT(r.status >= 200 && r.status <= 599);
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::uint64_t>(r.status));
  out.append(" ").append(reason_phrase(r.status)).append("\r\nDate: ").append(date).append("\r\n");
  if (!is_bodiless(r.status)) {
    if (!r.content_type.empty()) append_field(out, "Content-Type", r.content_type);
    out.append("Content-Length: ");
    append_number(out, r.body.size());
    out.append("\r\n");
  }
  if (connection == connection_header::close) out.append("Connection: close\r\n");
  if (connection == connection_header::keep_alive) out.append("Connection: keep-alive\r\n");
  for (const auto& [name, value] : r.headers) append_field(out, name, value);
  out.append("\r\n");
}

std::string http_date(std::int64_t unix_seconds) {
  static constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t t = unix_seconds;
  std::tm utc{};
  gmtime_r(&t, &utc);
  const auto two = [](int n) { return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; };
  std::string out{days[utc.tm_wday]};  // by hand: strftime would follow the locale
  out.append(", ").append(two(utc.tm_mday)).append(" ").append(months[utc.tm_mon]).append(" ");
  out.append(std::to_string(utc.tm_year + 1900)).append(" ").append(two(utc.tm_hour)).append(":");
  out.append(two(utc.tm_min)).append(":").append(two(utc.tm_sec)).append(" GMT");
  return out;
}

}  // namespace zhuqi::http
