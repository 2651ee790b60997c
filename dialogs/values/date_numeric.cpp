// Dates in digits: 2024-03-01, 2024.3, 01/03/2024, 20240301. What can be read in two ways says so.
#include "dialogs/values/date_numeric.hpp"

#include "dialogs/values/calendar.hpp"
#include "dialogs/values/lexicon.hpp"

#include <array>

namespace zhuqi::dialogs::values {
namespace {

struct group {
  int value = 0;
  std::size_t digits = 0, end = 0;
};

group scan_group(std::string_view s, std::size_t at) {
  group g{0, 0, at};
  while (g.end < s.size() && is_ascii_digit(s[g.end]) && g.digits < 9) {
    g.value = g.value * 10 + (s[g.end++] - '0');
    ++g.digits;
  }
  if (g.end < s.size() && is_ascii_digit(s[g.end])) g.digits = 0;  // too long for any date
  return g;
}

bool is_separator(char c) { return c == '-' || c == '/' || c == '.'; }

/// One to three groups with the same mark between them; a space may follow the mark (2023. 3. 15.).
std::size_t scan_groups(std::string_view s, std::size_t at, std::array<group, 3>& out, char& mark) {
  std::size_t count = 0;
  while (count < 3) {
    out[count] = scan_group(s, at);
    if (out[count].digits == 0) break;
    const std::size_t end = out[count++].end;
    if (count == 3 || end >= s.size() || !is_separator(s[end]) || (count > 1 && s[end] != mark)) break;
    mark = s[end];
    at = end + 1;
    if (at < s.size() && s[at] == ' ') ++at;
  }
  return count;
}

void choose(said_date& out, std::vector<civil_date> readings) {
  std::erase_if(readings, [](const civil_date& d) { return !exists(d); });
  if (readings.empty()) return;
  const civil_date first = readings.front();
  out.year = first.year;
  out.month = first.month;
  out.day = first.day;
  for (const civil_date& d : readings) {
    if (std::find(out.alternatives.begin(), out.alternatives.end(), d) == out.alternatives.end()) {
      out.alternatives.push_back(d);
    }
  }
  if (out.alternatives.size() == 1) out.alternatives.clear();
}

bool three_groups(said_date& out, const std::array<group, 3>& g, char mark, const context& about) {
  const int a = g[0].value, b = g[1].value, c = g[2].value;
  if (g[0].digits == 4 && g[1].digits <= 2 && g[2].digits <= 2) {
    out.year = a;
    out.month = b;
    out.day = c;
    return true;
  }
  if (g[0].digits > 2 || g[1].digits > 2) return false;
  if (g[2].digits == 4) {
    if (mark == '.') {
      choose(out, {{c, b, a}});
    } else {
      choose(out, {{c, a, b}, {c, b, a}});
    }
    return out.year.has_value();
  }
  if (g[2].digits > 2) return false;
  const civil_date year_first{full_year(a, about.today), b, c};
  const civil_date day_first{full_year(c, about.today), b, a};
  const civil_date month_first{full_year(c, about.today), a, b};
  std::vector<civil_date> readings;
  if (g[0].digits == 2) readings.push_back(year_first);
  if (g[2].digits == 2) {
    readings.push_back(day_first);
    readings.push_back(month_first);
  }
  choose(out, std::move(readings));
  return out.year.has_value();
}

bool two_groups(said_date& out, const std::array<group, 3>& g, char mark, const context& about) {
  const int a = g[0].value, b = g[1].value;
  if (g[0].digits == 4 && g[1].digits <= 2) {
    if (b < 1 || b > 12) return false;
    out.year = a;
    out.month = b;
    return true;
  }
  if (g[1].digits == 4 && g[0].digits <= 2 && mark != '.') {
    if (a < 1 || a > 12) return false;
    out.month = a;
    out.year = b;
    return true;
  }
  if (g[0].digits > 2 || g[1].digits > 2) return false;
  const bool month_first = a >= 1 && a <= 12 && b >= 1 && b <= 31;
  const bool day_first = about.language == lang::en && b >= 1 && b <= 12 && a >= 1 && a <= 31;
  if (!month_first && !day_first) return false;
  out.month = month_first ? a : b;
  out.day = month_first ? b : a;
  if (month_first && day_first && a != b) {
    out.alternatives = {{about.today.year, a, b}, {about.today.year, b, a}};
  }
  return true;
}

bool one_group(said_date& out, const group& g) {
  if (g.digits == 8) {
    const civil_date d{g.value / 10'000, g.value / 100 % 100, g.value % 100};
    if (d.year < 1900 || d.year > 2100 || d.month < 1 || d.month > 12) return false;
    out.year = d.year;
    out.month = d.month;
    out.day = d.day;
    return true;
  }
  if (g.digits == 6) {
    const int year = g.value / 100;
    const int month = g.value % 100;
    if (year < 1900 || year > 2100 || month < 1 || month > 12) return false;
    out.year = year;
    out.month = month;
    return true;
  }
  return false;
}

}  // namespace

int full_year(int two_digits, const civil_date& today) {
  const int century = today.year / 100 * 100;
  const int year = century + two_digits;
  return year > today.year + 20 ? year - 100 : year;
}

bool scan_numeric_date(std::string_view s, std::size_t at, const context& about, said_date& out) {
  std::array<group, 3> g{};
  char mark = 0;
  const std::size_t count = scan_groups(s, at, g, mark);
  bool found = false;
  std::size_t used = count;
  if (count == 3) found = three_groups(out, g, mark, about);
  if (!found && count >= 2) {
    used = 2;
    found = count == 2 && two_groups(out, g, mark, about);
  }
  if (count == 1) found = one_group(out, g[0]);
  if (!found) return false;
  out.end = g[used - 1].end;
  if (used == 3 && out.end < s.size() && s[out.end] == '.') ++out.end;
  out.explicit_form = true;
  return true;
}

}  // namespace zhuqi::dialogs::values
