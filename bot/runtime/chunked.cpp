// See chunked.hpp.

#include "bot/runtime/chunked.hpp"

#include <algorithm>

namespace zhuqi::http {
namespace {

constexpr std::uint8_t max_size_digits = 16;      // a 64-bit size; longer is an overflow attempt
constexpr std::uint32_t max_overhead = 4 * 1024;  // extensions and trailers nobody asked for

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_text(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u == '\t' || (u >= 0x20 && u != 0x7f);
}

}  // namespace

chunk_decoder::verdict chunk_decoder::refuse(refusal r) {
  why_ = r;
  return verdict::refused;
}

chunk_decoder::verdict chunk_decoder::feed(std::string_view& input, std::string& body, std::size_t max_body) {
  while (!input.empty() && why_ == refusal::none && !done_) {
    if (at_ == at::data) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(size_, input.size()));
      body.append(input.substr(0, n));
      input.remove_prefix(n);
      size_ -= n;
      if (size_ == 0) at_ = at::data_cr;
      continue;
    }
    const char c = input.front();
    input.remove_prefix(1);
    if (!take(c, max_body - body.size()) && why_ == refusal::none) why_ = refusal::bad_chunk;
  }
  if (why_ != refusal::none) return verdict::refused;
  return done_ ? verdict::complete : verdict::need_more;
}

bool chunk_decoder::take(char c, std::size_t room) {
  switch (at_) {
    case at::size_first:
    case at::size:
    case at::extension:
    case at::size_lf: return take_size(c, room);
    case at::data: return false;
    case at::data_cr: at_ = at::data_lf; return c == '\r';
    case at::data_lf: at_ = at::size_first; return c == '\n';
    case at::trailer_first:
    case at::trailer_name:
    case at::trailer_value:
    case at::trailer_lf: return take_trailer(c);
    case at::end_lf: done_ = true; return c == '\n';
  }
  return false;
}

bool chunk_decoder::take_size(char c, std::size_t room) {
  if (at_ == at::size_lf) {
    if (c != '\n') return false;
    if (size_ > room) {
      why_ = refusal::body_too_large;
      return false;
    }
    at_ = size_ == 0 ? at::trailer_first : at::data;
    return true;
  }
  if (at_ == at::extension) {
    if (c == '\r')
      at_ = at::size_lf;
    else if (!is_text(c) || ++overhead_ > max_overhead)
      return false;
    return true;
  }
  if (const int digit = hex_digit(c); digit >= 0) {
    if (at_ == at::size_first) size_ = digits_ = 0;
    at_ = at::size;
    size_ = size_ * 16 + static_cast<std::uint64_t>(digit);
    return ++digits_ <= max_size_digits;
  }
  if (at_ == at::size_first) return false;
  if (c == ';')
    at_ = at::extension;
  else if (c == '\r')
    at_ = at::size_lf;
  else
    return false;
  return true;
}

bool chunk_decoder::take_trailer(char c) {
  if (++overhead_ > max_overhead) return false;
  switch (at_) {
    case at::trailer_first:
      if (c == '\r') {
        at_ = at::end_lf;
        return true;
      }
      at_ = at::trailer_name;
      return is_token({&c, 1});
    case at::trailer_name:
      if (c == ':') at_ = at::trailer_value;
      return c == ':' || is_token({&c, 1});
    case at::trailer_value:
      if (c == '\r') at_ = at::trailer_lf;
      return c == '\r' || is_text(c);
    default: at_ = at::trailer_first; return c == '\n';
  }
}

}  // namespace zhuqi::http
