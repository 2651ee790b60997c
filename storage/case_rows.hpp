#pragma once
// Rows of cases (工单) as they cross the storage port. What a case is and what may happen to it is dialogs/casework's
// business: its bytes are opaque here. The columns beside them are what lists, counts and figures ask for.

#include "bot/base/ids.hpp"
#include "storage/staff_ids.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi {

/// Row number of a case; people use its number (ZQ370600-260302-00017-42).
using case_id = strong_int<struct case_id_tag>;

}  // namespace zhuqi

namespace zhuqi::storage {

/// Words, ids and codes are those of dialogs/casework; "" or 0 = none, an instant of 0 = not (yet).
struct case_row {
  case_id id;              ///< by the store; 0 = not stored yet
  std::string number;      ///< unique for ever
  std::int64_t seq = 0;    ///< of the last event: the version that acts compare with
  std::string body;        ///< the case as its events add up to; "" in lists
  std::string last_actor;  ///< who did the last event: a staff id, "" = the enterprise or the system
  std::string calendar;    ///< version that counted its running clocks; "mixed" where they differ, "" where none runs
  conversation_id conversation;  ///< where the enterprise hears of it

  // As it was opened.
  std::string title;
  std::string enterprise;  ///< credit code, or "conv:7" where only the conversation is known
  std::string company;     ///< the enterprise's name as it gave it
  std::string contact;
  std::string source;  ///< "dialog", "staff"
  std::string matter;
  region_id region;

