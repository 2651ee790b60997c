// Compiling a dialog for the walk, and the backward pass that tells which names matter where: forgetting all others keeps the
// walk small without losing a finding.
#include "dialogs/check_model.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

bool is_builtin_placeholder(const formula& f) { return f.source == "summary" || f.source == "opens"; }

/// Fills the states of a model, expression by expression.
class compiler {
 public:
  explicit compiler(flow_model& m) : m_{m} {}

  void run() {
    need(m_.target(m_.d.start).has_value());
    for (const state& s : m_.d.states) {
      state_model made;
      std::visit([&](const auto& n) { compile(n, made); }, s.what);
      for (const branch& b : branches_of(s.what)) {
        need(m_.target(b.to).has_value());
        made.guards.push_back(b.guard ? std::optional{condition_of(*b.guard, made.led)} : std::nullopt);
      }
      m_.states.push_back(std::move(made));
    }
    for (std::size_t i = 0; i < m_.states.size(); ++i) m_.states[i].steering = steers(i);
  }

 private:
  void need(bool there) { m_.walkable = m_.walkable && there; }

  void read(const formula& f, std::vector<name_read>& into) {
    if (is_builtin_placeholder(f)) return;
    const cel::parsed parsed = cel::parse(f.source);
    if (!parsed.good()) return need(false);
    const cel::checked found = cel::check(parsed.tree, m_.scope.names(), {cel::strictness::typed, std::nullopt});
    need(found.good());
    for (const std::string& name : found.reads) into.push_back({*m_.slot_of(name), f.source, f.where});
  }

  /// Translations have the same placeholders, or that is a finding of its own.
  void read(const localized& text, std::vector<name_read>& into) {
    for (const text_part& part : text.in(lang::zh_cn).parts()) {
      if (!part.placeholder.source.empty()) read(part.placeholder, into);
    }
  }

  std::size_t condition_of(const formula& f, std::vector<name_read>& reads) {
    condition out{f.source, f.where, nullptr, {}, {}};
    const cel::parsed parsed = cel::parse(f.source);
    if (parsed.good()) {
      cel::checked found =
          cel::check(parsed.tree, m_.scope.names(), {cel::strictness::typed, cel::type{cel::type_kind::boolean}});
      out.code = found.runnable;
      for (const std::string& name : found.reads) {
        out.reads.push_back(*m_.slot_of(name));
        reads.push_back({out.reads.back(), f.source, f.where});
      }
      out.atoms = std::move(found.atoms);
    }
    need(out.code != nullptr);
    m_.conditions.push_back(std::move(out));
    return m_.conditions.size() - 1;
  }

  void compile(const ask_node& n, state_model& into) {
    need(m_.d.find_variable(n.into).has_value() && !n.next.empty());
    into.answer = m_.slot_of(n.into);
    read(n.prompt, into.reads);
    read(n.why, into.reads);
    for (const localized& r : n.retry) read(r, into.reads);
    for (const own_interrupt& i : m_.d.interrupts) read(i.say, into.reads);
    for (const answer_check& c : n.checks) {
      into.checks.push_back(condition_of(c.that, into.judged));
      read(c.otherwise, into.told);
    }
  }
  void compile(const say_node& n, state_model& into) {
    need(!n.next.empty());
    read(n.text, into.reads);
  }
  void compile(const do_node& n, state_model& into) {
    need(!n.next.empty());
    read(n.say, into.reads);
    for (const formula& a : n.args) read(a, into.reads);
    need(std::any_of(m_.set.services.begin(), m_.set.services.end(),
                     [&](const service& s) { return s.id == n.service_id; }));
  }
  void compile(const call_node& n, state_model& into) {
    need(n.next.empty() != n.outcome.empty());
    read(n.say, into.reads);
    for (const call_node::given& g : n.with) read(g.value, into.reads);
    for (const call_node::taken& t : n.take) need(m_.slot_of(t.into).has_value());
    need(std::any_of(m_.set.dialogs.begin(), m_.set.dialogs.end(), [&](const dialog& x) { return x.id == n.dialog; }));
  }
  void compile(const handoff_node& n, state_model& into) {
    read(n.say, into.reads);
    read(n.note, into.reads);
  }
  void compile(const end_node& n, state_model& into) { read(n.say, into.reads); }

  bool steers(std::size_t i) const {
    const auto* ask = std::get_if<ask_node>(&m_.d.states[i].what);
    const auto index = ask != nullptr ? m_.d.find_variable(ask->into) : std::nullopt;
    if (!index || !m_.d.vars[*index].label.empty()) return false;
    const variable_type& type = m_.d.vars[*index].type;
    const bool few = std::holds_alternative<choice_type>(type) || std::holds_alternative<yes_no_type>(type);
    const state_model& s = m_.states[i];
    return few && std::any_of(s.led.begin(), s.led.end(), [&](const name_read& r) { return r.slot == s.answer; });
  }

  flow_model& m_;
};

/// Names that matter, backwards along every edge until nothing changes.
class liveness {
 public:
  explicit liveness(flow_model& m) : m_{m} {}

