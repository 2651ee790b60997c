#include "dialogs/export_edges.hpp"

#include <array>

namespace zhuqi::dialogs {
namespace {

struct edge_reader {
  const state& from;
  std::vector<edge>& out;

  void add(passage::by how, const std::string& to) const {
    if (!to.empty()) out.push_back({from.id, how, 0, {}, to, from.where});
  }
  void branches(const std::vector<branch>& next) const {
    for (std::size_t i = 0; i < next.size(); ++i) {
      const branch& b = next[i];
      out.push_back({from.id, passage::by::branch, i, b.guard ? b.guard->source : std::string{}, b.to, b.where});
    }
  }
  void operator()(const ask_node& n) const {
    branches(n.next);
    add(passage::by::on_fail, n.on_fail);
    add(passage::by::unknown, n.on_unknown);
  }
  void operator()(const say_node& n) const { branches(n.next); }
  void operator()(const do_node& n) const {
    branches(n.next);
    add(passage::by::on_error, n.on_error);
  }
  void operator()(const call_node& n) const { branches(n.next); }
  void operator()(const handoff_node& n) const { add(passage::by::closed, n.closed_now); }
  void operator()(const end_node&) const {}
};

}  // namespace

std::vector<edge> edges_of(const dialog& d) {
  std::vector<edge> out;
  for (const state& s : d.states) std::visit(edge_reader{s, out}, s.what);
  for (std::size_t i = 0; i < d.interrupts.size(); ++i) {
    const own_interrupt& own = d.interrupts[i];
    if (own.then == own_interrupt::action::go) {
      out.push_back({{}, passage::by::interrupt, i, {}, own.to, own.where});
    }
  }
  if (!d.on_human.empty()) out.push_back({{}, passage::by::on_human, 0, {}, d.on_human, d.where});
  if (!d.on_expire.empty()) out.push_back({{}, passage::by::on_expire, 0, {}, d.on_expire, d.where});
  return out;
}

std::string_view name_of(passage::by how) {
  constexpr std::array<std::string_view, 9> names{"entry",  "branch",    "on_fail",  "unknown",  "on_error",
                                                  "closed", "interrupt", "on_human", "on_expire"};
  return names[static_cast<std::size_t>(how)];
}

std::string_view spoken_by(const state& s) {
  const auto main = [](const localized& text) { return std::string_view{text.in(lang::zh_cn).source()}; };
  if (const auto* ask = std::get_if<ask_node>(&s.what)) return main(ask->prompt);
  if (const auto* say = std::get_if<say_node>(&s.what)) return main(say->text);
  return std::visit(
      [&](const auto& n) {
        if constexpr (requires { n.say; }) return main(n.say);
        return std::string_view{};
      },
      s.what);
}

}  // namespace zhuqi::dialogs
