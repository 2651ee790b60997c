#include "dialogs/export_xstate.hpp"

#include "bot/base/json.hpp"
#include "dialogs/export_edges.hpp"
#include "dialogs/script_diff_fields.hpp"
#include "dialogs/script_members.hpp"

namespace zhuqi::dialogs {
namespace {

void put(json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

json said(std::string_view role, const localized& text) {
  return {{"type", "say"}, {"params", {{"role", role}, {"text", text.in(lang::zh_cn).source()}}}};
}

/// Targets are siblings, which XState names without a prefix.
json leads(const std::vector<branch>& next) {
  json out = json::array();
  for (const branch& b : next) {
    json row{{"target", b.to}};
    if (b.guard) row["guard"] = {{"type", "cel"}, {"params", {{"expression", b.guard->source}}}};
    out.push_back(std::move(row));
  }
  return out;
}

struct state_json {
  const state& s;
  json& states;

  void operator()(const ask_node& n) const {
    json meta{{"kind", "ask"}, {"into", n.into}, {"tries", n.tries}};
    json retry = json::array();
    for (const localized& r : n.retry) retry.push_back(r.in(lang::zh_cn).source());
    json checks = json::array();
    for (const answer_check& c : n.checks) {
      checks.push_back({{"that", c.that.source}, {"else", c.otherwise.in(lang::zh_cn).source()}});
    }
    if (!retry.empty()) meta["retry"] = std::move(retry);
    if (!checks.empty()) meta["checks"] = std::move(checks);
    if (!n.done.empty()) meta["done"] = n.done;
    put(meta, "why", n.why.in(lang::zh_cn).source());
    json on{{"answer", leads(n.next)}};
    if (!n.on_fail.empty()) on["error.tries"] = {{"target", n.on_fail}};
    if (!n.on_unknown.empty()) on["unknown"] = {{"target", n.on_unknown}};
    states[s.id] = {{"entry", json::array({said("ask", n.prompt)})}, {"meta", std::move(meta)}, {"on", std::move(on)}};
  }
  void operator()(const say_node& n) const {
    json meta{{"kind", "say"}};
    put(meta, "cite", n.cite);
    states[s.id] = {{"always", leads(n.next)}, {"entry", entry(n.text)}, {"meta", std::move(meta)}};
  }
  void operator()(const do_node& n) const {
    json args = json::array();
    for (const formula& a : n.args) args.push_back(a.source);
    json invoke{{"src", n.service_id}, {"input", {{"args", std::move(args)}}}, {"onDone", leads(n.next)}};
    if (!n.on_error.empty()) invoke["onError"] = {{"target", n.on_error}};
    states[s.id] = {{"entry", entry(n.say)}, {"invoke", std::move(invoke)}, {"meta", {{"kind", "do"}}}};
  }
  void operator()(const call_node& n) const {
    json with = json::object();
    for (const auto& [input, value] : n.with) with[input] = value.source;
    json take = json::object();
    for (const auto& [into, output] : n.take) take[into] = output;
    const std::string ended = s.id + "__ended";
    json done = n.next.empty() ? json{{"target", ended}} : leads(n.next);
    json invoke{{"src", "dialog:" + n.dialog}, {"input", {{"with", std::move(with)}}}, {"onDone", std::move(done)}};
    json meta{{"kind", "call"}, {"take", std::move(take)}};
    put(meta, "outcome", n.outcome);
    states[s.id] = {{"entry", entry(n.say)}, {"invoke", std::move(invoke)}, {"meta", std::move(meta)}};
    if (n.next.empty()) states[ended] = final_state({{"kind", "end"}}, {}, n.outcome);
  }
  void operator()(const handoff_node& n) const {
    json meta{{"kind", "handoff"}, {"queue", n.queue}};
    put(meta, "note", n.note.in(lang::zh_cn).source());
    put(meta, "closed_now", n.closed_now);
    if (n.sla_ms != 0) meta["sla_ms"] = n.sla_ms;
    if (!n.attach.empty()) meta["attach"] = n.attach;
    states[s.id] = final_state(std::move(meta), n.say, n.outcome);
  }
  void operator()(const end_node& n) const {
    json meta{{"kind", "end"}};
    put(meta, "cite", n.cite);
    if (n.keep != keeping::nothing) meta["save"] = keeping_names[static_cast<std::size_t>(n.keep)];
    states[s.id] = final_state(std::move(meta), n.say, n.outcome);
  }

 private:
  static json entry(const localized& text) {
    json out = json::array();
    if (!text.empty()) out.push_back(said("say", text));
    return out;
  }
  static json final_state(json meta, const localized& text, const std::string& outcome) {
    return {{"entry", entry(text)}, {"meta", std::move(meta)}, {"output", {{"outcome", outcome}}}, {"type", "final"}};
  }
};

json dialog_json(const dialog& d) {
  json states = json::object();
  for (const state& s : d.states) std::visit(state_json{s, states}, s.what);
  json on = json::object();
  for (const edge& e : edges_of(d)) {
    if (!e.from.empty()) continue;
    const std::string event = e.how == passage::by::interrupt  ? "interrupt." + std::to_string(e.index)
                              : e.how == passage::by::on_human ? std::string{"human"}
                                                               : std::string{"expire"};
    on[event] = {{"target", "." + e.to}};
  }
  json variables = json::object();
  for (const variable& v : d.vars) {
    json row{{"type", diff::type_words(v.type)}};
    put(row, "label", v.label.in(lang::zh_cn).source());
    put(row, "slot", v.slot);
    variables[v.id] = std::move(row);
  }
  json interrupts = json::array();
  for (const own_interrupt& i : d.interrupts) {
    json row{{"then", action_names[static_cast<std::size_t>(i.then)]}, {"when", i.words}};
    put(row, "say", i.say.in(lang::zh_cn).source());
    put(row, "to", i.to);
    if (i.then == own_interrupt::action::faq) row["min_percent"] = i.min_percent;
    interrupts.push_back(std::move(row));
  }
  json meta{{"title", d.title.in(lang::zh_cn).source()},
            {"variables", std::move(variables)},
            {"outcomes", d.outcomes},
            {"expire_ms", d.expire_ms},
            {"remind_ms", d.remind_ms}};
  if (!interrupts.empty()) meta["interrupts"] = std::move(interrupts);
  return {{"initial", d.start}, {"meta", std::move(meta)}, {"on", std::move(on)}, {"states", std::move(states)}};
}

}  // namespace

std::string to_xstate(const script_set& scripts, std::string_view dialog_id) {
  json states = json::object();
  for (const dialog& d : scripts.dialogs()) {
    if (dialog_id.empty() || d.id == dialog_id) states[d.id] = dialog_json(d);
  }
  const json machine{{"id", "zhuqi"},
                     {"version", scripts.version()},
                     {"initial", dialog_id.empty() ? main_menu_id : dialog_id},
                     {"states", std::move(states)}};
  return machine.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace zhuqi::dialogs