  void run() {
    const std::size_t slots = m_.scope.bindings().size();
    for (state_model& s : m_.states) {
      s.live.assign(slots, false);
      s.decisive.assign(slots, false);
    }
    for (bool grew = true; grew;) {
      grew = false;
      for (std::size_t i = m_.states.size(); i-- > 0;) grew = pass(i) || grew;
    }
  }

 private:
  bool pass(std::size_t i) {
    const state& s = m_.d.states[i];
    state_model& here = m_.states[i];
    std::vector<bool> live(here.live.size()), decisive(here.live.size());
    const auto flow_in = [&](std::optional<std::size_t> from) {
      if (!from) return;
      for (std::size_t k = 0; k < live.size(); ++k) {
        if (m_.states[*from].live[k]) live[k] = true;
        if (m_.states[*from].decisive[k]) decisive[k] = true;
      }
    };
    for (const branch& b : branches_of(s.what)) flow_in(m_.target(b.to));
    for (const name_read& r : here.led) live[r.slot] = decisive[r.slot] = true;
    for (const name_read& r : here.judged) live[r.slot] = decisive[r.slot] = true;
    for (const name_read& r : here.told) live[r.slot] = true;
    set_here(s, here, live, decisive);
    for (const name_read& r : here.reads) live[r.slot] = true;
    std::visit([&](const auto& n) { aside(n, flow_in); }, s.what);
    for (const auto& off : m_.turns_off(s)) flow_in(off.to);
    if (leaves(s)) {
      for (const std::string& id : m_.d.outputs) {
        if (const auto slot = m_.slot_of(id)) live[*slot] = true;
      }
    }
    const bool grew = live != here.live || decisive != here.decisive;
    here.live = std::move(live);
    here.decisive = std::move(decisive);
    return grew;
  }

  /// What a state sets, the way before it need not.
  void set_here(const state& s, const state_model& here, std::vector<bool>& live, std::vector<bool>& decisive) const {
    const auto forget = [&](std::uint32_t slot) { live[slot] = decisive[slot] = false; };
    if (here.answer) forget(*here.answer);
    if (std::holds_alternative<call_node>(s.what) && m_.outcome) forget(*m_.outcome);
    if (!std::holds_alternative<do_node>(s.what)) return;
    for (std::uint32_t slot = 0; slot < live.size(); ++slot) {
      if (m_.is_result(slot)) forget(slot);
    }
  }

  template <class Flow>
  void aside(const ask_node& n, Flow& flow_in) const {
    flow_in(m_.target(n.on_fail));
    flow_in(m_.target(n.on_unknown));
  }
  template <class Flow>
  void aside(const do_node& n, Flow& flow_in) const {
    flow_in(m_.target(n.on_error));
  }
  template <class Flow>
  void aside(const handoff_node& n, Flow& flow_in) const {
    flow_in(m_.target(n.closed_now));
  }
  template <class Flow>
  void aside(const auto&, Flow&) const {}

  static bool leaves(const state& s) {
    const auto* call = std::get_if<call_node>(&s.what);
    return std::holds_alternative<end_node>(s.what) || (call != nullptr && call->next.empty());
  }

  flow_model& m_;
};

std::vector<std::string> outcomes_of_called(const script_source& set, const dialog& d) {
  std::vector<std::string> out;
  for (const state& s : d.states) {
    const auto* call = std::get_if<call_node>(&s.what);
    if (call == nullptr) continue;
    for (const dialog& called : set.dialogs) {
      if (called.id == call->dialog) out.insert(out.end(), called.outcomes.begin(), called.outcomes.end());
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

const std::vector<branch>& branches_of(const node& what) {
  static const std::vector<branch> none;
  return std::visit(
      [](const auto& n) -> const std::vector<branch>& {
        if constexpr (requires { n.next; }) {
          return n.next;
        } else {
          return none;
        }
      },
      what);
}

flow_model::flow_model(const script_source& source, const dialog& dialog_to_walk)
    : set{source}, d{dialog_to_walk}, scope{source, dialog_to_walk} {
  outcome = slot_of("outcome");
  if (outcome && scope.bindings()[*outcome].where != name_binding::from::outcome) outcome.reset();
  compiler{*this}.run();
  if (!walkable) return;
  domains = cut_domains(scope, set.parameters, conditions, outcomes_of_called(set, d));
  liveness{*this}.run();
}

std::optional<std::size_t> flow_model::target(const std::string& id) const { return d.find_state(id); }

std::vector<flow_model::turn_off> flow_model::turns_off(const state& s) const {
  std::vector<turn_off> out;
  const auto add = [&](const std::string& id, bool by_timer) {
    if (const auto to = target(id)) out.push_back({*to, by_timer});
  };
  const bool asks = std::holds_alternative<ask_node>(s.what);
  if (asks || std::holds_alternative<do_node>(s.what)) add(d.on_human, false);
  if (asks || std::holds_alternative<call_node>(s.what)) add(d.on_expire, true);
  for (const own_interrupt& i : d.interrupts) {
    if (asks) add(i.to, false);
  }
  return out;
}

}  // namespace zhuqi::dialogs
