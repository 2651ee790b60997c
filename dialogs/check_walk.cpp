// The walk. A place is expanded once; what it forgets (names that do not matter any more) keeps equal places together.
#include "dialogs/check_walk.hpp"

#include "dialogs/cel/evaluate.hpp"

#include <algorithm>
#include <unordered_map>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t most_gaps = 200;

class walker {
 public:
  walker(const flow_model& m, const std::string& period, const called_dialogs& called, observations& seen,
         std::vector<place>& graph, called_dialog& result)
      : m_{m},
        period_{period},
        called_{called},
        seen_{seen},
        graph_{graph},
        result_{result},
        facts_(m.scope.bindings().size()) {
    for (std::uint32_t slot = 0; slot < facts_.size(); ++slot) {
      if (m_.is_parameter(slot)) facts_[slot] = parameter_at(slot);
    }
  }

  void run() {
    valuation start(facts_.size(), 0);
    std::vector<std::pair<std::uint32_t, std::vector<std::size_t>>> given;
    for (const std::string& id : m_.d.inputs) {
      if (const auto slot = m_.slot_of(id)) given.emplace_back(*slot, all_regions(*slot));
    }
    const std::size_t first = m_.d.find_state(m_.d.start).value_or(0);
    for_each_combination(start, given, [&](const valuation& v) { enter(first, v, true, false); });
    for (std::size_t i = 0; i < graph_.size() && seen_.complete; ++i) expand(i);
  }

 private:
  cel::value parameter_at(std::uint32_t slot) const {
    const name_binding& b = m_.scope.bindings()[slot];
    for (const parameter& p : m_.set.parameters) {
      if (p.id != b.id) continue;
      if (const std::string* text = p.on(period_)) return to_value(p.type, *text, "p." + p.id);
    }
    return {};
  }

