#pragma once
// May this be done? Who may is in the table; what else has to hold stands here, one function a subject.

#include "dialogs/casework/case_state.hpp"
#include "dialogs/casework/state_table.hpp"

#include <optional>

namespace zhuqi::dialogs::casework {

bool sits(const actor& by, seat where, const case_file& c);
std::optional<refusal> check_actor(const case_file& c, action what, const actor& by);
std::optional<refusal> check_fields(action what, const act_fields& fields, unix_ms now);
/// The conditions of the act itself, on a case in the right state and fields that are there.
std::optional<refusal> check_conditions(const case_file& c, action what, const act_fields& fields, const actor& by,
                                        unix_ms now, const desk_book& book);

/// Whether the enterprise's bad grade leads to another round (otherwise it is recorded as disputed).
bool opens_round(const case_file& c, const act_fields& fields, const case_rules& rules);
inline bool is_bad(rating grade) { return grade <= rating::dissatisfied; }

/// The limit of an assistance that is asked for now: the days asked for, else the rules', and then not longer than
/// the lead has.
time_limit assist_limit(const case_file& c, const act_fields& fields, unix_ms now, const desk_book& book);

/// Six digits (GB/T 2260).
bool is_region(std::string_view code);
bool names_a_unit(const unit& u);
/// Well-formed UTF-8 of at most field_bytes.
bool fits_a_field(std::string_view text);

refusal refuse(refusal_rule rule);
refusal refuse(refusal_rule rule, std::int64_t number);

}  // namespace zhuqi::dialogs::casework
