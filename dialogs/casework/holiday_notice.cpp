// Days as text, and the notices that came with the binary.
#include "dialogs/casework/holiday_notice.hpp"

#include "bot/base/embedded.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <span>

namespace zhuqi::dialogs::casework {

namespace notices {
std::span<const base::embedded_file> files();
}

namespace {

bool digits(std::string_view text, int& into) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc{} && rest == text.data() + text.size() && text[0] != '-';
}

}  // namespace

result<civil_day> day_from_text(std::string_view text) {
  int year = 0, month = 0, day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && digits(text.substr(0, 4), year) &&
                      digits(text.substr(5, 2), month) && digits(text.substr(8, 2), day);
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!shaped || !ymd.ok() || year < 1970 || year > 2199) return make_error_code(errc::malformed);
  return civil_day{ymd};
}

std::string day_text(civil_day day) {
  const std::chrono::year_month_day ymd{day};
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
  return out;
}

const std::vector<holiday_notice>& shipped_notices() {
  static const std::vector<holiday_notice> all = [] {
    std::vector<holiday_notice> read;
    for (const base::embedded_file& file : notices::files()) {
      auto notice = notice_from_json(file.bytes);
      ZHUQI_ASSERT(notice.has_value());  // the build put it there, and a test reads each
      read.push_back(std::move(*notice));
    }
    std::sort(read.begin(), read.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
    return read;
  }();
  return all;
}

}  // namespace zhuqi::dialogs::casework
