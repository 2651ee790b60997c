#pragma once
// A case (工单) and its events. The events are the truth: a case is what they add up to (case_state.hpp, apply), so
// that the whole way of a case can be shown, audited and replayed. Plain data.

#include "bot/base/ids.hpp"
#include "dialogs/casework/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi::dialogs::casework {

/// A department in a region; the same office in two cities is two units.
struct unit {
  std::string department;
  std::string region;  ///< administrative division code (GB/T 2260), six digits
  bool operator==(const unit&) const = default;
};

/// Who acts, in one of the roles he has. For an enterprise `department` is the enterprise's id.
struct actor {
  std::string id;
  role as = role::system;
  std::string department;
  std::string region;
  bool operator==(const actor&) const = default;
};

struct time_limit {
  std::int64_t amount = 0;
  limit_unit unit = limit_unit::working_days;
  bool operator==(const time_limit&) const = default;
};

constexpr time_limit working_minutes(std::int64_t n) { return {n * 60'000, limit_unit::working_ms}; }
constexpr time_limit working_days(std::int64_t n) { return {n, limit_unit::working_days}; }
constexpr time_limit clock_minutes(std::int64_t n) { return {n * 60'000, limit_unit::clock_ms}; }

/// One clock of a case. Its due time is absolute and stored; it is counted again from `base` over `limits` only by an
/// act that is allowed to.
struct case_clock {
  clock_kind kind = clock_kind::draft;
  std::string department;  ///< "department@region" of an assistant; "" for every other clock
  clock_status status = clock_status::running;
  unix_ms started;
  unix_ms base;                    ///< where counting began: the start, or the last resumption
  std::vector<time_limit> limits;  ///< one after the other: the limit itself and its extensions
  unix_ms due;
  unix_ms ended;             ///< when it was paused or stopped; 0 while it runs
  int provisional_year = 0;  ///< the due time crossed this year, whose holidays were not published; 0 = none
  std::string calendar;      ///< the calendar's version that counted
  int alarms = 0;            ///< steps of the ladder already raised
  bool operator==(const case_clock&) const = default;
};

struct custody {
  unit holder;
  custody_kind how = custody_kind::received;
  unix_ms since;
  std::string by;
  bool operator==(const custody&) const = default;
};

struct assist {
  unit from;
  std::string task;
  assist_status status = assist_status::asked;
  unix_ms asked;
  std::string answer;
  bool operator==(const assist&) const = default;
};

struct extension_request {
  std::int64_t days = 0;  ///< working days
  std::string reason;
  std::string text;  ///< what the enterprise is told once it is granted
  std::string by;
  bool operator==(const extension_request&) const = default;
};

/// What a case is opened with.
struct opening {
  std::string number;      ///< case_number.hpp
  std::string enterprise;  ///< id
  std::string region;      ///< where the enterprise asked
  std::string matter;
  std::string summary;
  lang language = lang::zh_cn;
  unit intake;             ///< who received it first, and stays responsible until somebody else is (首接负责)
  bool dishonest = false;  ///< on the list of dishonest enterprises (失信): papers cannot be promised
  bool operator==(const opening&) const = default;
};

/// What an act brings along; which members it needs is in the table of actions.
struct act_fields {
  std::string reason;
  std::string text;   ///< what is said to the enterprise or between departments
  std::string basis;  ///< the rule appealed to, or where the enterprise should turn instead
  unit to;
  std::string staff;
  std::int64_t days = 0;  ///< working days
  unix_ms until;
  std::optional<rating> grade;
  std::optional<suspend_ground> ground;
  std::optional<track> on;
  std::optional<difficulty> how_hard;
  std::optional<clock_kind> clock;
  bool operator==(const act_fields&) const = default;
};

struct clock_change {
  clock_op op = clock_op::started;
  case_clock clock;  ///< as it is afterwards
  bool operator==(const clock_change&) const = default;
};

struct case_event {
  std::int64_t seq = 0;  ///< 1, 2, 3 … inside the case
  unix_ms at;            ///< never before the event before it
  action what = action::open;
  actor by;
  act_fields fields;
  case_state from = case_state::draft;
  case_state to = case_state::draft;
  std::vector<clock_change> clocks;
  std::optional<opening> opened;  ///< of action::open only
  std::string rules;              ///< version of the rules that decided
  bool operator==(const case_event&) const = default;
};

struct case_file {
  opening what;
  std::int64_t seq = 0;  ///< of the last event
  unix_ms opened;
  unix_ms changed;
  case_state state = case_state::draft;
  track on = track::ordinary;
  difficulty how_hard = difficulty::normal;
  casework::outcome outcome = casework::outcome::none;
  unit lead;            ///< 主办: exactly one at any time
  std::string handler;  ///< staff id, "" = not assigned
  std::vector<custody> chain;
  std::vector<assist> assists;
  std::vector<case_clock> clocks;  ///< one for each kind (and assistant): the one started last
  std::optional<extension_request> extension;
  std::optional<suspend_ground> ground;  ///< while suspended
  std::string draft_basis;               ///< the rule it rests on, or where to turn instead
  std::string draft_reply;               ///< of the round under way; a proposed refusal as well
  std::string drafted_by;
  unix_ms signed_at;
  unix_ms urged;    ///< by the enterprise, last
  int returns = 0;  ///< 退单
  int transfers = 0;
  int extensions = 0;
  int supplements = 0;  ///< 补正 asked for
  int redos = 0;
  int urges = 0;
  int level = 0;  ///< 提级: 0 departments, 1 consultation, 2 joint meeting, 3 a leader takes it on
  bool supervised = false;
  bool disputed = false;        ///< a bad grade that did not lead to another round
  bool reopened = false;        ///< the enterprise's one reopening is used
  std::optional<rating> grade;  ///< of the last round
  bool operator==(const case_file&) const = default;
};

}  // namespace zhuqi::dialogs::casework