  // As it stands.
  std::string state;
  std::string track;
  std::string outcome;
  std::string grade;
  std::string alarm_title;  ///< of the last alarm that was raised
  department_id lead_department;
  region_id lead_region;
  staff_id handler;
  std::int64_t level = 0;
  std::int64_t redos = 0;
  bool supervised = false;
  bool disputed = false;
  unix_ms opened;
  unix_ms changed;
  unix_ms closed;       ///< 0 while it is open
  unix_ms due;          ///< the enterprise's clock
  unix_ms unit_due;     ///< the department's
  unix_ms contact_due;  ///< until when somebody had to speak with the enterprise
  unix_ms blue;         ///< from when on a running clock of an official is half gone …
  unix_ms yellow;       ///< … four fifths gone …
  unix_ms orange;       ///< … nearly due …
  unix_ms red;          ///< … due
  unix_ms alarm;        ///< when the desk has to look at it again
  bool operator==(const case_row&) const = default;
};

struct case_event_row {
  std::int64_t seq = 0;  ///< 1, 2, 3 … inside the case
  unix_ms at;
  std::string action;
  std::string actor;         ///< staff id, "" = the enterprise or the system
  std::int64_t value = -1;   ///< of a grade, 0 to 4
  department_id department;  ///< that leads afterwards
  std::string body;
  bool operator==(const case_event_row&) const = default;
};

/// The numbers are stored: never renumber.
enum class case_party_kind : std::uint8_t { origin = 0, lead, past_lead, assists, assisted };

/// A unit that has to do with the case, and so may see it. Only `lead` and `assists` have work with it.
struct case_party {
  case_party_kind kind = case_party_kind::origin;
  department_id department;  ///< 0 = the region as such
  region_id region;
  auto operator<=>(const case_party&) const = default;
};

/// Somebody whose act is waited for: a person, or whoever holds one of the roles in that place.
struct case_wait {
  role_set roles;
  staff_id staff;            ///< 0 = anybody
  department_id department;  ///< 0 = anybody of the region
  region_id region;
  unix_ms due;
  bool operator==(const case_wait&) const = default;
};

/// An official's words that have to reach the enterprise's conversation, once.
struct case_word {
  std::string uuid;  ///< of the message in the conversation: saying it twice has one effect
  case_id of;        ///< by the store
  std::string number;
  conversation_id conversation;
  std::string text;
  bool operator==(const case_word&) const = default;
};

/// The client's own id of an act, a UUID: the same act twice has one effect.
struct case_act_key {
  std::array<std::uint8_t, 16> id{};
  std::array<std::uint8_t, 16> content{};  ///< digest of what was asked for
  bool operator==(const case_act_key&) const = default;
};

/// Refuses a write where the official has as many open cases as that already, not counting this one.
struct case_room {
  staff_id staff;
  std::int64_t capacity = 0;
  bool operator==(const case_room&) const = default;
};

/// `case_write::head.conversation` of a write in a turn: the turn's own, which may not have a number yet.
inline constexpr conversation_id this_conversation{-1};

/// One act on one case, or several that belong together.
struct case_write {
  case_row head;                       ///< as it is afterwards; id 0 = a new case
  std::int64_t expected = 0;           ///< seq that must stand; 0 = a new case
  std::vector<case_event_row> events;  ///< of seq expected + 1 and on
  std::vector<case_party> parties;     ///< all of them, from now on
  std::vector<case_wait> waits;        ///< the same
  std::vector<case_word> words;        ///< to be said; `of`, `number` and `conversation` are the head's
  std::optional<case_act_key> key;
  std::optional<case_room> room;
};

/// What a service of the dialogs keeps that is no case (a day's health report, a rating of the platform).
struct enterprise_record {
  std::string kind;
  std::string enterprise;
  std::string body;  ///< JSON
};

// --- who takes what ---

struct competence_row {
  std::string matter;         ///< "" = every matter
  std::string region_prefix;  ///< of GB/T 2260 codes, "" = everywhere
  department_id by;           ///< 0 takes the row away
  bool operator==(const competence_row&) const = default;
};
struct duty_row {
  staff_id staff;
  std::int64_t capacity = 0;  ///< open cases at a time
  bool on_duty = false;
  std::uint32_t languages = 1;  ///< bits 1 << lang
  unix_ms last_given;           ///< kept by the store; ignored in a change
  bool operator==(const duty_row&) const = default;
};
/// 包联专员: an enterprise's own official.
struct liaison_row {
  std::string enterprise;
  staff_id staff;  ///< 0 takes the row away
  bool operator==(const liaison_row&) const = default;
};
struct load_row {
  staff_id staff;
  std::int64_t open_cases = 0;
  bool operator==(const load_row&) const = default;
};

// --- questions ---

enum class case_view : std::uint8_t { todo, mine, department, assist, due_soon, overdue, all, closed };
inline constexpr std::size_t case_view_count = 8;

/// Who looks: decides what is "mine" and what waits for me.
struct case_viewer {
  staff_id staff;
  role_set roles;
  department_id department;
  region_id region;
};

/// Whether rows come with the case itself: lists do without, ledgers need it.
enum class case_detail : std::uint8_t { head, body };

/// What the figures of a period count.
enum class case_figure : std::uint8_t {
  opened,
  closed,
  open_now,
  overdue_now,
  dispatched,  ///< to a department; a case may be so several times
  response,
  solved,
  satisfied,
  coverage,
};

/// The cases behind one figure: what it counts, case by case.
struct counted_in {
  case_figure which = case_figure::opened;
  bool good_only = false;  ///< those of a rate's numerator
  unix_ms from;
  unix_ms to;        ///< exclusive
  unix_ms as_of;     ///< what happened later is not known yet
  department_id of;  ///< whose figure; 0 = all
};

struct case_question {
  row_scope scope;  ///< own = cases that I handle and those of enterprises I am the liaison of
  case_viewer who;
  case_view view = case_view::all;
  unix_ms now;
  std::string state;         ///< "" = any
  std::string text;          ///< found in number, title, company or enterprise
  std::string matter;        ///< "" = any
  department_id department;  ///< that leads; 0 = any
  unix_ms from;              ///< opened at or after; 0 = any
  unix_ms to;                ///< opened before; 0 = any
  std::optional<counted_in> counted;
  case_detail detail = case_detail::head;
};

/// Where a page ended.
struct case_cursor {
  std::int64_t key = 0;
  case_id id;  ///< 0 = the beginning
  bool operator==(const case_cursor&) const = default;
};

struct case_page {
  std::vector<case_row> cases;
  case_cursor next;  ///< id 0 = that was all
};

/// By case_view; `all` and `closed` stay 0 (they are not work).
using case_counts = std::array<std::int64_t, case_view_count>;

struct case_rate {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  bool operator==(const case_rate&) const = default;
};

struct figures_question {
  row_scope scope;
  unix_ms from;
  unix_ms to;     ///< exclusive
  unix_ms as_of;  ///< what happened later is not known yet
};

/// The three rates of one department, or of all.
struct case_rates {
  case_rate response;   ///< contacted in time ÷ cases dispatched whose contact fell due in the period
  case_rate solved;     ///< "solved" ÷ answers in call-backs in the period, the last of each case
  case_rate satisfied;  ///< (very) satisfied ÷ grades in the period, the last of each case
  case_rate coverage;   ///< graded ÷ answered in the period
  bool operator==(const case_rates&) const = default;
};

struct department_figures {
  department_id department;
  std::int64_t dispatched = 0;  ///< cases given to it in the period
  case_rates rates;
  bool operator==(const department_figures&) const = default;
};

struct matter_count {
  std::string matter;
  std::int64_t opened = 0;
  bool operator==(const matter_count&) const = default;
};

struct case_figures {
  std::int64_t opened = 0;  ///< in the period
  std::int64_t closed = 0;
  std::int64_t open_now = 0;  ///< today, whatever the period
  std::int64_t overdue_now = 0;
  case_rates rates;
  std::vector<matter_count> matters;            ///< most first, at most 20
  std::vector<department_figures> departments;  ///< by id
  bool operator==(const case_figures&) const = default;
};

}  // namespace zhuqi::storage
