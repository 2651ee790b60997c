// One state after the other. What needs the ways between states is in check_graph and check_flow.
#include "dialogs/check_states.hpp"

#include "dialogs/check_regions.hpp"
#include "dialogs/formulas.hpp"
#include "dialogs/program.hpp"

#include <algorithm>
#include <set>

namespace zhuqi::dialogs {
namespace {

template <class Items>
auto find_id(const Items& items, const std::string& id) {
  return std::find_if(items.begin(), items.end(), [&](const auto& i) { return i.id == id; });
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class state_checks {
 public:
  state_checks(const script_source& source, const dialog& d, std::vector<diagnostic>& out)
      : source_{source}, d_{d}, out_{out}, scope_{source, d} {}

  void run() {
    for (const std::string* to : {&d_.start, &d_.on_human, &d_.on_expire}) check_target(*to, d_.where);
    for (const own_interrupt& i : d_.interrupts) check_target(i.to, i.where);
    for (const auto* names : {&d_.inputs, &d_.outputs}) {
      for (const std::string& id : *names) check_variable_name(id, d_.where);
    }
    for (const std::string& id : d_.params) {
      const auto& known = source_.parameters;
      if (find_id(known, id) == known.end()) add(d_.where, rule::unknown_parameter, {id, ids_of(known)});
    }
    for (const state& s : d_.states) std::visit([&](const auto& n) { check(s, n); }, s.what);
    check_expressions();
  }

 private:
  void add(source_mark at, rule what, std::vector<std::string> args) {
    out_.push_back({d_.file, at.line, at.column, what, std::move(args)});
  }

  void check_target(const std::string& to, source_mark at) {
    if (!to.empty() && !d_.find_state(to)) add(at, rule::unknown_target, {to, ids_of(d_.states)});
  }
  void check_variable_name(const std::string& id, source_mark at) {
    if (!d_.find_variable(id)) add(at, rule::unknown_variable, {id, ids_of(d_.vars)});
  }
  void check_outcome(const std::string& outcome, source_mark at) {
    if (!outcome.empty() && !contains(d_.outcomes, outcome)) {
      add(at, rule::unknown_outcome, {outcome, joined_names(d_.outcomes)});
    }
  }
  void check_branches(const state& s, const std::vector<branch>& next) {
    for (std::size_t i = 0; i < next.size(); ++i) {
      check_target(next[i].to, next[i].where);
      if (i > 0 && !next[i - 1].guard) add(next[i].where, rule::branch_after_otherwise, {s.id});
    }
  }

  // --- expressions ---

  /// Every expression parses, knows its names, has the type that its place needs, and compares with values that can be.
  void check_expressions() {
    // Their places are in another file, and those that differ from the original's are findings there (placeholder_mismatch).
    std::set<const formula*> of_translations;
    for_each_text(source_, [&](const std::string&, const localized& text) {
      for (const lang l : all_langs) {
        if (l == lang::zh_cn) continue;
        for (const text_part& part : text.in(l).parts()) of_translations.insert(&part.placeholder);
      }
    });
    for_each_formula(d_, [&](const formula& f, const std::optional<cel::type>& wanted) {
      if (f.source == "summary" || f.source == "opens" || of_translations.contains(&f)) return;
      cel::checked found;
      program::compile(f.source, scope_, wanted, found);
      for (const cel::problem& p : found.problems) {
        add(f.where, rule::expression,
            {f.source, cel::sentence(p, lang::zh_cn), cel::fix(p, lang::zh_cn), cel::sentence(p, lang::en),
             cel::fix(p, lang::en)});
      }
      if (!found.good()) return;
      for (const cel::atom& a : found.atoms) check_constants(f, a);
    });
  }

  void check_constants(const formula& f, const cel::atom& a) {
    using form = cel::atom::form;
    if (a.how == form::compared_constant) check_constant(f, a.name, a.constant);
    if (a.how != form::one_of) return;
    for (const cel::value& item : a.constant.list().items) check_constant(f, a.name, item);
  }

  void check_constant(const formula& f, const std::string& name, const cel::value& constant) {
    const auto slot = scope_.names().slot_of(name);
    if (!slot || !constant.is(cel::kind::string)) return;
    const name_binding& binding = scope_.bindings()[*slot];
    std::vector<std::string> known;
    if (binding.where == name_binding::from::outcome) {
      for (const state& s : d_.states) {
        const auto* call = std::get_if<call_node>(&s.what);
        const auto called = call != nullptr ? find_id(source_.dialogs, call->dialog) : source_.dialogs.end();
        if (called != source_.dialogs.end()) {
          known.insert(known.end(), called->outcomes.begin(), called->outcomes.end());
        }
      }
    } else if (const auto* choice = std::get_if<choice_type>(&binding.type)) {
      for (const choice_option& o : choice->options) known.push_back(o.id);
    } else {
      return;
    }
    if (!contains(known, constant.text())) {
      add(f.where, rule::unknown_option, {name, constant.text(), joined_names(known)});
    }
  }

  // --- kinds of states ---

  void check(const state& s, const ask_node& n) {
    check_branches(s, n.next);
    check_target(n.on_fail, s.where);
    check_target(n.on_unknown, s.where);
    check_variable_name(n.into, s.where);
  }
  void check(const state& s, const say_node& n) { check_branches(s, n.next); }

  void check(const state& s, const do_node& n) {
    check_branches(s, n.next);
    check_target(n.on_error, s.where);
    const auto known = find_id(source_.services, n.service_id);
    if (known == source_.services.end()) {
      return add(s.where, rule::unknown_service, {n.service_id, ids_of(source_.services)});
    }
    if (known->args.size() != n.args.size()) {
      const std::string counts = std::to_string(n.args.size()) + " ≠ " + std::to_string(known->args.size());
      return add(s.where, rule::call_arguments, {n.service_id, counts, ids_of(known->args)});
    }
    for (std::size_t i = 0; i < n.args.size(); ++i) {
      check_given(n.service_id, known->args[i].id, n.args[i], known->args[i].type);
    }
  }

  void check(const state& s, const call_node& n) {
    check_branches(s, n.next);
    check_outcome(n.outcome, s.where);
    for (const call_node::taken& t : n.take) check_variable_name(t.into, s.where);
    const auto called = find_id(source_.dialogs, n.dialog);
    if (called == source_.dialogs.end()) {
      if (!n.dialog.empty()) add(s.where, rule::unknown_dialog, {n.dialog, ids_of(source_.dialogs)});
      return;
    }
    for (const std::string& input : called->inputs) {
      const bool given = std::any_of(n.with.begin(), n.with.end(), [&](const auto& g) { return g.input == input; });
      if (!given) add(s.where, rule::call_arguments, {n.dialog, "– ≠ " + input, joined_names(called->inputs)});
    }
    for (const call_node::given& g : n.with) check_input(*called, g);
    for (const call_node::taken& t : n.take) check_output(s, *called, t);
  }

  void check_input(const dialog& called, const call_node::given& g) {
    const auto index = called.find_variable(g.input);
    if (!index || !contains(called.inputs, g.input)) {
      return add(g.value.where, rule::call_arguments, {called.id, g.input + " ≠ –", joined_names(called.inputs)});
    }
    check_given(called.id, g.input, g.value, called.vars[*index].type);
  }

  void check_output(const state& s, const dialog& called, const call_node::taken& t) {
    const auto output = called.find_variable(t.output);
    if (!output || !contains(called.outputs, t.output)) {
      return add(s.where, rule::call_arguments, {called.id, t.output + " ≠ –", joined_names(called.outputs)});
    }
    const auto into = d_.find_variable(t.into);
    if (!into) return;
    const auto from_type = type_name_of(called.vars[*output].type);
    const auto into_type = type_name_of(d_.vars[*into].type);
    if (from_type != into_type) mismatch(s.where, called.id, t.output, from_type, into_type);
  }

  void mismatch(source_mark at, const std::string& callee, const std::string& name, std::string_view given,
                std::string_view wanted) {
    const std::string types = name + ": " + std::string{given} + " ≠ " + std::string{wanted};
    add(at, rule::call_arguments, {callee, types, name + ": " + std::string{wanted}});
  }

  /// A name must be of the very type; any text may go where a text is wanted.
  void check_given(const std::string& callee, const std::string& name, const formula& given,
                   const variable_type& wanted) {
    cel::checked found;
    const auto code = program::compile(given.source, scope_, std::nullopt, found);
    if (code == nullptr) return;
    const cel::type wanted_type = expression_type(wanted);
    if (found.result != wanted_type) {
      return mismatch(given.where, callee, name, cel::to_text(found.result), type_name_of(wanted));
    }
    const name_binding* only = code->only_name();
    if (only == nullptr || std::holds_alternative<text_type>(wanted)) return;
    if (type_name_of(only->type) != type_name_of(wanted)) {
      mismatch(given.where, callee, name, type_name_of(only->type), type_name_of(wanted));
    }
  }

  void check(const state& s, const handoff_node& n) {
    check_outcome(n.outcome, s.where);
    check_target(n.closed_now, s.where);
    for (const std::string& id : n.attach) check_variable_name(id, s.where);
    const auto closed = d_.find_state(n.closed_now);
    if (!closed) return;
    const node& speaks = d_.states[*closed].what;
    if (!std::holds_alternative<say_node>(speaks) && !std::holds_alternative<end_node>(speaks)) {
      add(s.where, rule::closed_state, {s.id});
    }
  }
  void check(const state& s, const end_node& n) { check_outcome(n.outcome, s.where); }

  const script_source& source_;
  const dialog& d_;
  std::vector<diagnostic>& out_;
  const name_scope scope_;
};

}  // namespace

void check_states(const script_source& source, const dialog& d, std::vector<diagnostic>& out) {
  state_checks{source, d, out}.run();
}

}  // namespace zhuqi::dialogs
