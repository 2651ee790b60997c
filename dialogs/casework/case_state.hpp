#pragma once
// The life of a case as two pure functions: act() decides whether somebody may do something now and what follows from
// it, apply() adds an event to a case. A case is the sum of its events:
//   act(c, …).after == apply(c, each of act(c, …).events)
// No event is ever changed afterwards. Which acts there are is in state_table.cpp, what they need besides in
// case_checks.cpp.

#include "dialogs/casework/case_file.hpp"
#include "dialogs/casework/case_rules.hpp"
#include "dialogs/casework/refusal.hpp"
#include "dialogs/casework/working_calendar.hpp"

#include <boost/system/result.hpp>

#include <span>

namespace zhuqi::dialogs::casework {

inline constexpr std::size_t field_bytes = 8 * 1024;  ///< one text of an act

/// What every decision is made under.
struct desk_book {
  const case_rules& rules;
  const working_calendar& calendar;
};

struct changes {
  case_file after;
  std::vector<case_event> events;
};

using act_result = boost::system::result<changes, refusal>;

/// Makes a case in the state draft. Refused for an actor who may not file cases, and for an intake without a
/// department.
act_result open_case(const opening& what, const actor& by, unix_ms now, const desk_book& book);

/// One act. An instant before the case's last event counts as that one: a clock that was set back changes no order.
act_result act(const case_file& c, action what, const act_fields& fields, const actor& by, unix_ms now,
               const desk_book& book);

/// Why act() would refuse, without doing anything: for greying out a button.
std::optional<refusal> refusal_of(const case_file& c, action what, const act_fields& fields, const actor& by,
                                  unix_ms now, const desk_book& book);

/// What this actor could do now, fields aside: in the state of the case, in his role and from where he sits.
std::vector<action> possible_acts(const case_file& c, const actor& by);

/// What the enterprise has to be told in an official's own words: to be posted to its conversation, or kept for the next
/// window. "" where the act says nothing of its own (the change of state is announced by the dialog's texts).
std::string words_for_enterprise(const case_file& before, const case_event& event);

/// errc::malformed for an event that does not follow the case's last one.
result<case_file> apply(case_file c, const case_event& event);
/// From the first event on.
result<case_file> replay(std::span<const case_event> events);

}  // namespace zhuqi::dialogs::casework
