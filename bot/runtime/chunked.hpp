#pragma once
// The chunked transfer coding of one request body (RFC 9112 section 7.1), strict and incremental. Own code and not Beast's:
// Beast needs each chunk line in one linear buffer and notices a bad last chunk only when the whole trailer is there.

#include "bot/runtime/http_guard.hpp"

namespace zhuqi::http {

class chunk_decoder {
 public:
  enum class verdict : std::uint8_t { need_more, complete, refused };

  /// Takes bytes off the front of `input`, appends the payload to `body` (at most `max_body` bytes in all).
  /// Chunk extensions and trailer fields are checked, bounded and dropped.
  verdict feed(std::string_view& input, std::string& body, std::size_t max_body);

  refusal why() const { return why_; }

 private:
  enum class at : std::uint8_t {
    size_first,
    size,
    extension,
    size_lf,
    data,
    data_cr,
    data_lf,
    trailer_first,
    trailer_name,
    trailer_value,
    trailer_lf,
    end_lf
  };

  verdict refuse(refusal r);
  bool take(char c, std::size_t room);
  bool take_size(char c, std::size_t room);
  bool take_trailer(char c);

  at at_ = at::size_first;
  refusal why_ = refusal::none;
  std::uint8_t digits_ = 0;
  std::uint32_t overhead_ = 0;  ///< bytes of extensions and trailers so far
  std::uint64_t size_ = 0;      ///< of the current chunk, or what is left of it
  bool done_ = false;
};

}  // namespace zhuqi::http
