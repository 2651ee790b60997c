#pragma once
// The columns of case_head in one order, for the writer's INSERT and UPDATE and the reader's SELECT.

#include "storage/case_store.hpp"
#include "storage/sqlite/connection.hpp"

#include <cstdint>
#include <limits>
#include <optional>

namespace zhuqi::storage::sqlite {

/// Without id and body. What is fixed at the opening comes first.
#define ZHUQI_CASE_FIXED "number, conversation, title, enterprise, company, contact, source, matter, region, opened_ms"
#define ZHUQI_CASE_MOVING                                                                                        \
  "seq, last_actor, calendar, state, track, outcome, grade, alarm_title, lead_department, lead_region, handler," \
  " level, redos, supervised, disputed, changed_ms, closed_ms, due_ms, unit_due_ms, contact_due_ms, blue_ms,"    \
  " yellow_ms, orange_ms, red_ms, alarm_ms"

inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// A threshold as stored: so that "has come" is one comparison.
inline std::int64_t or_never(unix_ms at) { return at ? at.value : never; }
inline unix_ms or_zero(std::int64_t stored) { return {stored == never ? 0 : stored}; }

/// Binds the moving columns. The row must outlive the execution.
execution& bind_moving(execution& e, const case_row& row);
/// Reads id, fixed, moving and, where the query has it, the body.
enum class with_body : std::uint8_t { no, yes };
case_row read_case(const execution& row, with_body body);

/// Rows of seq, at_ms, action, actor, value, department, body.
std::vector<case_event_row> read_case_events(execution& row);

/// What a client's id of an act led to; errc::malformed where it stands for another act.
inline constexpr const char* find_case_act = "SELECT content, case_id, seq FROM case_act WHERE id = ?";
result<std::optional<case_applied>> read_known(SQLite::Statement& find, const case_act_key& key);

/// "SELECT c.id, …": with or without the body, from case_head c.
const char* select_cases(with_body body);

}  // namespace zhuqi::storage::sqlite
