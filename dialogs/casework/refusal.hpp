#pragma once
// Why an act was refused, as data: a rule and the names it is about. The sentence says what is wrong and what to do
// instead.

#include "dialogs/lang.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::casework {

enum class refusal_rule : std::uint8_t {
  // who and when
  wrong_state,
  wrong_role,
  wrong_seat,
  missing_field,
  text_too_long,
  bad_unit,
  bad_days,
  bad_until,
  same_person,
  handled_it,
  // giving on
  same_unit,
  return_limit,
  return_too_late,
  transfer_limit,
  // assistance
  lead_cannot_assist,
  assist_twice,
  assist_limit,
  assist_too_long,
  no_such_assist,
  assist_open,
  // time
  extension_pending,
  no_extension,
  extension_limit,
  extension_too_late,
  supplement_once,
  supplement_late,
  promise_dishonest,
  promise_too_long,
  cannot_lapse,
  not_lapsed_yet,
  already_urgent,
  // the end
  redo_limit,
  redo_left,
  not_disputed,
  not_answered,
  already_rated,
  reopened_before,
  reopened_late,
  still_retained,
  // above
  urged_before,
  supervision_open,
  no_supervision,
  top_level,
  // clockwork
  nothing_changed,
  no_alarm_yet,
};

struct refusal {
  refusal_rule rule = refusal_rule::wrong_state;
  std::vector<std::string> args_zh{};
  std::vector<std::string> args_en{};
  bool operator==(const refusal&) const = default;
};

inline constexpr int refusal_rules = static_cast<int>(refusal_rule::no_alarm_yet) + 1;

/// Kebab case, stable: "return-limit".
std::string_view id_of(refusal_rule rule);
/// Chinese for lang::zh_cn, English for every other language, as all texts for officials are.
std::string sentence(const refusal& why, lang l);

}  // namespace zhuqi::dialogs::casework
