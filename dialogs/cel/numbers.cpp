#include "dialogs/cel/numbers.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace zhuqi::dialogs::cel {
namespace {

template <class Number>
std::optional<Number> whole(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  Number out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

std::string double_to_text(double d) {
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d < 0 ? "-Infinity" : "Infinity";
  if (d == 0) return std::signbit(d) ? "-0" : "0";
  char buffer[64];
  const double size = std::fabs(d);
  const auto form = size >= 1e-6 && size < 1e21 ? std::chars_format::fixed : std::chars_format::scientific;
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, d, form);
  std::string out(buffer, end);
  // C writes at least two digits of an exponent, CEL's texts have no leading zero.
  if (const auto e = out.find('e'); e != std::string::npos && out.size() == e + 4 && out[e + 2] == '0') out.erase(e + 2, 1);
  return out;
}

std::optional<double> text_to_double(std::string_view text) {
  const bool negative = text.starts_with('-');
  std::string_view rest = text;
  if (negative || text.starts_with('+')) rest.remove_prefix(1);
  if (rest == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (rest == "Infinity" || rest == "inf") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return negative ? -infinity : infinity;
  }
  // from_chars would also take hexadecimal-free "nan(…)" and "infinity" in any case.
  if (rest.empty() || rest.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  if (rest.front() == '+' || rest.front() == '-') return std::nullopt;
  double out = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out);
  if (end != rest.data() + rest.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    out = std::strtod(std::string{rest}.c_str(), nullptr);
  } else if (error != std::errc{}) {
    return std::nullopt;
  }
  return negative ? -out : out;
}

std::optional<std::int64_t> text_to_int(std::string_view text) { return whole<std::int64_t>(text); }

std::optional<std::uint64_t> text_to_uint(std::string_view text) { return whole<std::uint64_t>(text); }

}  // namespace zhuqi::dialogs::cel
