// A notice comes from the binary or from an admin who types in what was published: everything is checked.
#include "bot/base/json.hpp"
#include "dialogs/casework/holiday_notice.hpp"

#include <algorithm>

namespace zhuqi::dialogs::casework {
namespace {

constexpr std::size_t max_notice_bytes = 64 * 1024;

using std::chrono::year_month_day;

bool belongs(civil_day day, int year) {
  const year_month_day ymd{day};
  const int of = static_cast<int>(ymd.year());
  return of == year || (of == year - 1 && ymd.month() == std::chrono::December);
}

bool is_weekend(civil_day day) { return std::chrono::weekday{day}.iso_encoding() >= 6; }

bool consistent(const holiday_notice& n) {
  const civil_day* before = nullptr;
  for (const holiday_run& run : n.holidays) {
    if (run.name.empty() || run.last < run.first || !belongs(run.first, n.year) || !belongs(run.last, n.year))
      return false;
    if (before != nullptr && run.first <= *before) return false;
    before = &run.last;
  }
  return std::all_of(n.worked.begin(), n.worked.end(), [&](civil_day day) {
    const bool free = std::any_of(n.holidays.begin(), n.holidays.end(),
                                  [&](const holiday_run& run) { return run.first <= day && day <= run.last; });
    return is_weekend(day) && belongs(day, n.year) && !free;
  });
}

bool read_run(const json& row, std::vector<holiday_run>& into) {
  if (!row.is_object()) return false;
  const auto first = day_from_text(string_or_empty(row, "first"));
  const auto last = day_from_text(string_or_empty(row, "last"));
  if (!first || !last) return false;
  into.push_back({string_or_empty(row, "name"), string_or_empty(row, "en"), *first, *last});
  return true;
}

bool read_day(const json& value, std::vector<civil_day>& into) {
  if (!value.is_string()) return false;
  const auto day = day_from_text(value.get_ref<const std::string&>());
  if (!day) return false;
  into.push_back(*day);
  return true;
}

}  // namespace

result<holiday_notice> notice_from_json(std::string_view text) {
  const auto parsed = parse_json(text, max_notice_bytes);
  if (!parsed) return parsed.error();
  if (!parsed->is_object()) return make_error_code(errc::malformed);
  holiday_notice n;
  n.year = static_cast<int>(std::clamp<std::int64_t>(int_or(*parsed, "year", 0), 0, 9999));
  n.number = string_or_empty(*parsed, "number");
  n.source = string_or_empty(*parsed, "source");
  const auto issued = day_from_text(string_or_empty(*parsed, "issued"));
  const auto holidays = parsed->find("holidays");
  const auto worked = parsed->find("worked");
  bool good = issued.has_value() && n.year >= 1970 && n.year <= 2199 && !n.number.empty() &&
              holidays != parsed->end() && holidays->is_array() && worked != parsed->end() && worked->is_array();
  if (!good) return make_error_code(errc::malformed);
  n.issued = *issued;
  for (const json& row : *holidays) good = good && read_run(row, n.holidays);
  for (const json& day : *worked) good = good && read_day(day, n.worked);
  if (!good || !consistent(n)) return make_error_code(errc::malformed);
  return n;
}

}  // namespace zhuqi::dialogs::casework