  std::vector<std::size_t> all_regions(std::uint32_t slot) const {
    std::vector<std::size_t> out(m_.domains[slot].regions.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    return out;
  }

  /// visit(valuation) with every combination of regions for some slots.
  template <class Visit>
  void for_each_combination(valuation v, const std::vector<std::pair<std::uint32_t, std::vector<std::size_t>>>& of,
                            Visit visit) {
    std::vector<std::size_t> at(of.size(), 0);
    for (std::size_t made = 0; made <= most_places; ++made) {
      for (std::size_t i = 0; i < of.size(); ++i) v[of[i].first] = static_cast<char16_t>(of[i].second[at[i]] + 1);
      visit(v);
      std::size_t i = 0;
      while (i < of.size() && ++at[i] == of[i].second.size()) at[i++] = 0;
      if (i == of.size()) return;
    }
    seen_.complete = false;
  }

  /// The number of the place, made where it is new.
  std::uint32_t enter(std::size_t state, valuation known, bool spoken, bool expiring) {
    const state_model& s = m_.states[state];
    for (std::size_t slot = 0; slot < known.size(); ++slot) {
      if (!s.live[slot]) known[slot] = 0;
      if (known[slot] != 0 && !s.decisive[slot]) known[slot] = 1;
    }
    if (s.answer && m_.d.vars[*m_.d.find_variable(std::get<ask_node>(m_.d.states[state].what).into)].label.empty()) {
      known[*s.answer] = 0;  // the engine forgets it: a step of the way
    }
    valuation key = known;
    key += static_cast<char16_t>(state);
    key += static_cast<char16_t>((spoken ? 1 : 0) + (expiring ? 2 : 0));
    const auto [at, is_new] = places_.emplace(std::move(key), static_cast<std::uint32_t>(graph_.size()));
    if (is_new) {
      if (graph_.size() >= most_places) seen_.complete = false;
      graph_.push_back({static_cast<std::uint32_t>(state), std::move(known), expiring, spoken, false, {}});
      seen_.visited[state] = true;
    }
    return at->second;
  }

  void lead(std::size_t from, std::size_t state, const valuation& known, bool spoken, leading how) {
    const std::uint32_t to = enter(state, known, spoken, graph_[from].expiring);
    graph_[from].ways.push_back({to, how});
  }

  void expand(std::size_t i) {
    const place here = graph_[i];
    const state& s = m_.d.states[here.state];
    check_reads(here.state, m_.states[here.state].reads, here.known);
    std::visit([&](const auto& n) { expand(i, here, n); }, s.what);
    for (const auto& [to, by_timer] : m_.turns_off(s)) {
      const std::uint32_t there = enter(to, here.known, by_timer, by_timer || here.expiring);
      graph_[i].ways.push_back({there, leading::command});
    }
  }

  void check_reads(std::size_t state, const std::vector<name_read>& reads, const valuation& known) {
    for (const name_read& r : reads) {
      if (known[r.slot] != 0 || m_.is_parameter(r.slot)) continue;
      seen_.unset_reads.emplace(std::tuple{r.where.line, r.where.column, r.source, r.slot}, state);
    }
  }

  // --- kinds of states ---

  void expand(std::size_t i, const place& here, const ask_node& n) {
    const state_model& model = m_.states[here.state];
    const auto aside = [&](const std::string& id, const valuation& known) {
      if (const auto to = m_.target(id)) lead(i, *to, known, false, leading::miss);
    };
    aside(n.on_fail, here.known);
    if (!n.checks.empty() && here.known[*model.answer] != 0) {
      valuation cleared = here.known;  // an answer that a check refuses replaces the one before
      cleared[*model.answer] = 0;
      aside(n.on_fail, cleared);
    }
    aside(n.on_unknown, here.known);
    valuation after = here.known;
    for (std::size_t r = 0; r < m_.domains[*model.answer].regions.size(); ++r) {
      after[*model.answer] = static_cast<char16_t>(r + 1);
      check_reads(here.state, model.told, after);
      if (passes_checks(here.state, model, after)) follow(i, after, false);
    }
  }

  void expand(std::size_t i, const place& here, const say_node& n) {
    follow(i, here.known, here.spoken || !n.text.empty());
  }

  void expand(std::size_t i, const place& here, const do_node& n) {
    if (const auto to = m_.target(n.on_error)) lead(i, *to, here.known, false, leading::miss);
    const auto service_called = std::find_if(m_.set.services.begin(), m_.set.services.end(),
                                             [&](const service& s) { return s.id == n.service_id; });
    valuation after = here.known;
    std::vector<std::pair<std::uint32_t, std::vector<std::size_t>>> fields;
    for (std::uint32_t slot = 0; slot < after.size(); ++slot) {
      if (m_.is_result(slot)) after[slot] = 0;
    }
    for (const service::field& f : service_called->returns) {
      const auto slot = m_.slot_of("result." + f.id);
      if (slot) fields.emplace_back(*slot, relevant_regions(*slot, here.state, f.type));
    }
    for_each_combination(after, fields, [&](const valuation& v) { follow(i, v, false); });
  }

  void expand(std::size_t i, const place& here, const call_node& n) {
    const auto known = called_.find(n.dialog);
    if (known == called_.end() || !known->second.walked) {
      graph_[i].ends = true;
      seen_.below_unknown = true;
      seen_.complete = false;
      return;
    }
    const called_dialog& callee = known->second;
    if (callee.reaches_human || n.next.empty()) graph_[i].ends = true;
    if (callee.reaches_human) result_.reaches_human = true;
    for (const auto& [outcome, outputs] : callee.returns) {
      valuation after = here.known;
      if (m_.outcome) after[*m_.outcome] = region_of_outcome(outcome);
      std::vector<std::pair<std::uint32_t, std::vector<std::size_t>>> taken;
      for (const call_node::taken& t : n.take) {
        const auto slot = m_.slot_of(t.into);
        if (slot && outputs.contains(t.output)) {
          taken.emplace_back(*slot, relevant_regions(*slot, here.state, type_of_output(n.dialog, t.output)));
        }
      }
      for_each_combination(after, taken, [&](const valuation& v) {
        if (n.next.empty()) {
          returns(i, n.outcome, v);
        } else {
          follow(i, v, true);
        }
      });
    }
  }

  void expand(std::size_t i, const place& here, const handoff_node& n) {
    graph_[i].ends = true;
    result_.reaches_human = true;
    if (n.say.empty() && !here.spoken) seen_.silent.insert(here.state);
    const auto closed = m_.target(n.closed_now);
    if (!closed) return;
    seen_.visited[*closed] = true;
    check_reads(*closed, m_.states[*closed].reads, here.known);
  }

  void expand(std::size_t i, const place& here, const end_node& n) {
    graph_[i].ends = true;
    if (n.say.empty() && !here.spoken && !speaks_by_language()) seen_.silent.insert(here.state);
    returns(i, n.outcome, here.known);
  }

  void returns(std::size_t i, const std::string& outcome, const valuation& known) {
    if (graph_[i].expiring) return;
    std::set<std::string> outputs;
    for (const std::string& id : m_.d.outputs) {
      const auto slot = m_.slot_of(id);
      if (slot && known[*slot] != 0) outputs.insert(id);
    }
    result_.returns.emplace(outcome, std::move(outputs));
  }

  /// Whoever has chosen a language sees that by the language of what comes next.
  bool speaks_by_language() const {
    return std::any_of(m_.d.vars.begin(), m_.d.vars.end(), [](const variable& v) { return v.slot == language_slot; });
  }

  char16_t region_of_outcome(const std::string& outcome) const {
    const auto& regions = m_.domains[*m_.outcome].regions;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      if (regions[r].text == outcome) return static_cast<char16_t>(r + 1);
    }
    return 1;
  }

