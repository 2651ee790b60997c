// 统一社会信用代码: GB 32100-2015. 17 characters of 31, then a check character: 31 − (Σ cᵢ·3ⁱ mod 31), 31 standing for 0.
#include "dialogs/values/parse.hpp"

#include <algorithm>

namespace zhuqi::dialogs::values {
namespace {

// Digits and capitals without I, O, S, V, Z, which look like others.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Letters and digits of the answer, upper case; the code may stand behind 「代码：」 and be grouped by spaces or dashes.
std::string code_characters(std::string_view folded) {
  std::string out;
  for (char c : folded) {
    if (c >= '0' && c <= '9') out += c;
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool all_digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

parsed parse_uscc(std::string_view folded) {
  const std::string code = code_characters(folded);
  if (code.size() < 9) return {};  // not an attempt at a code at all
  if (code.size() == 15 && all_digits(code)) return {misfit::uscc_old_number, {}, {}, 0, false};
  if (code.size() != 18) return {misfit::uscc_length, {}, {}, code.size(), false};
  int sum = 0;
  int weight = 1;
  for (std::size_t i = 0; i < 18; ++i) {
    const std::size_t rank = alphabet.find(code[i]);
    if (rank == std::string_view::npos) return {misfit::uscc_character, {}, std::string(1, code[i]), 0, false};
    if (i < 17) sum = (sum + static_cast<int>(rank) * weight) % 31;
    weight = weight * 3 % 31;
  }
  const auto check = static_cast<std::size_t>((31 - sum) % 31);
  if (code[17] != alphabet[check]) return {misfit::uscc_check, {}, {}, 0, false};
  return parsed::of(code);
}

}  // namespace zhuqi::dialogs::values
