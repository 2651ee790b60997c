#pragma once
// The pass that gives every node a type and a meaning. What it finds out per node is the input of lowering (lower.cpp)
// and of the list of atoms (atoms.cpp).

#include "dialogs/cel/check.hpp"
#include "dialogs/cel/solver.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::cel {

/// What a node stands for.
struct meaning {
  enum class form : std::uint8_t { plain, fact, local, type_name, unknown_name, unknown_function, qualified_call };
  form how = form::plain;
  std::uint32_t slot = 0;
  type deduced{};
  std::optional<type_kind> coerced{};    ///< of a number literal that stands for a percent or decimal
  std::vector<const overload*> picks{};  ///< of calls and operations
};

class checker {
 public:
  checker(const syntax_tree& tree, const environment& names, strictness how)
      : tree_(tree), names_(names), how_(how), meanings_(tree.size()) {}

  type run() { return solver_.settled(visit(tree_.root_id())); }

  void report(rule what, node_id id, std::vector<std::string> args);
  const std::vector<meaning>& meanings() const { return meanings_; }
  const meaning& meaning_of(node_id id) const { return meanings_[id]; }
  type settled(node_id id) const { return solver_.settled(meanings_[id].deduced); }
  std::vector<problem>& problems() { return problems_; }
  std::uint32_t most_locals() const { return most_locals_; }

 private:
  struct local {
    std::string name;
    type what;
    std::uint32_t slot;
  };

  type visit(node_id id);
  type visit_node(node_id id);
  type visit_literal(const node& n);
  type visit_name(node_id id);
  type visit_select(node_id id);
  type field_of(node_id id, const type& target);
  type visit_conditional(node_id id);
  type visit_conditions(node_id id);
  type visit_list(node_id id);
  type visit_map(node_id id);
  type visit_macro(node_id id);
  type visit_bind(node_id id);
  type macro_result(node_id id, const type& key, const type& item);
  std::pair<type, type> members(node_id id, const type& collection);
  void condition(node_id id, std::string_view of);

  // calls (checker_calls.cpp)
  type visit_call(node_id id);
  type visit_operation(node_id id);
  type call(node_id id, const std::string& function, std::size_t skip, bool member);
  std::optional<type> resolve(node_id id, const std::vector<const overload*>& all, const std::vector<type>& given);
  std::optional<type> resolve_coerced(node_id id, const std::vector<const overload*>& all,
                                      const std::vector<type>& given, std::size_t skip);
  void mismatch(node_id id, const std::string& function, const std::vector<const overload*>& all,
                const std::vector<type>& given, std::size_t skip);
  void operator_mismatch(node_id id, const std::vector<type>& given);
  void check_brackets(node_id id);

  /// "a.b.c" of a chain of plain names, unless it begins with a macro's variable; "" otherwise.
  std::string dotted(node_id id) const;
  const local* find_local(const node& name) const;
  bool declared(const std::string& name) const;
  type join(const type& so_far, const type& next);
  std::uint32_t push(const std::string& name, type what);
  std::string shown(const type& t) const { return to_text(solver_.settled(t)); }
  type failed() const { return {how_ == strictness::typed ? type_kind::error : type_kind::dyn}; }

  const syntax_tree& tree_;
  const environment& names_;
  strictness how_;
  std::vector<meaning> meanings_;
  std::vector<problem> problems_;
  std::vector<local> locals_;
  std::uint32_t most_locals_ = 0;
  solver solver_;
};

bool is_number_literal(const node& n);

struct lowered {
  program made;
  std::vector<std::uint32_t> code_of;  ///< by node; no_code for the parts that only name things
};
inline constexpr std::uint32_t no_code = ~std::uint32_t{0};

/// The program of a checked tree. Constants that cannot be made (date("x")) and bad patterns are reported to `from`.
lowered lower(const syntax_tree& tree, checker& from, const environment& names, strictness how);

std::vector<atom> atoms_of(const syntax_tree& tree, const checker& from, const lowered& low);

}  // namespace zhuqi::dialogs::cel
