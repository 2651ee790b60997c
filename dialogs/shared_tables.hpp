#pragma once
// What the dialogs of a set share: numbers of policies by date, services, office hours, short answers.

#include "dialogs/text_template.hpp"
#include "dialogs/variable_type.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// A number that a policy sets, by its date of effect.
struct parameter {
  struct dated {
    std::string from;  ///< "2024-01-01"
    std::string is;    ///< canonical
  };
  std::string id;
  variable_type type;
  std::vector<dated> values;  ///< ascending by date
  std::string source;         ///< the document that sets it
  std::string file;
  source_mark where;

  /// The value on a day ("2026-03-02"); nullptr before the first.
  const std::string* on(std::string_view day) const;
};

/// What `do` and checks may call. Who answers is the pipeline's business.
struct service {
  struct field {
    std::string id;
    variable_type type;
  };
  std::string id;
  std::vector<field> args;
  std::vector<field> returns;
  std::int64_t timeout_ms = 10'000;
  bool once = true;  ///< must not be repeated after an unclear failure
  std::string file;
  source_mark where;
};

/// When officials answer. Minutes are of the local day.
struct office_hours {
  struct span {
    int from_min = 0;
    int to_min = 0;
  };
  int utc_offset_min = 8 * 60;
  std::array<std::vector<span>, 7> week;  ///< Monday first
  std::vector<std::string> holidays;      ///< days without, "2026-10-01"
  std::vector<std::string> workdays;      ///< weekend days that are worked as a Monday (调休)
  bool known = false;                     ///< false: no file says, officials count as present
};

/// A short answer for a question in between.
struct faq_entry {
  std::string id;
  std::vector<std::string> questions;
  localized answer;
  std::string cite;
  std::vector<std::vector<std::uint64_t>> keys;  ///< linked: pairs_of each question (faq.hpp)
  std::string file;
  source_mark where;
};

}  // namespace zhuqi::dialogs
