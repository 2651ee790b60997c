// Numbers in and out. 17 digits carry the number, two check it.
#include "dialogs/casework/case_number.hpp"

#include "bot/base/text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace zhuqi::dialogs::casework {
namespace {

constexpr std::size_t payload = 17;
constexpr std::size_t whole = payload + 2;
constexpr std::size_t longest_typed = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int rest_97(std::string_view digits) {
  int rest = 0;
  for (char c : digits) rest = (rest * 10 + (c - '0')) % 97;
  return rest;
}

std::int64_t as_number(std::string_view digits) {
  std::int64_t n = 0;
  for (char c : digits) n = n * 10 + (c - '0');
  return n;
}

boost::system::result<case_number, number_fault> from_digits(std::string_view digits) {
  if (digits.size() != whole) return number_fault::shape;
  if (rest_97(digits) != 1) return number_fault::check;
  const auto day = day_from_text("20" + std::string{digits.substr(6, 2)} + "-" + std::string{digits.substr(8, 2)} +
                                 "-" + std::string{digits.substr(10, 2)});
  const std::int64_t serial = as_number(digits.substr(12, 5));
  if (!day || serial == 0) return number_fault::day;
  return case_number{std::string{digits.substr(0, 6)}, *day, serial};
}

bool joins(char c) { return c == '-' || c == ' ' || c == '_' || c == '.'; }

// The hyphens people and input methods put in, as one.
std::string plain(std::string_view typed) {
  std::string out = text::fold(text::truncate(typed, longest_typed));
  for (const std::string_view dash : {"‐", "‑", "–", "—", "−", "―"}) {
    for (auto at = out.find(dash); at != std::string::npos; at = out.find(dash, at)) out.replace(at, dash.size(), "-");
  }
  return out;
}

}  // namespace

result<std::string> number_text(const case_number& number) {
  const std::chrono::year_month_day ymd{number.day};
  const int year = static_cast<int>(ymd.year());
  const bool good = number.region.size() == 6 && std::all_of(number.region.begin(), number.region.end(), is_digit) &&
                    year >= 2000 && year < 2100 && number.serial >= 1 && number.serial <= last_serial;
  if (!good) return make_error_code(errc::malformed);
  char tail[32];
  std::snprintf(tail, sizeof tail, "%02d%02u%02u%05d", year - 2000, static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()), static_cast<int>(number.serial));
  const std::string digits = number.region + tail;
  const int check = 98 - rest_97(digits + "00");
  char end[16];
  std::snprintf(end, sizeof end, "-%02d", check);
  return "ZQ" + digits.substr(0, 6) + "-" + digits.substr(6, 6) + "-" + digits.substr(12) + end;
}

boost::system::result<case_number, number_fault> read_number(std::string_view typed) {
  std::string_view rest;
  const std::string folded = plain(typed);
  rest = folded;
  if (rest.substr(0, 2) == "zq") rest.remove_prefix(2);
  std::string digits;
  for (char c : rest) {
    if (is_digit(c)) {
      digits += c;
    } else if (!joins(c)) {
      return number_fault::shape;
    }
  }
  return from_digits(digits);
}

std::optional<case_number> find_number(std::string_view text) {
  const std::string folded = plain(text);
  for (std::size_t begin = 0; begin < folded.size(); ++begin) {
    const bool inside = begin > 0 && is_digit(folded[begin - 1]);
    if (!is_digit(folded[begin]) || inside) continue;
    std::string digits;
    std::size_t at = begin;
    for (; at < folded.size() && (is_digit(folded[at]) || joins(folded[at])) && digits.size() < whole; ++at) {
      if (is_digit(folded[at])) digits += folded[at];
    }
    const bool goes_on = at < folded.size() && is_digit(folded[at]);
    if (goes_on) continue;
    if (const auto number = from_digits(digits)) return *number;
  }
  return std::nullopt;
}

}  // namespace zhuqi::dialogs::casework
