#pragma once
// One dialog made ready to be walked in the abstract: its conditions compiled, the names each state reads, the domains of its
// names, and which names still matter from each state on.

#include "dialogs/check_regions.hpp"
#include "dialogs/script.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace zhuqi::dialogs {

/// One name in one expression.
struct name_read {
  std::uint32_t slot = 0;
  std::string source;  ///< of the expression
  source_mark where;
};

struct state_model {
  std::vector<name_read> reads;                    ///< on entering
  std::vector<name_read> judged;                   ///< once there is an answer: checks
  std::vector<name_read> told;                     ///< then, where a check fails
  std::vector<name_read> led;                      ///< on leaving: guards
  std::vector<std::size_t> checks;                 ///< indexes of conditions
  std::vector<std::optional<std::size_t>> guards;  ///< one per branch
  std::optional<std::uint32_t> answer;             ///< slot that an ask fills
  bool steering = false;   ///< an ask without a label whose branches follow its answer: 修改, 重新选择, a menu
  std::vector<bool> live;  ///< by slot: may be read from here on before it is set again
  std::vector<bool> decisive;  ///< by slot: may be read by a condition from here on before it is set again
};

struct flow_model {
  flow_model(const script_source& source, const dialog& dialog_to_walk);

  const script_source& set;
  const dialog& d;
  name_scope scope;
  bool walkable = true;  ///< false where a name leads nowhere or an expression makes no sense: other checks say so
  std::vector<condition> conditions;
  std::vector<state_model> states;
  std::vector<domain> domains;           ///< by slot
  std::optional<std::uint32_t> outcome;  ///< slot of `outcome`

  std::optional<std::uint32_t> slot_of(std::string_view name) const { return scope.names().slot_of(name); }
  bool is_result(std::uint32_t slot) const { return scope.bindings()[slot].where == name_binding::from::result; }
  bool is_parameter(std::uint32_t slot) const { return scope.bindings()[slot].where == name_binding::from::parameter; }
  /// Where a command or the timer can lead from a state that waits.
  struct turn_off {
    std::size_t to;
    bool by_timer;
  };
  std::vector<turn_off> turns_off(const state& s) const;
  std::optional<std::size_t> target(const std::string& id) const;
};

/// All branches of a state; none for kinds that have none.
const std::vector<branch>& branches_of(const node& what);

}  // namespace zhuqi::dialogs
