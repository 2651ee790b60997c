#pragma once
// The words of casework: every closed set of names, each with a stable id for storage and a name for people. The
// order of an enum is the order of its table in vocabulary.cpp.

#include "dialogs/lang.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace zhuqi::dialogs::casework {

enum class case_state : std::uint8_t {
  draft,
  to_accept,
  decline_review,  ///< a dispatcher wants to decline, a leader has to agree
  to_dispatch,
  to_sign,
  return_ruling,  ///< the department gave it back, the dispatcher rules on it
  in_progress,
  suspended,  ///< waits for the enterprise's papers, or by law
  parked,     ///< 挂账: cannot be solved now, looked at again on a day
  to_review,
  to_call_back,  ///< answered
  closed,
  archived,
};

enum class role : std::uint8_t {
  enterprise,
  agent,
  dispatcher,
  liaison,
  handler,
  reviewer,
  supervisor,
  call_back_officer,  ///< must never be the one who handled the case
  specialist,         ///< 包联专员, keeps a list of enterprises
  system,             ///< timers of our own
};

enum class action : std::uint8_t {
  open,
  file,
  discard,
  accept,
  ask_decline,
  confirm_decline,
  reject_decline,
  dispatch,
  expedite,
  sign,
  return_case,
  uphold_return,
  overrule_return,
  assign,
  contact,
  inform,
  transfer,
  ask_assist,
  answer_assist,
  release_assist,
  suspend,
  supplement,
  resume,
  lapse,
  ask_extension,
  approve_extension,
  reject_extension,
  park,
  unpark,
  submit_reply,
  approve_reply,
  reject_reply,
  confirm_solved,
  redo,
  rate,
  reopen,
  close_disputed,
  urge,
  supervise,
  answer_supervision,
  end_supervision,
  escalate,
  escalate_dispute,  ///< another round on a higher level
  withdraw,
  archive,
  raise_alarm,
  recalculate,
};

enum class clock_kind : std::uint8_t {
  draft,
  acceptance,
  decline,
  dispatch,
  signing,
  first_response,  ///< from acceptance until an official has spoken with the enterprise
  resolution,      ///< the enterprise's clock: from acceptance to the answer, whatever departments do
  unit,            ///< the department's clock: from dispatch to the answer
  ruling,
  extension,
  assist,
  supplement,
  parked,
  review,
  call_back,
  rectify,  ///< the second round after a bad grade
  supervision,
  retention,  ///< how long a closed case may be reopened
};

enum class track : std::uint8_t { ordinary, urgent };
enum class difficulty : std::uint8_t { simple, normal, complex };
enum class outcome : std::uint8_t { none, answered, declined, withdrawn, lapsed, discarded };
enum class rating : std::uint8_t { very_dissatisfied, dissatisfied, fair, satisfied, very_satisfied };
enum class suspend_ground : std::uint8_t { supplement, promise, statutory };
enum class assist_status : std::uint8_t { asked, answered, released };
enum class custody_kind : std::uint8_t { received, dispatched, redispatched, transferred };
enum class clock_status : std::uint8_t { running, paused, stopped };
enum class clock_op : std::uint8_t { started, stopped, paused, resumed, moved, alarmed };
enum class limit_unit : std::uint8_t { working_ms, working_days, clock_ms };
enum class rung : std::uint8_t { owner, section_chief, deputy_leader, supervisor };
enum class alarm_point : std::uint8_t { half, most, before, due, overdue };

struct name_row {
  std::string_view id;  ///< snake_case, stable: what is stored
  std::string_view zh, en;
  constexpr std::string_view in(lang l) const { return l == lang::zh_cn ? zh : en; }
};

/// The table of an enum, in its order.
template <class E>
std::span<const name_row> names();

// clang-format off
template <> std::span<const name_row> names<case_state>();
template <> std::span<const name_row> names<role>();
template <> std::span<const name_row> names<action>();
template <> std::span<const name_row> names<clock_kind>();
template <> std::span<const name_row> names<track>();
template <> std::span<const name_row> names<difficulty>();
template <> std::span<const name_row> names<outcome>();
template <> std::span<const name_row> names<rating>();
template <> std::span<const name_row> names<suspend_ground>();
template <> std::span<const name_row> names<assist_status>();
template <> std::span<const name_row> names<custody_kind>();
template <> std::span<const name_row> names<clock_status>();
template <> std::span<const name_row> names<clock_op>();
template <> std::span<const name_row> names<limit_unit>();
template <> std::span<const name_row> names<rung>();
template <> std::span<const name_row> names<alarm_point>();
// clang-format on

template <class E>
const name_row& name_of(E e) {
  return names<E>()[static_cast<std::size_t>(e)];
}
template <class E>
std::string_view id_of(E e) {
  return name_of(e).id;
}
template <class E>
std::optional<E> from_id(std::string_view id) {
  const auto all = names<E>();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].id == id) return static_cast<E>(i);
  }
  return std::nullopt;
}
/// How many members E has.
template <class E>
int count_of() {
  return static_cast<int>(names<E>().size());
}

}  // namespace zhuqi::dialogs::casework
