// See head_reader.hpp.

#include "bot/runtime/head_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace zhuqi::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

class field_collector final : public beast_http::basic_parser<true> {
 public:
  explicit field_collector(request& out) : out_{out} {
    header_limit(static_cast<std::uint32_t>(limits::http_head_bytes) + 4);
    skip(true);  // the body is ours: by length, or chunk_decoder
    out_.headers.reserve(8);
  }

  int version() const { return version_; }
  string_view target() const { return target_; }

 private:
  void on_request_impl(beast_http::verb, string_view, string_view target, int version, error_code&) override {
    target_ = target;
    version_ = version;
  }

  void on_field_impl(beast_http::field, string_view name, string_view value, error_code&) override {
    auto& field = out_.headers.emplace_back();
    field.first.resize(name.size());
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      field.first[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    field.second.assign(value.data(), value.size());
  }

  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override { return body.size(); }
  void on_finish_impl(error_code&) override {}

  request& out_;
  string_view target_;
  int version_ = 0;
};

}  // namespace

refusal read_head(std::string_view head, const head_guard& guard, request& out) {
  const head_facts& facts = guard.facts();
  const std::string_view target = head.substr(facts.target_at, facts.target_size);

  field_collector parser{out};
  error_code ec;
  const std::size_t used = parser.put(boost::asio::const_buffer{head.data(), head.size()}, ec);
  if (ec || !parser.is_done() || used != head.size()) return refusal::parser;
  if (parser.version() != (facts.http_1_0 ? 10 : 11)) return refusal::parser;
  if (std::string_view{parser.target().data(), parser.target().size()} != target) return refusal::parser;

  target_parts parts;
  if (const refusal r = read_target(target, parts); r != refusal::none) return r;
  const std::string_view host = head.substr(facts.host_at, facts.host_size);
  if (!parts.authority.empty() && !host.empty() && parts.authority != host) return refusal::bad_host;

  out.verb = facts.verb;
  out.path = std::move(parts.path);
  out.query = std::move(parts.query);
  out.host.assign(host.empty() ? std::string_view{parts.authority} : host);
  return refusal::none;
}

}  // namespace zhuqi::http
