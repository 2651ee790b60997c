// From what a walk saw to findings. Errors only where the walk saw everything; what its regions do not decide is a warning.
#include "dialogs/check_flow.hpp"

#include "dialogs/check_circles.hpp"
#include "dialogs/check_graph.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

std::string ids_in(const dialog& d, const std::set<std::size_t>& states) {
  std::string out;
  for (const std::size_t s : states) out += (out.empty() ? "" : ", ") + d.states[s].id;
  return out;
}

/// Limits that regions do not know: a pattern, a day that moves. A gap may be of values that never occur.
bool has_other_limits(const variable_type& type) {
  if (const auto* text = std::get_if<text_type>(&type)) return !text->pattern.empty();
  if (const auto* date = std::get_if<values::date_type>(&type)) return date->min_days || date->max_days;
  const auto* month = std::get_if<values::month_type>(&type);
  return month != nullptr && (month->min_months || month->max_months);
}

/// The findings about one dialog.
class verdict {
 public:
  verdict(const flow_model& m, const observations& seen, std::vector<diagnostic>& out)
      : m_{m}, seen_{seen}, out_{out} {}

  void run() {
    unset_reads();
    for (const auto& [state, gaps] : seen_.gaps) gap(state, gaps);
    for (const std::size_t s : seen_.open_ends) {
      add(branches_of(m_.d.states[s].what).back().where, rule::missing_otherwise, {m_.d.states[s].id});
    }
    for (const std::size_t s : seen_.silent) add(s, rule::silent_end);
    for (const auto& [s, c] : seen_.unproved) {
      const std::string& condition_text = m_.conditions[c].source;
      add(m_.d.states[s].where, rule::not_proved,
          {m_.d.states[s].id, "条件「" + condition_text + "」不能由变量的取值区间判定",
           "its regions do not decide \"" + condition_text + '"'});
    }
    if (!seen_.complete) return;
    for (std::size_t s = 0; s < m_.d.states.size(); ++s) {
      if (!seen_.visited[s]) add(s, rule::unreachable_state);
      dead_branches(s);
    }
    for (const auto& [where, pair] : seen_.pairs) overlap(where.first, where.second.first, where.second.second, pair);
  }

 private:
  void add(source_mark at, rule what, std::vector<std::string> args) {
    out_.push_back({m_.d.file, at.line, at.column, what, std::move(args)});
  }
  void add(std::size_t state, rule what) { add(m_.d.states[state].where, what, {m_.d.states[state].id}); }

  const std::string& name_of(std::uint32_t slot) const { return m_.scope.names().variables()[slot].name; }

  void unset_reads() {
    for (const auto& [read, state] : seen_.unset_reads) {
      const auto& [line, column, source, slot] = read;
      const bool answered = m_.scope.bindings()[slot].where == name_binding::from::variable;
      add({line, column}, answered ? rule::read_before_asked : rule::no_result_yet,
          {name_of(slot), m_.d.states[state].id, source});
    }
  }

  /// The values that no branch is for: name by name, the regions that occur.
  void gap(std::size_t state, const std::vector<gap_seen>& gaps) {
    std::set<std::uint32_t> slots;
    for (const auto& guard : m_.states[state].guards) {
      if (!guard) continue;
      for (const std::uint32_t slot : m_.conditions[*guard].reads) {
        if (!m_.is_parameter(slot)) slots.insert(slot);
      }
    }
    // With several names the first gap is an example; one name's gaps together are all of it.
    const std::size_t shown = slots.size() == 1 ? gaps.size() : 1;
    std::string zh, en;
    for (const std::uint32_t slot : slots) {
      std::set<std::size_t> regions;
      for (std::size_t i = 0; i < shown; ++i) {
        if (gaps[i].period == gaps.front().period && gaps[i].known[slot] != 0) regions.insert(gaps[i].known[slot] - 1u);
      }
      if (regions.empty()) continue;
      const std::string words = words_of(m_.domains[slot], std::vector<std::size_t>{regions.begin(), regions.end()});
      zh += (zh.empty() ? "" : "，") + name_of(slot) + " 为 " + words;
      en += (en.empty() ? "" : ", ") + name_of(slot) + " = " + words;
    }
    const bool may_not_occur = std::any_of(slots.begin(), slots.end(), [&](std::uint32_t slot) {
      return has_other_limits(m_.scope.bindings()[slot].type);
    });
    if (may_not_occur) {
      return add(branches_of(m_.d.states[state].what).back().where, rule::missing_otherwise, {m_.d.states[state].id});
    }
    const std::string& period = gaps.front().period;
    if (!period.empty()) zh += "（" + period + " 起）", en += " (from " + period + ")";
    add(branches_of(m_.d.states[state].what).back().where, rule::guard_gap, {m_.d.states[state].id, zh, en});
  }

  void dead_branches(std::size_t s) {
    const std::vector<branch>& branches = branches_of(m_.d.states[s].what);
    for (std::size_t b = 0; b < branches.size(); ++b) {
      const branch_seen& seen = seen_.branches[s][b];
      if (b > 0 && !branches[b - 1].guard) return;  // branch_after_otherwise
      if (!branches[b].guard || seen.tried == 0 || seen.undecided || seen.taken > 0) continue;
      add(branches[b].where, seen.held == 0 ? rule::impossible_branch : rule::shadowed_branch,
          {m_.d.states[s].id, branches[b].guard->source});
    }
  }