  variable_type type_of_output(const std::string& dialog_id, const std::string& output) const {
    for (const dialog& d : m_.set.dialogs) {
      const auto index = d.id == dialog_id ? d.find_variable(output) : std::nullopt;
      if (index) return d.vars[*index].type;
    }
    return yes_no_type{};
  }

  /// All regions that a value of the type can be in; one stands for all where no condition follows that tells them apart.
  std::vector<std::size_t> relevant_regions(std::uint32_t slot, std::size_t state, const variable_type& type) const {
    const auto read_by = [&](const std::vector<name_read>& reads) {
      return std::any_of(reads.begin(), reads.end(), [&](const name_read& r) { return r.slot == slot; });
    };
    bool decisive = read_by(m_.states[state].led);
    for (const branch& b : branches_of(m_.d.states[state].what)) {
      const auto to = m_.target(b.to);
      decisive = decisive || (to && m_.states[*to].decisive[slot]);
    }
    std::vector<std::size_t> out = decisive ? regions_within(m_.domains[slot], type) : std::vector<std::size_t>{};
    return out.empty() ? std::vector<std::size_t>{0} : out;
  }

  // --- conditions ---

  cel::value evaluate(std::size_t condition_index, const valuation& known) {
    const condition& c = m_.conditions[condition_index];
    for (const std::uint32_t slot : c.reads) {
      if (m_.is_parameter(slot)) continue;
      facts_[slot] = known[slot] == 0 ? cel::value{} : m_.domains[slot].regions[known[slot] - 1u].fact;
    }
    return cel::evaluate(*c.code, facts_);
  }

  /// Either a name is not set that the condition needs (`local && n > 10` does not need n where local is false), or its
  /// regions do not decide it, which is a matter for people.
  void note_undecided(std::size_t state, std::size_t condition_index, const valuation& known) {
    const condition& c = m_.conditions[condition_index];
    bool all_set = true;
    for (const std::uint32_t slot : c.reads) {
      const bool set = m_.is_parameter(slot) ? !facts_[slot].is(cel::kind::unset) : known[slot] != 0;
      all_set = all_set && set;
      if (!set && !m_.is_parameter(slot)) {
        seen_.unset_reads.emplace(std::tuple{c.where.line, c.where.column, c.source, slot}, state);
      }
    }
    if (all_set) seen_.unproved.emplace(state, condition_index);
  }

