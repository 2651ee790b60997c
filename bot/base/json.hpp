#pragma once
// The one door to nlohmann::json. The library's own parse() takes unbounded depth and duplicate keys, its dump() throws on
// ill-formed UTF-8, and value() throws on a wrong type: none of that may meet input from outside.

#include "bot/base/limits.hpp"
#include "bot/base/result.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zhuqi {

using json = nlohmann::json;  // NOLINT(readability-identifier-naming)

/// Parses untrusted text: errc::too_large over `max_bytes` or limits::json_depth, errc::malformed for anything that is not one
/// well-formed UTF-8 JSON value, and for an object that names a key twice.
result<json> parse_json(std::string_view text, std::size_t max_bytes = limits::http_body_bytes);

/// Compact, raw UTF-8 (no \uXXXX: platforms show it literally), ill-formed sequences replaced. Keys come out sorted.
std::string dump_json(const json& value);

/// The string member `key`, or "" where it is absent or not a string.
std::string string_or_empty(const json& object, std::string_view key);
/// The integer member `key`, or `fallback` where it is absent, not an integer, or out of range.
std::int64_t int_or(const json& object, std::string_view key, std::int64_t fallback);

}  // namespace zhuqi