  /// A ladder from the narrow to the wide is how first-true-wins is meant to be written, and so is a list of conditions on
  /// different names. Two conditions on the same names that cross each other are not.
  void overlap(std::size_t s, std::size_t first, std::size_t second, const pair_seen& seen) {
    const std::vector<branch>& branches = branches_of(m_.d.states[s].what);
    const bool crossing = seen.both && seen.first_only && seen.second_only;
    if (!crossing || branches[first].to == branches[second].to) return;
    const auto names = [&](std::size_t b) {
      std::set<std::uint32_t> out;
      for (const std::uint32_t slot : m_.conditions[*m_.states[s].guards[b]].reads) {
        if (!m_.is_parameter(slot)) out.insert(slot);
      }
      return out;
    };
    if (names(first) != names(second)) return;
    add(branches[second].where, rule::overlapping_branches,
        {m_.d.states[s].id, branches[first].guard->source, branches[second].guard->source, branches[first].to});
  }

  const flow_model& m_;
  const observations& seen_;
  std::vector<diagnostic>& out_;
};

/// Walks dialogs on demand, called ones before their callers.
class prover {
 public:
  prover(const script_source& source, std::vector<diagnostic>& out) : source_{source}, out_{out} {}

  void prove(const dialog& d) {
    if (!done_.insert(d.id).second) return;
    for (const state& s : d.states) {
      const auto* call = std::get_if<call_node>(&s.what);
      if (call == nullptr) continue;
      for (const dialog& called : source_.dialogs) {
        if (called.id == call->dialog && depth_ < most_depth) {
          ++depth_;
          prove(called);
          --depth_;
        }
      }
    }
    const flow_model m{source_, d};
    if (!m.walkable) return check_graph(d, out_);
    walk_all(m);
  }

  called_dialogs take() { return std::move(called_); }

 private:
  static constexpr int most_depth = 64;

  void walk_all(const flow_model& m) {
    observations seen;
    seen.visited.resize(m.d.states.size());
    for (const state& s : m.d.states) seen.branches.emplace_back(branches_of(s.what).size());
    called_dialog result;
    circles all;
    all.questions = question_bound{};
    std::set<std::size_t> stuck;
    for (const std::string& period : periods_of(source_, m.d)) {
      std::vector<place> graph;
      walk(m, period, called_, seen, graph, result);
      if (!seen.complete) break;
      join(all, find_circles(m, graph, called_));
      stuck.merge(stuck_states(graph));
    }
    verdict{m, seen, out_}.run();
    report(m.d, seen, all, stuck);
    result.walked = seen.complete;
    result.questions = seen.complete ? all.questions : std::nullopt;
    called_[m.d.id] = std::move(result);
  }

  static void join(circles& all, circles found) {
    all.of_questions.merge(found.of_questions);
    all.without_question.merge(found.without_question);
    if (!found.questions) all.questions.reset();
    if (!all.questions) return;
    all.questions->most = std::max(all.questions->most, found.questions->most);
    all.questions->rounds = all.questions->rounds || found.questions->rounds;
  }

  void report(const dialog& d, const observations& seen, const circles& all, const std::set<std::size_t>& stuck) {
    const auto add = [&](std::size_t state, rule what, std::vector<std::string> args) {
      out_.push_back({d.file, d.states[state].where.line, d.states[state].where.column, what, std::move(args)});
    };
    if (!seen.complete) {
      const std::string most = std::to_string(most_places);
      if (!seen.below_unknown) {
        out_.push_back({d.file,
                        d.where.line,
                        d.where.column,
                        rule::not_proved,
                        {d.id, "情形超过 " + most + " 种", "it has over " + most + " cases"}});
      }
      return check_graph(d, out_);
    }
    for (const auto& part : all.without_question) {
      add(*part.begin(), rule::endless_without_question, {d.states[*part.begin()].id});
    }
    // Where nothing leads out, that is what is wrong; a circle is only one way to make it so.
    const bool may_stay = d.id == main_menu_id;  // the menu goes round for ever by design: it is left by what it calls
    for (const auto& part : all.of_questions) {
      if (!may_stay && std::includes(stuck.begin(), stuck.end(), part.begin(), part.end())) continue;
      add(*part.begin(), rule::uncapped_loop, {d.states[*part.begin()].id, ids_in(d, part)});
    }
    for (const std::size_t s : stuck) {
      const bool silent = std::any_of(all.without_question.begin(), all.without_question.end(),
                                      [&](const auto& part) { return part.contains(s); });
      if (!may_stay && !silent) add(s, rule::no_path_to_end, {d.states[s].id});
    }
  }

  const script_source& source_;
  std::vector<diagnostic>& out_;
  std::set<std::string> done_;
  called_dialogs called_;
  int depth_ = 0;
};

}  // namespace

called_dialogs check_flow(const script_source& source, std::vector<diagnostic>& out) {
  prover p{source, out};
  for (const dialog& d : source.dialogs) p.prove(d);
  return p.take();
}

std::optional<question_bound> questions_of(const script_source& source, const dialog& d) {
  std::vector<diagnostic> unheard;
  prover p{source, unheard};
  p.prove(d);
  const called_dialogs walked = p.take();
  const auto found = walked.find(d.id);
  return found != walked.end() ? found->second.questions : std::nullopt;
}

std::optional<std::size_t> most_questions(const script_source& source, const dialog& d) {
  const auto bound = questions_of(source, d);
  return bound && !bound->rounds ? std::optional{bound->most} : std::nullopt;
}

}  // namespace zhuqi::dialogs
