// See pages.hpp. Everything that can be computed is computed once, at the start; a request compares two strings.

#include "handlers/pages/pages.hpp"

#include "bot/base/crypto.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace zhuqi::pages {
namespace {

using http::request;
using http::responder;
using http::response;
using header_list = std::vector<std::pair<std::string, std::string>>;

struct variant {
  std::string_view bytes;
  std::string etag;
  explicit operator bool() const { return !etag.empty(); }
};

struct served_file {
  std::string content_type;
  variant plain;
  variant gzip;
  header_list headers;  ///< all but ETag and Content-Encoding
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".wasm", "application/wasm"},
    {".pdf", "application/pdf"},
}};

std::string type_of(std::string_view name) {
  for (const auto& [ending, type] : types) {
    if (name.ends_with(ending)) return std::string{type};
  }
  return "application/octet-stream";  // with nosniff a browser downloads it and no more
}

const base::embedded_file* find_file(std::span<const base::embedded_file> files, std::string_view name) {
  const auto at = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.name == name; });
  return at == files.end() ? nullptr : &*at;
}

/// The first 128 bits of the SHA-256 of these very bytes: the compressed twin has another one, as RFC 9110 section 8.8.3.3 wants.
variant make_variant(const base::embedded_file* file) {
  if (file == nullptr) return {};
  const auto digest = crypto::sha256(file->bytes);
  return {file->bytes, "\"" + crypto::hex({digest.data(), 16}) + "\""};
}

header_list html_headers(const std::string& frame_ancestors) {
  const bool framed = frame_ancestors != "'none'";
  header_list h{
      {"Cache-Control", "no-cache"},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy",
       "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
       "font-src 'self'; "
       "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors " +
           frame_ancestors},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"},
  };
  // Browsers before frame-ancestors know only this one, and it cannot express a list.
  if (!framed) h.emplace_back("X-Frame-Options", "DENY");
  return h;
}

header_list file_headers(std::string_view name) {
  const bool hashed = name.starts_with("assets/");
  header_list h{{"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
                {"X-Content-Type-Options", "nosniff"}};
  // An SVG opened by itself is a document: nothing in it may run.
  if (name.ends_with(".svg"))
    h.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return h;
}

std::string_view trim_blank(std::string_view v) {
  while (!v.empty() && (v.front() == ' ' || v.front() == '\t')) v.remove_prefix(1);
  while (!v.empty() && (v.back() == ' ' || v.back() == '\t')) v.remove_suffix(1);
  return v;
}

/// One element of a comma-separated field after the other.
template <class F>
bool any_element(std::string_view list, F wanted) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (wanted(trim_blank(list.substr(0, comma)))) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

bool accepts_gzip(std::string_view field) {
  return any_element(field, [](std::string_view coding) {
    const auto semicolon = std::min(coding.find(';'), coding.size());
    if (trim_blank(coding.substr(0, semicolon)) != "gzip") return false;
    const std::string_view weight = trim_blank(coding.substr(std::min(semicolon + 1, coding.size())));
    return weight.empty() || weight.find_first_of("123456789") != std::string_view::npos;  // q=0, q=0.0: not acceptable
  });
}

/// Weak comparison, as If-None-Match asks for.
bool is_held(std::string_view if_none_match, std::string_view etag) {
  return any_element(if_none_match, [&](std::string_view one) {
    if (one.starts_with("W/")) one.remove_prefix(2);
    return one == "*" || one == etag;
  });
}

response answer_for(const served_file& file, const request& q) {
  const bool zip = file.gzip && accepts_gzip(q.header("accept-encoding"));
  const variant& v = zip ? file.gzip : file.plain;
  response r;
  r.headers = file.headers;
  r.headers.emplace_back("ETag", v.etag);
  if (file.gzip) r.headers.emplace_back("Vary", "Accept-Encoding");
  if (is_held(q.header("if-none-match"), v.etag)) {
    r.status = 304;
    return r;
  }
  r.content_type = file.content_type;
  if (zip) r.headers.emplace_back("Content-Encoding", "gzip");
  r.body.assign(v.bytes);
  return r;
}

void add_file(http::router& routes, std::string path, const base::embedded_file& file,
              std::span<const base::embedded_file> all, header_list headers) {
  auto served = std::make_shared<served_file>();
  served->content_type = type_of(file.name);
  served->plain = make_variant(&file);
  served->gzip = make_variant(find_file(all, std::string{file.name} + ".gz"));
  served->headers = std::move(headers);
  routes.add({http::method::get,
              std::move(path),
              {http::access::anyone, 0},
              [served = std::move(served)](const request& q, responder answer) { answer(answer_for(*served, q)); }});
}

}  // namespace

void add_pages(http::router& routes, const site& what) {
  for (const page& p : what.pages) {
    const auto* file = find_file(what.files, p.file);
    if (file == nullptr) throw std::invalid_argument{"page " + p.path + ": no embedded file " + p.file};
    add_file(routes, p.path, *file, what.files, html_headers(p.frame_ancestors));
  }
  for (const base::embedded_file& file : what.files) {
    const bool is_page =
        std::any_of(what.pages.begin(), what.pages.end(), [&](const page& p) { return p.file == file.name; });
    const bool is_twin =
        file.name.ends_with(".gz") && find_file(what.files, file.name.substr(0, file.name.size() - 3)) != nullptr;
    if (is_page || is_twin) continue;
    auto headers = file.name.ends_with(".html") ? html_headers("'none'") : file_headers(file.name);
    add_file(routes, what.mount + std::string{file.name}, file, what.files, std::move(headers));
  }
}

}  // namespace zhuqi::pages
