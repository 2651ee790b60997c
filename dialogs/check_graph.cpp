// States as a graph. An answer leads along `next`; failing leads along `on_fail`, which counts for reaching a state but not for
// reaching an end: a dialog that only ends when its user gives up is broken.
#include "dialogs/check_graph.hpp"

#include <algorithm>
#include <string>

namespace zhuqi::dialogs {
namespace {

struct edges {
  std::vector<std::size_t> next;   ///< by answering or going on
  std::vector<std::size_t> other;  ///< by failing
  bool waits = false;
  bool ends = false;
};

class state_graph {
 public:
  explicit state_graph(const dialog& d) : d_{d} {
    for (const state& s : d.states) {
      std::visit([&](const auto& n) { nodes_.push_back(edges_of(n)); }, s.what);
    }
  }

  std::vector<bool> reachable() const {
    std::vector<bool> seen(nodes_.size());
    std::vector<std::size_t> todo;
    const auto visit = [&](std::optional<std::size_t> to) {
      if (to && !seen[*to]) seen[*to] = true, todo.push_back(*to);
    };
    visit(d_.find_state(d_.start));
    for (const std::string* id : {&d_.on_human, &d_.on_expire}) visit(d_.find_state(*id));
    for (const own_interrupt& i : d_.interrupts) visit(d_.find_state(i.to));
    while (!todo.empty()) {
      const edges& e = nodes_[todo.back()];
      todo.pop_back();
      for (std::size_t to : e.next) visit(to);
      for (std::size_t to : e.other) visit(to);
    }
    return seen;
  }

  /// States from which some way of answering reaches an end or a human.
  std::vector<bool> ending() const {
    std::vector<bool> good(nodes_.size());
    for (bool grew = true; grew;) {
      grew = false;
      for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const auto& next = nodes_[i].next;
        const bool now =
            nodes_[i].ends || std::any_of(next.begin(), next.end(), [&](std::size_t to) { return good[to]; });
        if (now && !good[i]) good[i] = grew = true;
      }
    }
    return good;
  }

  /// Whether `from` can come back to itself without a question on the way.
  bool circles_silently(std::size_t from) const {
    if (nodes_[from].waits) return false;
    std::vector<bool> seen(nodes_.size());
    std::vector<std::size_t> todo{from};
    while (!todo.empty()) {
      const std::size_t at = todo.back();
      todo.pop_back();
      for (std::size_t to : nodes_[at].next) {
        if (to == from) return true;
        if (!seen[to] && !nodes_[to].waits) seen[to] = true, todo.push_back(to);
      }
    }
    return false;
  }

 private:
  std::vector<std::size_t> targets(const std::vector<branch>& next) const {
    std::vector<std::size_t> out;
    for (const branch& b : next) {
      if (const auto to = d_.find_state(b.to)) out.push_back(*to);
    }
    return out;
  }

  edges edges_of(const ask_node& n) const {
    edges e{targets(n.next), {}, true, false};
    for (const std::string* id : {&n.on_fail, &n.on_unknown}) {
      if (const auto to = d_.find_state(*id)) e.other.push_back(*to);
    }
    return e;
  }
  edges edges_of(const do_node& n) const {
    edges e{targets(n.next), {}, true, false};
    if (const auto to = d_.find_state(n.on_error)) e.other.push_back(*to);
    return e;
  }
  edges edges_of(const say_node& n) const { return {targets(n.next), {}, false, false}; }
  edges edges_of(const call_node& n) const { return {targets(n.next), {}, true, n.next.empty()}; }
  edges edges_of(const handoff_node& n) const {
    edges e{{}, {}, true, true};
    if (const auto to = d_.find_state(n.closed_now)) e.other.push_back(*to);
    return e;
  }
  edges edges_of(const end_node&) const { return {{}, {}, false, true}; }

  const dialog& d_;
  std::vector<edges> nodes_;
};

}  // namespace

void check_graph(const dialog& d, std::vector<diagnostic>& out) {
  const state_graph graph{d};
  const std::vector<bool> reachable = graph.reachable();
  const std::vector<bool> ending = graph.ending();
  // The menu goes round for ever by design: it is left by what it calls.
  const bool may_go_round = d.id == main_menu_id;
  for (std::size_t i = 0; i < d.states.size(); ++i) {
    const state& s = d.states[i];
    const auto add = [&](rule what) { out.push_back({d.file, s.where.line, s.where.column, what, {s.id}}); };
    if (!reachable[i]) {
      add(rule::unreachable_state);
    } else if (graph.circles_silently(i)) {
      add(rule::endless_without_question);
    } else if (!ending[i] && !may_go_round) {
      add(rule::no_path_to_end);
    }
  }
}

void check_calls(const script_source& source, std::vector<diagnostic>& out) {
  const auto& all = source.dialogs;
  const auto index = [&](const std::string& id) {
    return static_cast<std::size_t>(std::find_if(all.begin(), all.end(), [&](const dialog& d) { return d.id == id; }) -
                                    all.begin());
  };
  for (std::size_t from = 0; from < all.size(); ++from) {
    std::vector<std::string> way(all.size());
    std::vector<std::size_t> todo{from};
    while (!todo.empty()) {
      const std::size_t at = todo.back();
      todo.pop_back();
      for (const state& s : all[at].states) {
        const auto* call = std::get_if<call_node>(&s.what);
        const std::size_t to = call != nullptr ? index(call->dialog) : all.size();
        if (to == all.size()) continue;
        const std::string here = (way[at].empty() ? all[at].id : way[at]) + " → " + all[to].id;
        if (to == from) {
          out.push_back({all[at].file, s.where.line, s.where.column, rule::recursive_call, {all[from].id, here}});
        } else if (way[to].empty()) {
          way[to] = here;
          todo.push_back(to);
        }
      }
    }
  }
}

}  // namespace zhuqi::dialogs
