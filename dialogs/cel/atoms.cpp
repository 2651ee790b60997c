// The conditions an expression is built of, for the static checks of scripts and rules.

#include "dialogs/cel/checker.hpp"

#include <algorithm>

namespace zhuqi::dialogs::cel {
namespace {

operation mirrored(operation op) {
  switch (op) {
    case operation::less: return operation::greater;
    case operation::less_equal: return operation::greater_equal;
    case operation::greater: return operation::less;
    case operation::greater_equal: return operation::less_equal;
    default: return op;
  }
}

class collector {
 public:
  collector(const syntax_tree& tree, const checker& from, const lowered& low) : tree_(tree), from_(from), low_(low) {}

  std::vector<atom> run() {
    visit(tree_.root_id());
    return std::move(out_);
  }

 private:
  void visit(node_id id) {
    const node& n = tree_[id];
    const bool negation = n.kind == node_kind::operation && n.op == operation::negated;
    if (n.kind == node_kind::all_of || n.kind == node_kind::any_of || n.kind == node_kind::conditional || negation) {
      for (const node_id child : n.children) visit(child);
    } else if (from_.settled(id).is(type_kind::boolean)) {
      out_.push_back(read(id));
    }
  }

  bool is_fact(node_id id) const { return from_.meaning_of(id).how == meaning::form::fact; }

  std::string fact(node_id id) const {
    const meaning& m = from_.meaning_of(id);
    return low_.made.names[m.slot];
  }

  // Not set where the part is no constant.
  value constant(node_id id) const {
    const std::uint32_t at = low_.code_of[id];
    if (at == no_code) return {};
    const code& c = low_.made.codes[at];
    if (c.op == opcode::constant) return low_.made.constants[c.operand];
    if (tree_[id].kind != node_kind::list) return {};
    std::vector<value> items;
    for (const node_id child : tree_[id].children) {
      items.push_back(constant(child));
      if (!items.back().known()) return {};
    }
    return value::list(std::move(items));
  }

  atom read(node_id id) const {
    const node& n = tree_[id];
    atom out;
    out.part = id;
    if (is_fact(id)) {
      out.how = atom::form::truth;
      out.name = fact(id);
      return out;
    }
    if (n.kind != node_kind::operation || n.children.size() != 2) return out;
    node_id left = n.children[0];
    node_id right = n.children[1];
    out.op = n.op;
    if (is_comparison(n.op) && !is_fact(left)) {
      std::swap(left, right);
      out.op = mirrored(n.op);
    }
    if (!is_fact(left) || (!is_comparison(n.op) && n.op != operation::in)) return out;
    out.name = fact(left);
    if (is_comparison(n.op) && is_fact(right)) {
      out.how = atom::form::compared_name;
      out.other_name = fact(right);
    } else if (value c = constant(right); c.known()) {
      out.how = n.op == operation::in ? atom::form::one_of : atom::form::compared_constant;
      out.constant = std::move(c);
    }
    if (out.how == atom::form::one_of && !out.constant.is(kind::list)) out.how = atom::form::other;
    return out;
  }

  const syntax_tree& tree_;
  const checker& from_;
  const lowered& low_;
  std::vector<atom> out_;
};

}  // namespace

std::vector<atom> atoms_of(const syntax_tree& tree, const checker& from, const lowered& low) {
  return collector{tree, from, low}.run();
}

}  // namespace zhuqi::dialogs::cel