  bool passes_checks(std::size_t state, const state_model& model, const valuation& known) {
    for (const std::size_t c : model.checks) {
      const cel::value v = evaluate(c, known);
      if (v.is_false()) return false;
      // What no region decides is no gap: passing and failing both lead somewhere. Only a value that nobody asked for is one.
      if (v.is(cel::kind::error)) note_undecided(state, c, known);
    }
    return true;
  }

  void follow(std::size_t i, const valuation& known, bool spoken) {
    const std::size_t state = graph_[i].state;
    const state_model& model = m_.states[state];
    const std::vector<branch>& branches = branches_of(m_.d.states[state].what);
    std::vector<cel::value> holds;
    holds.reserve(model.guards.size());
    for (const auto& guard : model.guards) holds.push_back(guard ? evaluate(*guard, known) : cel::value::boolean(true));
    note_pairs(state, model, holds);
    bool taken = false, undecided = false;
    for (std::size_t b = 0; b < branches.size(); ++b) {
      branch_seen& seen = seen_.branches[state][b];
      ++seen.tried;
      const bool maybe = !holds[b].is_true() && !holds[b].is_false();
      if (maybe) seen.undecided = true;
      if (maybe && !taken) note_undecided(state, *model.guards[b], known);
      if (holds[b].is_true()) ++seen.held;
      if (taken || holds[b].is_false()) continue;
      ++seen.taken;
      lead(i, *m_.target(branches[b].to), known, spoken, leading::answer);
      taken = holds[b].is_true();
      undecided = undecided || maybe;
    }
    if (taken) return;
    graph_[i].ends = true;
    if (undecided) {
      seen_.open_ends.insert(state);
    } else if (auto& gaps = seen_.gaps[state]; gaps.size() < most_gaps) {
      gaps.push_back({known, period_});
    }
  }

  void note_pairs(std::size_t state, const state_model& model, const std::vector<cel::value>& holds) {
    for (std::size_t a = 0; a < holds.size(); ++a) {
      for (std::size_t b = a + 1; b < holds.size() && model.guards[a]; ++b) {
        if (!model.guards[b] || (!holds[a].is_true() && !holds[b].is_true())) continue;
        pair_seen& seen = seen_.pairs[{state, {a, b}}];
        if (holds[a].is_true() && holds[b].is_true()) seen.both = true;
        if (holds[b].is_false()) seen.first_only = true;
        if (holds[a].is_false()) seen.second_only = true;
      }
    }
  }

  const flow_model& m_;
  const std::string& period_;
  const called_dialogs& called_;
  observations& seen_;
  std::vector<place>& graph_;
  called_dialog& result_;
  std::vector<cel::value> facts_;
  std::unordered_map<std::u16string, std::uint32_t> places_;
};

}  // namespace

std::vector<std::string> periods_of(const script_source& set, const dialog& d) {
  std::string begin;
  std::set<std::string> days;
  for (const parameter& p : set.parameters) {
    if (std::find(d.params.begin(), d.params.end(), p.id) == d.params.end() || p.values.empty()) continue;
    begin = std::max(begin, p.values.front().from);
    for (const parameter::dated& v : p.values) days.insert(v.from);
  }
  days.erase(days.begin(), days.lower_bound(begin));
  return days.empty() ? std::vector<std::string>{""} : std::vector<std::string>{days.begin(), days.end()};
}

void walk(const flow_model& m, const std::string& period, const called_dialogs& called, observations& seen,
          std::vector<place>& graph, called_dialog& result) {
  walker{m, period, called, seen, graph, result}.run();
}

}  // namespace zhuqi::dialogs
