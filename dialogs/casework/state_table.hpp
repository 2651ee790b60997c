#pragma once
// The state machine as data: what each state waits for, what each clock is, and which action leads from where to
// where by whom. case_state.cpp does what the tables say; the tests check the tables themselves.

#include "dialogs/casework/vocabulary.hpp"

#include <initializer_list>
#include <optional>
#include <span>

namespace zhuqi::dialogs::casework {

/// A small set of members of one enum.
template <class E>
class enum_set {
 public:
  constexpr enum_set() = default;
  constexpr enum_set(std::initializer_list<E> all) {
    for (E e : all) bits_ |= bit(e);
  }
  constexpr bool has(E e) const { return (bits_ & bit(e)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr enum_set operator|(enum_set other) const {
    enum_set out;
    out.bits_ = bits_ | other.bits_;
    return out;
  }
  constexpr bool operator==(const enum_set&) const = default;

 private:
  static constexpr std::uint64_t bit(E e) { return std::uint64_t{1} << static_cast<unsigned>(e); }
  std::uint64_t bits_ = 0;
};

/// How an actor must stand to the case.
enum class seat : std::uint8_t {
  enterprise,         ///< whose case it is
  origin_region,      ///< the region where it was asked
  lead_department,    ///< 主办
  assist_department,  ///< 协办 that has not answered
  region_of_case,     ///< the region of origin or of the leading department
  system,
};

struct grant {
  role who;
  seat where;
};

/// Members of act_fields that an action cannot do without.
enum class field : std::uint8_t { reason, text, basis, to, staff, days, until, grade, ground, clock };

struct state_rule {
  case_state state;
  std::optional<clock_kind> clock;  ///< started when the state is entered, stopped when it is left
  bool ends_work = false;           ///< every other clock stops, every assistant is released
  bool final = false;
};

struct clock_rule {
  clock_kind kind;
  role owner;  ///< who has to act before it is due
  seat where;
  bool pausable = false;  ///< a suspension stops it for as long as it lasts
  bool ladder = true;     ///< warnings and escalation; false: only the due time itself is told
};

struct action_rule {
  action what;
  enum_set<case_state> from;
  enum_set<case_state> to;  ///< where it may lead; empty = the state stays
  std::span<const grant> by;
  enum_set<field> needs;
  enum_set<clock_kind> starts;  ///< besides the clock of the state entered
  enum_set<clock_kind> stops;   ///< besides the clock of the state left
};

/// In the order of the enums. action::open has no row in the machine: it makes the case (`from` is empty).
std::span<const state_rule> state_rules();
std::span<const clock_rule> clock_rules();
std::span<const action_rule> action_rules();

inline const state_rule& rule_of(case_state s) { return state_rules()[static_cast<std::size_t>(s)]; }
inline const clock_rule& rule_of(clock_kind k) { return clock_rules()[static_cast<std::size_t>(k)]; }
inline const action_rule& rule_of(action a) { return action_rules()[static_cast<std::size_t>(a)]; }

std::string_view id_of_field(field f);

}  // namespace zhuqi::dialogs::casework
