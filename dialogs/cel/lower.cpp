// From the checked tree to codes: slots instead of names, constants made, patterns compiled.

#include "dialogs/cel/checker.hpp"
#include "dialogs/cel/evaluate.hpp"
#include "dialogs/cel/fixed.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::cel {
namespace {

bool is_constructor(builtin f) {
  return f == builtin::yuan || f == builtin::fen || f == builtin::percent || f == builtin::decimal ||
         f == builtin::date || f == builtin::month || f == builtin::to_timestamp || f == builtin::to_duration;
}

bool is_safe_function(builtin f) {
  constexpr std::array safe{builtin::equal,   builtin::unequal,       builtin::less,        builtin::less_equal,
                            builtin::greater, builtin::greater_equal, builtin::in,          builtin::negated,
                            builtin::size,    builtin::contains,      builtin::starts_with, builtin::ends_with,
                            builtin::type_of, builtin::to_dyn};
  return std::find(safe.begin(), safe.end(), f) != safe.end();
}

class lowering {
 public:
  lowering(const syntax_tree& tree, checker& from, const environment& names, strictness how)
      : tree_(tree), from_(from), names_(names), how_(how) {}

  lowered run() {
    for (const variable& v : names_.variables()) out_.names.push_back(v.name);
    code_of_.assign(tree_.size(), no_code);
    out_.root = visit(tree_.root_id());
    out_.locals = from_.most_locals();
    return {std::move(out_), std::move(code_of_)};
  }

 private:
  std::uint32_t add(code c, const std::vector<std::uint32_t>& children = {}) {
    c.first = static_cast<std::uint32_t>(out_.children.size());
    c.count = static_cast<std::uint32_t>(children.size());
    out_.children.insert(out_.children.end(), children.begin(), children.end());
    out_.codes.push_back(c);
    out_.patterns.emplace_back();
    return static_cast<std::uint32_t>(out_.codes.size() - 1);
  }

  std::uint32_t constant(value v, std::uint32_t at) {
    code c;
    c.at = at;
    c.op = v.is(kind::error) ? opcode::failing : opcode::constant;
    c.total = !v.is(kind::error);
    c.operand = static_cast<std::uint32_t>(out_.constants.size());
    out_.constants.push_back(std::move(v));
    return add(c);
  }

  std::uint32_t failing(fault f, node_id id, std::string detail) {
    return constant(value::error(f, tree_[id].begin, std::move(detail)), tree_[id].begin);
  }

  bool all_total(const std::vector<std::uint32_t>& children) const {
    return std::all_of(children.begin(), children.end(), [&](std::uint32_t c) { return out_.codes[c].total; });
  }

  std::uint32_t visit(node_id id) { return code_of_[id] = visit_any(id); }

  std::uint32_t visit_any(node_id id) {
    const node& n = tree_[id];
    const meaning& m = from_.meaning_of(id);
    code c;
    c.at = n.begin;
    switch (m.how) {
      case meaning::form::fact:
      case meaning::form::local:
        c.op = m.how == meaning::form::fact ? opcode::fact : opcode::local;
        c.operand = m.slot;
        c.total = c.op == opcode::fact || sure_locals_[m.slot];
        return add(c);
      case meaning::form::type_name: return constant(value::type_named(type_name_of(id)), n.begin);
      case meaning::form::unknown_name: return failing(fault::unknown_name, id, std::string{tree_.text_of(id)});
      case meaning::form::unknown_function: return failing(fault::unknown_function, id, n.text);
      case meaning::form::plain:
      case meaning::form::qualified_call: break;
    }
    return visit_plain(id, c);
  }

  std::string type_name_of(node_id id) const {
    const type t = from_.settled(id);
    return std::string{name_of(t.of.empty() ? type_kind::type : t.of[0].kind)};
  }

  std::uint32_t visit_plain(node_id id, code c) {
    const node& n = tree_[id];
    switch (n.kind) {
      case node_kind::literal: return literal(id);
      case node_kind::select: return select(id, opcode::select);
      case node_kind::call:
      case node_kind::operation: return call(id, c);
      case node_kind::macro: return macro(id, c);
      case node_kind::name: return failing(fault::unknown_name, id, n.text);
      case node_kind::all_of: c.op = opcode::all_of; break;
      case node_kind::any_of: c.op = opcode::any_of; break;
      case node_kind::conditional: c.op = opcode::conditional; break;
      case node_kind::list: c.op = opcode::list; break;
      case node_kind::map: c.op = opcode::map; break;
    }
    const auto children = visit_all(n.children);
    c.total = n.kind != node_kind::map && all_total(children) && conditions_are_bool(n);
    return add(c, children);
  }

  // A dyn that turns out to be no bool is an error.
  bool conditions_are_bool(const node& n) const {
    const std::size_t conditions = n.kind == node_kind::list          ? 0
                                   : n.kind == node_kind::conditional ? 1
                                                                      : n.children.size();
    for (std::size_t i = 0; i < conditions; ++i) {
      if (!from_.settled(n.children[i]).is(type_kind::boolean)) return false;
    }
    return true;
  }

  std::vector<std::uint32_t> visit_all(const std::vector<node_id>& nodes, std::size_t skip = 0) {
    std::vector<std::uint32_t> out;
    for (std::size_t i = skip; i < nodes.size(); ++i) out.push_back(visit(nodes[i]));
    return out;
  }

