#pragma once
// The number of a case, which people read over the phone and type into a chat: ZQ370600-260302-00017-42 is the 17th
// case of region 370600 on 2 March 2026, with two check digits (ISO 7064 MOD 97-10: every single wrong digit and
// every swap of neighbours is found).

#include "bot/base/result.hpp"
#include "dialogs/casework/holiday_notice.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::casework {

inline constexpr std::int64_t last_serial =
    99'999;  ///< of one region and day; the largest hotline cities have 90,000 calls

struct case_number {
  std::string region;  ///< six digits
  civil_day day{};     ///< of the years 2000 to 2099
  std::int64_t serial = 0;
  bool operator==(const case_number&) const = default;
};

/// errc::malformed for a region that is no six digits, a day outside of 2000 to 2099, a serial outside of 1 to
/// last_serial.
result<std::string> number_text(const case_number& number);

enum class number_fault : std::uint8_t { shape, check, day };

/// What somebody typed: any case, with or without the ZQ, hyphens and spaces, full-width too.
boost::system::result<case_number, number_fault> read_number(std::string_view typed);

/// The first number in a sentence that is right, e.g. in 「我的ZQ370600-260302-00017-42办到哪了」.
std::optional<case_number> find_number(std::string_view text);

}  // namespace zhuqi::dialogs::casework
