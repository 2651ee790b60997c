#pragma once
// The strict reading of one HTTP/1.1 request head (RFC 9112), before Beast's parser sees it. Beast lets through what
// proxies in front of us may read differently (no Host, two Hosts, obs-fold, unknown codings …); request smuggling lives in such
// differences, so here everything that is not plainly one request is refused. Sans-I/O: bytes in, verdict out.

#include "bot/runtime/http.hpp"

#include <cstdint>
#include <string_view>

namespace zhuqi::http {

/// Why a head, a target or a body framing was refused. Each has one status and one sentence (explain()).
enum class refusal : std::uint8_t {
  none,
  bare_lf,
  control_character,
  bad_request_line,
  bad_method,
  method_not_implemented,
  method_refused,
  bad_target,
  target_too_long,
  http_0_9,
  bad_version,
  unsupported_version,
  line_starts_with_space,
  bad_field_name,
  too_many_fields,
  head_too_large,
  missing_host,
  duplicate_host,
  bad_host,
  bad_content_length,
  duplicate_content_length,
  bad_transfer_encoding,
  duplicate_transfer_encoding,
  length_and_encoding,
  encoding_in_http_1_0,
  bad_connection_field,
  bad_expectation,
  parser,
  bad_chunk,
  body_too_large,
  misdirected,
};

struct refusal_text {
  int status;
  std::string_view sentence;
};
refusal_text explain(refusal why) noexcept;

/// What the guard learned on the way. Positions are offsets into the bytes given to feed().
struct head_facts {
  method verb = method::get;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool chunked = false;
  bool expects_continue = false;
  bool wants_upgrade = false;  ///< "upgrade" among the Connection options
  bool has_length = false;
  std::uint64_t content_length = 0;
  std::uint32_t target_at = 0, target_size = 0;
  std::uint32_t host_at = 0, host_size = 0;
};

/// Reads a head as it arrives. Every complete line is judged at once, so a bad client need not be waited for.
class head_guard {
 public:
  enum class verdict : std::uint8_t { need_more, complete, refused };

  /// `bytes` is everything received of this request so far, from its first byte; earlier bytes unchanged between calls.
  verdict feed(std::string_view bytes);

  std::size_t head_size() const { return line_at_; }  ///< after complete: bytes of the head, empty line included
  refusal why() const { return why_; }
  const head_facts& facts() const { return facts_; }

 private:
  verdict refuse(refusal r);
  verdict take_line(std::string_view bytes, std::size_t end);
  refusal check_request_line(std::string_view line);
  refusal check_field(std::string_view line);
  refusal check_known_field(std::string_view name, std::string_view value, std::size_t value_at);
  refusal check_connection(std::string_view value);
  refusal check_length(std::string_view value);
  refusal check_end() const;

  head_facts facts_;
  std::uint32_t line_at_ = 0;  ///< where the line being read begins
  std::uint32_t seen_ = 0;     ///< bytes already searched for LF
  std::uint16_t fields_ = 0;
  bool has_request_line_ = false;
  bool has_host_ = false;
  bool has_encoding_ = false;
  bool says_close_ = false;
  bool says_keep_alive_ = false;
  refusal why_ = refusal::none;
};

/// RFC 9110 token characters.
bool is_token(std::string_view text) noexcept;
/// ASCII comparison without case; `lower` is given in lower case.
bool equals_lower(std::string_view text, std::string_view lower) noexcept;
/// host [":" port] as we take it: a name of letters, digits, '-', '.', '_', or an address; no userinfo, no percent.
bool is_host(std::string_view text) noexcept;

struct target_parts {
  std::string path;  ///< decoded once, canonical (see http::request::path)
  std::string query;
  std::string authority;  ///< only where the target was in absolute form
};
/// Splits and decodes a request target. Refuses what two readers may read differently: "//", dot segments, encoded slashes,
/// backslashes, NUL and controls, ill-formed UTF-8, "*", fragments.
refusal read_target(std::string_view target, target_parts& out);

}  // namespace zhuqi::http
