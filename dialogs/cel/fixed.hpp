#pragma once
// Fixed-point numbers of six decimal places, behind decimal, percent and money. No double is involved anywhere, so that
// an amount is the same on every machine and equals what a person works out on paper.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::cel::fixed {

inline constexpr std::int64_t scale = 1'000'000;
inline constexpr std::int64_t fen_per_yuan = 100;

/// "12", "-0.5", "5e-3"; nullopt for anything else, for more than `places` decimal places, and for what does not fit.
/// The result counts units of 10^-places; places is at most 6.
std::optional<std::int64_t> parse(std::string_view text, int places);

/// Shortest form without trailing zeros: "5.5", "12", "-0.000001".
std::string to_text(std::int64_t millionths);
/// Always two places: "1500.00".
std::string money_to_text(std::int64_t fen);

std::optional<std::int64_t> add(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> subtract(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> multiply(std::int64_t a, std::int64_t b);
/// a * b / divisor, rounded half away from zero, with 128 bits in between.
std::optional<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t divisor);

}  // namespace zhuqi::dialogs::cel::fixed
