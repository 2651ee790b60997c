#pragma once
// The one text form of every value: what is stored, compared and handed on. docs/values.md has the table.
//   exact  "350"     range  "20..29"  "..99"  "501.."     an excluded end  "5.5<.."  "..<5.5"     a guess
// "~450..550"

#include "dialogs/values/quantity.hpp"
#include "dialogs/values/types.hpp"

namespace zhuqi::dialogs::values {

/// A canonical text taken apart. Both ends are texts of single values; one of them may be absent.
struct ends_text {
  std::optional<std::string> low, high;
  bool low_open = false, high_open = false;
  bool approximate = false;

  bool exact() const { return low && high && *low == *high; }
};

std::string canonical(const ends_text& ends);
/// nullopt where the text has not the form; the single values are not checked.
std::optional<ends_text> ends_of(std::string_view canonical_text);

/// For decimals and percents.
ends_text decimal_ends(const interval& range, bool approximate);
/// For whole numbers: excluded ends move to the next whole number, guessed ones outwards. nullopt where none is
/// left inside.
std::optional<ends_text> whole_ends(const interval& range, bool approximate);

std::string canonical(const civil_date& d);  ///< "2024-03-01"
std::optional<civil_date> date_from_canonical(std::string_view text);

/// The value in words of a language: 1,200万元, 2024年3月1日, 20–29, "at least 50". Personal numbers come masked. A
/// text that is not canonical comes back as it is.
std::string shown(value_kind kind, std::string_view canonical_text, lang l);

}  // namespace zhuqi::dialogs::values
