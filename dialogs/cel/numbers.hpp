#pragma once
// Numbers as text, as CEL's conversions have them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::cel {

/// The shortest text that reads back as the same double, without an exponent from 1e-6 up to 1e21: "1", "-0.0045",
/// "1e+21".
std::string double_to_text(double d);
/// What double('…') takes: decimal notation, NaN, Infinity with or without sign.
std::optional<double> text_to_double(std::string_view text);
std::optional<std::int64_t> text_to_int(std::string_view text);
std::optional<std::uint64_t> text_to_uint(std::string_view text);

}  // namespace zhuqi::dialogs::cel
