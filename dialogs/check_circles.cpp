// Strongly connected parts (Tarjan, without recursion), and the longest way through what is left.
#include "dialogs/check_circles.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t far_too_many = 1'000'000;

class rounds {
 public:
  rounds(const flow_model& m, const std::vector<place>& graph, const called_dialogs& called)
      : m_{m}, graph_{graph}, called_{called} {}

  circles run() {
    circles out;
    for (const state& s : m_.d.states) weights_.push_back(std::visit([&](const auto& n) { return weight(n); }, s.what));
    connect(false);
    const bool goes_round = !circular_.empty();
    if (goes_round) {
      connect(true);
      for (const auto& part : circular_) {
        const bool asks = std::any_of(part.begin(), part.end(), [&](std::size_t s) { return asks_at(s); });
        (asks ? out.of_questions : out.without_question).insert(part);
      }
    }
    if (!circular_.empty() && goes_round && (!out.of_questions.empty() || !out.without_question.empty())) return out;
    if (unbounded_below_) return out;
    out.questions = question_bound{longest(goes_round), goes_round || rounds_below_};
    return out;
  }

 private:
  std::size_t weight(const ask_node& n) {
    const auto index = m_.d.find_variable(n.into);
    if (!index) return 0;
    const variable& v = m_.d.vars[*index];
    const auto* files = std::get_if<file_type>(&v.type);
    auto most = static_cast<std::size_t>(std::max(n.tries, 1));
    if (files != nullptr && files->several) most *= static_cast<std::size_t>(files->max_count) + 1;
    if (v.approximate) most *= 2;                            // once more, where a range did not decide
    if (!v.slot.empty() && v.slot != language_slot) ++most;  // 「是否仍然如此」, answered by 否
    return most;
  }
  std::size_t weight(const call_node& n) {
    const auto known = called_.find(n.dialog);
    if (known == called_.end() || !known->second.questions) {
      unbounded_below_ = true;
      return 0;
    }
    rounds_below_ = rounds_below_ || known->second.questions->rounds;
    return known->second.questions->most;
  }
  std::size_t weight(const auto&) { return 0; }

  bool asks_at(std::size_t state) const {
    return std::holds_alternative<ask_node>(m_.d.states[state].what) ||
           std::holds_alternative<call_node>(m_.d.states[state].what);
  }
  bool steers(std::size_t i) const { return m_.states[graph_[i].state].steering; }

  /// Fills circular_ with the states of each part that is a circle, and order_ with the places, successors first.
  void connect(bool without_steering) {
    constexpr std::uint32_t unseen = 0;
    struct call {
      std::uint32_t place;
      std::size_t next_way;
    };
    std::vector<std::uint32_t> number(graph_.size(), unseen), low(graph_.size(), 0);
    std::vector<bool> on_stack(graph_.size(), false);
    std::vector<std::uint32_t> stack;
    std::vector<call> calls;
    std::uint32_t counter = 0;
    order_.clear();
    circular_.clear();
    const auto open = [&](std::uint32_t i) {
      number[i] = low[i] = ++counter;
      stack.push_back(i);
      on_stack[i] = true;
      calls.push_back({i, 0});
    };
    for (std::uint32_t root = 0; root < graph_.size(); ++root) {
      if (number[root] != unseen || (without_steering && steers(root))) continue;
      open(root);
      while (!calls.empty()) {
        const std::uint32_t at = calls.back().place;
        if (calls.back().next_way < graph_[at].ways.size()) {
          const place::way& w = graph_[at].ways[calls.back().next_way++];
          if (w.how == leading::command || (without_steering && steers(w.to))) continue;
          if (number[w.to] == unseen) {
            open(w.to);
          } else if (on_stack[w.to]) {
            low[at] = std::min(low[at], number[w.to]);
          }
          continue;
        }
        calls.pop_back();
        if (!calls.empty()) low[calls.back().place] = std::min(low[calls.back().place], low[at]);
        if (low[at] == number[at]) close(at, stack, on_stack);
      }
    }
  }

  void close(std::uint32_t root, std::vector<std::uint32_t>& stack, std::vector<bool>& on_stack) {
    std::set<std::size_t> states;
    std::size_t count = 0;
    for (bool done = false; !done; ++count) {
      const std::uint32_t member = stack.back();
      stack.pop_back();
      on_stack[member] = false;
      states.insert(graph_[member].state);
      order_.push_back(member);
      done = member == root;
    }
    const auto& ways = graph_[root].ways;
    const bool to_itself = std::any_of(ways.begin(), ways.end(),
                                       [&](const place::way& w) { return w.to == root && w.how != leading::command; });
    if (count > 1 || to_itself) circular_.insert(std::move(states));
  }

  /// With rounds, a way is cut where it reaches a question that lets people go round; that question belongs to the round that
  /// it ends.
  std::size_t longest(bool cut) const {
    std::vector<std::size_t> from(graph_.size(), 0);
    const auto best = [&](std::uint32_t i) {
      std::size_t most = 0;
      for (const place::way& w : graph_[i].ways) {
        if (w.how == leading::command) continue;
        most = std::max(most, cut && steers(w.to) ? weights_[graph_[w.to].state] : from[w.to]);
      }
      return std::min(most + weights_[graph_[i].state], far_too_many);
    };
    for (const std::uint32_t i : order_) from[i] = best(i);
    std::size_t most = 0;
    for (std::uint32_t i = 0; i < graph_.size(); ++i) {
      const std::size_t own = weights_[graph_[i].state];
      most = std::max(most, cut && steers(i) ? std::max(own, best(i) - own) : from[i]);
    }
    return most;
  }

  const flow_model& m_;
  const std::vector<place>& graph_;
  const called_dialogs& called_;
  std::vector<std::size_t> weights_;  ///< by state
  bool unbounded_below_ = false;
  bool rounds_below_ = false;
  std::vector<std::uint32_t> order_;
  std::set<std::set<std::size_t>> circular_;
};

}  // namespace

circles find_circles(const flow_model& m, const std::vector<place>& graph, const called_dialogs& called) {
  return rounds{m, graph, called}.run();
}

std::set<std::size_t> stuck_states(const std::vector<place>& graph) {
  std::vector<std::vector<std::uint32_t>> back(graph.size());
  std::vector<bool> good(graph.size(), false);
  std::vector<std::uint32_t> todo;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    for (const place::way& w : graph[i].ways) {
      if (w.how == leading::answer) back[w.to].push_back(i);
    }
    if (graph[i].ends) good[i] = true, todo.push_back(i);
  }
  while (!todo.empty()) {
    const std::uint32_t i = todo.back();
    todo.pop_back();
    for (const std::uint32_t from : back[i]) {
      if (!good[from]) good[from] = true, todo.push_back(from);
    }
  }
  std::set<std::size_t> out;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    if (!good[i]) out.insert(graph[i].state);
  }
  return out;
}

}  // namespace zhuqi::dialogs
