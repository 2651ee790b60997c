// 公民身份号码: GB 11643-1999. Six digits of a region, eight of the birthday, three of a sequence, and the check character
// of ISO 7064 MOD 11-2.
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/id_mask.hpp"
#include "dialogs/values/lexicon.hpp"
#include "dialogs/values/phrases.hpp"
#include "dialogs/values/typed_parsers.hpp"

#include <array>

namespace zhuqi::dialogs::values {
namespace {

/// Letters and digits of the answer; words without a digit ("ID:") do not count, groups with spaces or dashes are
/// one.
std::string code_characters(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t first = i;
    bool digit = false;
    while (i < s.size() && (is_ascii_digit(s[i]) || is_ascii_letter(s[i]))) digit = is_ascii_digit(s[i++]) || digit;
    const std::string_view run = s.substr(first, i - first);
    if (digit || run == "x") out += run;
    if (i == first) ++i;
  }
  return out;
}

bool is_region(std::string_view code) {
  constexpr std::array regions{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                               44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83};
  const int region = (code[0] - '0') * 10 + (code[1] - '0');
  for (int r : regions) {
    if (r == region) return true;
  }
  return false;
}

char check_character(std::string_view code) {
  constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (code[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

int number_at(std::string_view code, std::size_t at, std::size_t digits) {
  int n = 0;
  for (char c : code.substr(at, digits)) n = n * 10 + (c - '0');
  return n;
}

answer refused(problem why, std::string detail = {}) {
  answer out;
  out.why = why;
  out.detail = std::move(detail);
  return out;
}

}  // namespace

std::string mask_id_number(std::string_view number) {
  if (number.size() != 18) return std::string(number.size(), '*');
  return std::string{number.substr(0, 6)} + "********" + std::string{number.substr(14)};
}

answer parse_id_number(std::string_view s, const context& about) {
  std::string code = code_characters(s);
  if (code.size() < 9) return refused(says_dont_know(s) ? problem::dont_know : problem::unrecognised);
  for (std::size_t i = 0; i < code.size(); ++i) {
    const bool check = i + 1 == code.size() && code[i] == 'x';
    if (!is_ascii_digit(code[i]) && !check) return refused(problem::id_character, std::string(1, code[i]));
  }
  if (code.size() == 15) return refused(problem::id_old_number);
  if (code.size() != 18) return refused(problem::id_length, std::to_string(code.size()));
  if (code.back() == 'x') code.back() = 'X';
  if (!is_region(code)) return refused(problem::id_region);
  const civil_date birthday{number_at(code, 6, 4), number_at(code, 10, 2), number_at(code, 12, 2)};
  if (!exists(birthday) || birthday > about.today || birthday.year < 1880) return refused(problem::id_date);
  if (check_character(code) != code.back()) return refused(problem::id_check);
  answer out;
  out.why = problem::none;
  out.masked = mask_id_number(code);
  out.value = std::move(code);
  return out;
}

}  // namespace zhuqi::dialogs::values