  std::uint32_t literal(node_id id) {
    const node& n = tree_[id];
    const auto& coerced = from_.meaning_of(id).coerced;
    if (!coerced) return constant(n.constant, n.begin);
    const bool money = *coerced == type_kind::money;
    const auto exact = n.constant.is(kind::integer) ? fixed::parse(std::to_string(n.constant.number()), money ? 2 : 6)
                                                    : fixed::parse(n.text, money ? 2 : 6);
    if (!exact) {
      from_.report(rule::number_not_exact, id, {std::string{name_of(*coerced)}, n.text});
      return failing(fault::bad_argument, id, n.text);
    }
    const kind k = money ? kind::money : *coerced == type_kind::percent ? kind::percent : kind::decimal;
    return constant(value::scalar(k, *exact), n.begin);
  }

  std::uint32_t select(node_id id, opcode op) {
    const node& n = tree_[id];
    code c;
    c.op = op;
    c.at = n.begin;
    c.operand = static_cast<std::uint32_t>(out_.names.size());
    out_.names.push_back(n.text);
    const auto children = visit_all(n.children);
    c.total = op == opcode::has && all_total(children) && from_.settled(n.children[0]).is(type_kind::map);
    return add(c, children);
  }

  std::uint32_t call(node_id id, code c) {
    const node& n = tree_[id];
    const meaning& m = from_.meaning_of(id);
    const auto children = visit_all(n.children, m.how == meaning::form::qualified_call ? 1 : 0);
    if (m.picks.empty()) return failing(fault::no_overload, id, n.text);
    const overload& first = *m.picks.front();
    if (first.code == builtin::host) {
      c.op = opcode::host_call;
      c.operand = static_cast<std::uint32_t>(out_.hosts.size());
      auto& candidates = out_.hosts.emplace_back();
      for (const overload* o : m.picks) candidates.push_back(*o);
      return add(c, children);
    }
    c.op = opcode::call;
    c.function = first.code;
    const bool exact = m.picks.size() == 1 && !has_dyn(n, m);
    c.total = all_total(children) && exact && is_safe_function(first.code);
    if (first.code == builtin::equal || first.code == builtin::unequal) c.total = all_total(children);
    const std::uint32_t made = add(c, children);
    if (first.code == builtin::matches) compile_pattern(n, made);
    return is_constructor(first.code) ? folded(id, made) : made;
  }

  bool has_dyn(const node& n, const meaning& m) const {
    for (std::size_t i = m.how == meaning::form::qualified_call ? 1 : 0; i < n.children.size(); ++i) {
      if (from_.settled(n.children[i]).is(type_kind::dyn)) return true;
    }
    return false;
  }

  void compile_pattern(const node& n, std::uint32_t made) {
    const node_id pattern = n.children.back();
    const value& text = tree_[pattern].constant;
    if (tree_[pattern].kind != node_kind::literal || !text.is(kind::string)) return;
    out_.patterns[made] = regex::compile(text.text());
    if (out_.patterns[made] == nullptr) from_.report(rule::bad_pattern, pattern, {text.text()});
  }

  // date("2024-03-01") is made here, so that a typing error shows when the script is checked.
  std::uint32_t folded(node_id id, std::uint32_t made) {
    const code c = out_.codes[made];
    program alone;
    for (std::uint32_t i = 0; i < c.count; ++i) {
      const code& argument = out_.codes[out_.children[c.first + i]];
      if (argument.op != opcode::constant) return made;
      alone.constants.push_back(out_.constants[argument.operand]);
      alone.codes.push_back({.op = opcode::constant, .operand = i});
      alone.children.push_back(i);
    }
    alone.root = c.count;
    alone.codes.push_back(c);
    alone.codes.back().first = 0;
    alone.patterns.resize(alone.codes.size());
    value v = evaluate(alone, {});
    if (!v.is(kind::error)) return constant(std::move(v), c.at);
    if (how_ == strictness::typed) {
      const node& n = tree_[id];
      from_.report(rule::bad_constant, id, {n.text, std::string{tree_.text_of(n.children[0])}});
    }
    return made;
  }

  std::uint32_t macro(node_id id, code c) {
    const node& n = tree_[id];
    if (n.macro == macro_kind::has) return select(n.children[0], opcode::has);
    c.op = opcode::macro;
    c.macro = n.macro;
    c.two_variables = !n.second.empty();
    c.operand = from_.meaning_of(id).slot;
    if (sure_locals_.size() < c.operand + 2U) sure_locals_.resize(c.operand + 2U);
    std::vector<std::uint32_t> children{visit(n.children[0])};
    sure_locals_[c.operand] = n.macro != macro_kind::bind || out_.codes[children[0]].total;
    sure_locals_[c.operand + 1U] = true;
    for (std::size_t i = 1; i < n.children.size(); ++i) children.push_back(visit(n.children[i]));
    const type collection = from_.settled(n.children[0]);
    const bool typed = collection.is(type_kind::list) || collection.is(type_kind::map) || n.macro == macro_kind::bind;
    const bool conditions = n.macro == macro_kind::map || n.macro == macro_kind::transform_list ||
                            n.macro == macro_kind::bind || from_.settled(n.children[1]).is(type_kind::boolean);
    c.total =
        all_total(children) && typed && conditions && n.macro != macro_kind::transform_map && n.children.size() == 2;
    return add(c, children);
  }

  const syntax_tree& tree_;
  checker& from_;
  const environment& names_;
  strictness how_;
  program out_;
  std::vector<std::uint32_t> code_of_;
  std::vector<bool> sure_locals_;  ///< cannot hold an error
};

}  // namespace

lowered lower(const syntax_tree& tree, checker& from, const environment& names, strictness how) {
  return lowering{tree, from, names, how}.run();
}

}  // namespace zhuqi::dialogs::cel
