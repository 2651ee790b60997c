#pragma once
// Typed answers: what a question may ask for, what comes back, and why an answer does not fit. Knows no script.

#include "dialogs/lang.hpp"
#include "dialogs/values/decimal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zhuqi::dialogs::values {

/// A day of the Gregorian calendar.
struct civil_date {
  int year = 0, month = 1, day = 1;
  friend bool operator==(const civil_date&, const civil_date&) = default;
  friend auto operator<=>(const civil_date&, const civil_date&) = default;
};

/// Whether 「二十多」 is an answer or the exact number must be given.
enum class exactness : std::uint8_t { exact, range };
/// Which year 「3月15日」 means: the latest that is not after today, or the first that is not before.
enum class leaning : std::uint8_t { past, future };

struct boolean_type {};
struct integer_type {
  std::optional<std::int64_t> min, max;
  exactness want = exactness::range;
  std::vector<std::string> units;  ///< words of the thing asked for beyond the usual ones: "吨", "亩"
};
struct decimal_type {
  std::optional<decimal> min, max;
  exactness want = exactness::range;
  std::vector<std::string> units;
};
struct percent_type {
  std::optional<decimal> min, max;  ///< in percent
  exactness want = exactness::range;
};
struct money_type {
  std::optional<std::int64_t> min_fen, max_fen;
  exactness want = exactness::range;
  std::int64_t bare_unit_fen = 100;  ///< what "350" means where no unit is written: 100 = yuan, 1,000,000 = 万元
};
struct date_type {
  std::optional<int> min_days, max_days;  ///< from today: {.max_days = 0} is "not in the future"
  std::optional<civil_date> not_before, not_after;
  leaning year = leaning::past;
  exactness want = exactness::exact;
};
struct month_type {
  std::optional<int> min_months, max_months;  ///< from this month
  leaning year = leaning::past;
  exactness want = exactness::exact;
};
struct duration_type {
  std::optional<int> min_days, max_days;  ///< a year counts 365 days, a month 30
};
struct ordinal_type {
  std::int64_t max = 1'000'000'000;
};
struct id_number_type {};  ///< GB 11643-1999, 18 characters
struct phone_number_type {};
struct credit_code_type {};  ///< GB 32100-2015
struct line_type {
  int min_chars = 1;
  int max_chars = 200;
};
struct one_of_type {
  struct option {
    std::string id;
    std::vector<std::string> words;  ///< labels and other names, of any language
  };
  std::vector<option> options;
};

using value_type = std::variant<boolean_type, integer_type, decimal_type, percent_type, money_type, date_type,
                                month_type, duration_type, ordinal_type, id_number_type, phone_number_type,
                                credit_code_type, line_type, one_of_type>;

/// The same in one word, for tables, files and canonical texts.
enum class value_kind : std::uint8_t {
  boolean,
  integer,
  decimal,
  percent,
  money,
  date,
  month,
  duration,
  ordinal,
  id_number,
  phone,
  credit_code,
  text,
  choice,
};
/// "bool", "int", "decimal", "percent", "money", "date", "month", "duration", "ordinal", "id_number", "phone",
/// "uscc", "text", "choice".
std::string_view name_of(value_kind k);
std::optional<value_kind> kind_from_name(std::string_view name);
value_kind kind_of(const value_type& type);

/// What else decides what an answer means. The date is the user's civil date; nothing here reads a clock.
struct context {
  lang language = lang::zh_cn;
  civil_date today;
};

/// Why an answer is no value. `answer` says which of its members each one fills.
enum class problem : std::uint8_t {
  none,
  dont_know,         ///< 不清楚, "not sure": said, and no mistake
  empty,             ///< nothing but spaces
  too_long_input,    ///< over max_answer_bytes; not read
  unrecognised,      ///< no value of this kind in it
  ambiguous,         ///< `found`: the values in it
  negated,           ///< 不是 50; `found`: the value that it is not
  not_exact,         ///< a range where one value is wanted; `found`: the range
  wrong_unit,        ///< `detail`: the unit, e.g. "%"
  foreign_currency,  ///< `detail`: the ISO code
  below_min,         ///< `bound`, canonical; `found`: what was said
  above_max,         ///< the same
  negative,          ///< where the least is 0 or more; `found`
  fraction,          ///< where a whole number is wanted; `found`
  too_precise,       ///< money below a fen; `found`
  too_large,         ///< does not fit any column we have
  no_such_date,      ///< 2月30日; `detail`: "02-30" or "2019-02-29"
  too_early,         ///< `bound`; `found`
  too_late,          ///< `bound`; `found`; the future, where the bound is today
  day_missing,       ///< `found`: the month
  month_missing,     ///< `found`: the year
  lunar_date,        ///< 农历, 正月; `detail`: month and day as said
  id_length,         ///< `detail`: the characters given
  id_character,      ///< `detail`: the first that cannot stand there
  id_region,         ///< begins with no province
  id_date,           ///< the birthday in it does not exist or is not past
  id_check,          ///< the last character does not fit
  id_old_number,     ///< 15 digits of before 1999
  phone_invalid,
  uscc_length,     ///< `detail`: the characters given
  uscc_character,  ///< `detail`: the character
  uscc_check,
  uscc_old_number,
  text_too_short,  ///< `detail`: characters wanted
  text_too_long,   ///< `detail`: characters given
};
/// "below_min" and so on.
std::string_view name_of(problem p);

struct answer {
  problem why = problem::unrecognised;
  std::string value;         ///< canonical, where `why` is none
  std::string stated;        ///< the number as said, without 多, 大概, 以上; "" where none was (三四十)
  std::string masked;        ///< for display and logs where `value` is personal: 110101********1234
  bool approximate = false;  ///< said as a guess
  bool guessed = false;      ///< understood from a mention or a near miss: worth a confirmation
  std::string bound;
  std::string detail;
  std::vector<std::string> found;  ///< canonical

  bool good() const { return why == problem::none; }
};

/// Longer answers are refused unread: nobody states a number in more.
inline constexpr std::size_t max_answer_bytes = 1024;

/// The value that `raw` states as the answer to a question of this type. Never throws on input; linear in its length.
answer parse(const value_type& type, std::string_view raw, const context& about);

struct found_value {
  std::string value;   ///< canonical
  std::string stated;  ///< as in `answer`; for money in yuan or the currency's unit
  std::string_view currency;
  std::string lunar;  ///< "01-30" where the text says that the date is of the lunar calendar
};
/// All values of a kind inside a text of any form, for extraction. Numbers, percent, money, dates and ordinals
/// only. Stricter rules (one value, units that fit, bounds, negation) are parse()'s.
std::vector<found_value> find(value_kind kind, std::string_view raw, const context& about,
                              leaning year = leaning::past);

}  // namespace zhuqi::dialogs::values
