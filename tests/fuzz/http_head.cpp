// One HTTP head, and what follows it as a chunked body. Promises: the verdict does not depend on how the bytes were cut; a head the
// guard takes is one Beast reads the same way; what a request carries is canonical.

#include "bot/base/result.hpp"
#include "bot/base/text.hpp"
#include "bot/runtime/chunked.hpp"
#include "bot/runtime/head_reader.hpp"

using namespace zhuqi;
using namespace zhuqi::http;

namespace {

head_guard::verdict feed_in_pieces(head_guard& guard, std::string_view bytes, std::size_t piece) {
  auto v = head_guard::verdict::need_more;
  for (std::size_t n = piece; v == head_guard::verdict::need_more; n += piece) {
    v = guard.feed(bytes.substr(0, std::min(n, bytes.size())));
    if (n >= bytes.size()) break;
  }
  return v;
}

void check_request(const request& r, const head_facts& facts) {
  ZHUQI_ASSERT(r.path.starts_with('/'));
  ZHUQI_ASSERT(r.path.find("//") == std::string::npos && r.path.find('\0') == std::string::npos);
  ZHUQI_ASSERT((r.path + "/").find("/../") == std::string::npos && (r.path + "/").find("/./") == std::string::npos);
  ZHUQI_ASSERT(text::is_utf8(r.path));
  ZHUQI_ASSERT(r.headers.size() <= limits::http_header_count);
  ZHUQI_ASSERT(facts.http_1_0 || is_host(r.host));
  std::size_t lengths = 0;
  for (const auto& [name, value] : r.headers) {
    ZHUQI_ASSERT(is_token(name));
    for (const char c : value) ZHUQI_ASSERT(c != '\r' && c != '\n' && c != '\0');
    lengths += name == "content-length" || name == "transfer-encoding" ? 1 : 0;
  }
  ZHUQI_ASSERT(lengths == ((facts.has_length || facts.chunked) ? 1U : 0U));
  (void)query_param(r.query, "a");
}

void check_chunks(std::string_view bytes, std::size_t piece) {
  constexpr std::size_t bound = 1000;
  std::string body;
  chunk_decoder at_once;
  std::string_view rest = bytes;
  const auto v = at_once.feed(rest, body, bound);
  ZHUQI_ASSERT(body.size() <= bound);

  std::string again;
  chunk_decoder pieces;
  auto w = chunk_decoder::verdict::need_more;
  std::size_t used = 0;
  while (used < bytes.size() && w == chunk_decoder::verdict::need_more) {
    std::string_view next = bytes.substr(used, piece);
    const auto before = next.size();
    w = pieces.feed(next, again, bound);
    used += before - next.size();
  }
  ZHUQI_ASSERT(v == w && body == again && at_once.why() == pieces.why());
  ZHUQI_ASSERT(used == bytes.size() - rest.size());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  head_guard guard;
  head_guard pieces;
  const std::size_t piece = size % 13 + 1;
  const auto v = guard.feed(bytes);
  ZHUQI_ASSERT(feed_in_pieces(pieces, bytes, piece) == v && pieces.why() == guard.why());
  if (v == head_guard::verdict::refused) ZHUQI_ASSERT(explain(guard.why()).status >= 400);
  if (v != head_guard::verdict::complete) {
    check_chunks(bytes, piece);
    return 0;
  }
  ZHUQI_ASSERT(pieces.head_size() == guard.head_size() && guard.head_size() <= size);
  request r;
  const refusal why = read_head(bytes.substr(0, guard.head_size()), guard, r);
  ZHUQI_ASSERT(why != refusal::parser);  // what the guard takes, Beast takes
  if (why == refusal::none) check_request(r, guard.facts());
  check_chunks(bytes.substr(guard.head_size()), piece);
  return 0;
}
