// Telephone numbers as people write them: spaces, dashes, +86, an area code, an extension, a sentence around it.
#include "dialogs/values/parse.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace zhuqi::dialogs::values {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct candidate {
  bool plus = false;
  std::string digits;
  std::string extension;
};

/// Runs of digits with the marks that people put between them; letters and other characters end a run.
std::vector<candidate> candidates(std::string_view s) {
  std::vector<candidate> out;
  candidate now;
  const auto flush = [&] {
    if (!now.digits.empty()) out.push_back(now);
    now = {};
  };
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (is_digit(c)) {
      now.digits += c;
    } else if (c == '+' && i + 1 < s.size() && is_digit(s[i + 1])) {
      flush();
      now.plus = true;
    } else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
      flush();
    }
  }
  flush();
  return out;
}

bool is_mobile(std::string_view d) { return d.size() == 11 && d[0] == '1' && d[1] >= '3'; }
/// With its area code: 0 + 2–3 digits, then 7–8; 10 to 12 in all.
bool is_landline(std::string_view d) { return d[0] == '0' && d[1] != '0' && d.size() >= 10 && d.size() <= 12; }
bool is_service(std::string_view d) { return d.size() == 10 && (d.starts_with("400") || d.starts_with("800")); }

std::string canonical(candidate c) {
  std::string& d = c.digits;
  if (c.plus && d.starts_with("86")) {
    d.erase(0, 2);
    if (!is_mobile(d) && !d.starts_with("0")) d.insert(0, "0");
  } else if (d.size() == 13 && d.starts_with("86") && is_mobile(std::string_view{d}.substr(2))) {
    d.erase(0, 2);
  } else if (c.plus) {
    return d.size() >= 7 && d.size() <= 15 ? '+' + d : std::string{};
  }
  if (d.size() < 10 || !(is_mobile(d) || is_landline(d) || is_service(d))) return {};
  return d;
}

/// What follows 转, 分机, ext or x: at most six digits.
std::string take_extension(std::string_view& s) {
  constexpr std::array<std::string_view, 8> marks{"转", "分机", "ext.", "ext", "内线", "内線", "내선", "x"};
  for (std::string_view m : marks) {
    const std::size_t at = s.find(m);
    if (at == std::string_view::npos) continue;
    std::string digits;
    for (char c : s.substr(at + m.size())) {
      if (is_digit(c)) digits += c;
    }
    if (digits.empty() || digits.size() > 6) continue;
    s = s.substr(0, at);
    return digits;
  }
  return {};
}

}  // namespace

parsed parse_phone(std::string_view folded) {
  if (folded.size() > 200) return {misfit::phone_invalid, {}, {}, 0, false};
  const std::string extension = take_extension(folded);
  std::string found;
  for (const candidate& c : candidates(folded)) {
    const std::string number = canonical(c);
    if (number.empty()) continue;
    if (!found.empty() && found != number) return {misfit::phone_invalid, {}, {}, 0, false};
    found = number;
  }
  if (found.empty()) return {misfit::phone_invalid, {}, {}, 0, false};
  if (!extension.empty()) found += '-' + extension;
  return parsed::of(std::move(found));
}

}  // namespace zhuqi::dialogs::values
