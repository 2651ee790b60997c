#pragma once
// Who takes a matter: the enterprise's own liaison (包联专员) while he has room, else the department that is competent
// for the matter in the region, and in it the least loaded official who speaks the language. Deterministic; the
// caller counts loads in the same transaction that stores the choice, so that no capacity is exceeded.

#include "bot/base/ids.hpp"
#include "dialogs/casework/case_file.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zhuqi::dialogs::casework {

/// Which department is competent. The most exact row decides: its matter before "" (any), then the longest region.
struct competence {
  std::string matter;         ///< "" = every matter: the office that takes what nobody else is competent for (兜底)
  std::string region_prefix;  ///< "" = everywhere, "37" a province, "3706" a city, "370602" a district
  unit by;
};

struct official {
  std::string id;
  unit of;
  std::vector<lang> languages;
  int capacity = 0;  ///< matters at a time
  int load = 0;
  bool on_duty = false;
  unix_ms last_given;  ///< of equals, who has waited longest is next
};

struct route_request {
  std::string matter;
  std::string region;
  lang language = lang::zh_cn;
  std::string liaison;  ///< staff id of the enterprise's own official, "" = none
};

enum class route_why : std::uint8_t {
  own_liaison,
  least_loaded,
  queue_full,         ///< everybody on duty who speaks the language is full
  queue_off_duty,     ///< nobody who speaks the language is on duty
  queue_no_language,  ///< nobody of the department speaks it
  queue_empty,        ///< the department has nobody
  no_department,      ///< no row of the competences fits: the intake desk has to look at it
};

struct route {
  route_why why = route_why::no_department;
  unit to;                        ///< department "" for no_department
  std::string staff;              ///< "" = its queue
  bool liaison_full = false;      ///< the own liaison would have been first but has no room
  bool liaison_off_duty = false;  ///< … or is not there
  bool operator==(const route&) const = default;
};

route find_route(const route_request& request, std::span<const official> officials,
                 std::span<const competence> competences);

/// Why it was chosen, in one or two sentences; Chinese for lang::zh_cn and English for every other language.
std::string sentence(const route& chosen, const route_request& request, lang l);

}  // namespace zhuqi::dialogs::casework
