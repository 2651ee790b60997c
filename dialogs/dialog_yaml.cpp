// Which keys stand where in a dialog, and what they become.
#include "dialogs/dialog_yaml.hpp"

#include "bot/base/text.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr int max_tries = 9;
constexpr std::int64_t default_fresh_ms = 180LL * 24 * 3600 * 1000;

class dialog_reader {
 public:
  explicit dialog_reader(const yaml_findings& findings) : findings_{findings} {}

  dialog read(const yaml_node& root) {
    const yaml_fields f{findings_,
                        root,
                        "dialog",
                        {"dialog", "title", "start", "inputs", "outputs", "params", "vars", "outcomes", "defaults",
                         "interrupts", "states"}};
    dialog d;
    d.file = findings_.file;
    d.where = root.where;
    d.id = f.id("dialog");
    d.title = f.sentence("title");
    d.start = f.id("start");
    d.inputs = f.texts("inputs");
    d.outputs = f.texts("outputs");
    d.params = f.texts("params");
    d.outcomes = f.texts("outcomes");
    for (std::string_view key : {"title", "start", "outcomes", "states"}) f.require(key);
    read_defaults(f, d);
    if (const yaml_node* vars = f.mapping("vars")) {
      for (const auto& [key, value] : vars->pairs) read_variable(key, value, d);
    }
    if (const yaml_node* list = f.list("interrupts")) {
      for (const yaml_node& row : list->items) read_interrupt(row, d);
    }
    if (const yaml_node* states = f.mapping("states")) {
      for (const auto& [key, value] : states->pairs) read_state(key, value, d);
    }
    return d;
  }

 private:
  void read_defaults(const yaml_fields& dialog_fields, dialog& d) {
    const yaml_node* node = dialog_fields.mapping("defaults");
    if (node == nullptr) {
      findings_.add(dialog_fields.where(), rule::missing_expiry, {d.id});
      return;
    }
    const yaml_fields f{
        findings_, *node, "defaults", {"tries", "on_fail", "on_human", "remind", "expire", "on_expire"}};
    tries_ = f.number("tries", 1, max_tries).value_or(0);
    on_fail_ = f.id("on_fail");
    d.on_human = f.id("on_human");
    d.remind_ms = f.durations("remind").value_or(std::vector<std::int64_t>{});
    d.on_expire = f.id("on_expire");
    const auto expire = f.duration("expire");
    d.expire_ms = expire.value_or(0);
    if (!f.has("expire") || (d.expire_ms > 0 && d.on_expire.empty())) {
      findings_.add(node->where, rule::missing_expiry, {d.id});
    }
  }

  void read_variable(const yaml_node& key, const yaml_node& value, dialog& d) {
    variable v;
    v.id = checked_id(findings_, key);
    v.where = key.where;
    if (value.what != yaml_node::kind::mapping || v.id.empty()) {
      if (!v.id.empty()) wrong_type(findings_, value.where, v.id, a_mapping);
      return;
    }
    v.type = read_type(findings_, value, v.id, {"label", "slot", "fresh", "approximate", "pii", "keep"});
    const yaml_fields f{findings_, value, v.id};
    v.label = f.sentence("label");
    v.slot = f.id("slot");
    v.fresh_ms = v.slot.empty() ? 0 : f.duration("fresh").value_or(default_fresh_ms);
    v.approximate = f.flag("approximate");
    v.personal = f.flag("pii") || std::holds_alternative<values::id_number_type>(v.type);
    v.keep_ms = f.duration("keep").value_or(0);
    if (f.has("fresh") && v.slot.empty()) findings_.add(f.raw("fresh")->where, rule::unknown_key, {"fresh", "slot"});
    d.vars.push_back(std::move(v));
  }

  void read_interrupt(const yaml_node& row, dialog& d) {
    const yaml_fields f{findings_, row, "interrupts", {"when", "say", "to", "then", "do", "min_score"}};
    if (!f.usable()) return;
    own_interrupt i;
    i.where = row.where;
    i.words = f.texts("when");
    i.say = f.sentence("say");
    i.to = f.id("to");
    f.require("when");
    const bool faq = i.words.size() == 1 && i.words.front() == "faq";
    if (faq) i.words.clear();
    i.min_percent = f.percent("min_score").value_or(i.min_percent);
    i.then = faq             ? own_interrupt::action::faq
             : f.has("do")   ? own_interrupt::action::back
             : !i.to.empty() ? own_interrupt::action::go
                             : own_interrupt::action::resume;
    const int ways = (i.say.empty() ? 0 : 1) + (i.to.empty() ? 0 : 1) + (f.has("do") ? 1 : 0) + (faq ? 1 : 0);
    if (ways != 1) {
      findings_.add(row.where, rule::bad_value,
                    {"interrupts", "when", "{when, say, then: resume}, {when, to}, {when, do: back}, {when: faq}"});
    }
    f.only("then", {"resume"});
    f.only("do", {"back"});
    d.interrupts.push_back(std::move(i));
  }

  std::vector<branch> read_next(const yaml_fields& f) {
    std::vector<branch> out;
    const yaml_node* next = f.raw("next");
    if (next == nullptr) return out;
    if (next->what == yaml_node::kind::scalar) {
      out.push_back({std::nullopt, f.id("next"), 0, next->where});
    } else if (next->what != yaml_node::kind::list) {
      wrong_type(findings_, next->where, "next", a_list);
    }
    for (const yaml_node& row : next->items) {
      const yaml_fields b{findings_, row, "next", {"if", "to"}};
      if (!b.usable()) continue;
      b.require("to");
      branch made{std::nullopt, b.id("to"), 0, row.where};
      if (b.has("if")) made.guard = b.expression("if");
      out.push_back(std::move(made));
    }
    return out;
  }

  void read_state(const yaml_node& key, const yaml_node& value, dialog& d) {
    state s{checked_id(findings_, key), end_node{}, key.where};
    if (value.what != yaml_node::kind::mapping) {
      wrong_type(findings_, value.where, s.id, a_mapping);
      return;
    }
    if (s.id.empty()) return;
    if (value.find("ask") != nullptr) {
      s.what = read_ask(value, s.id);
    } else if (value.find("do") != nullptr) {
      s.what = read_do(value, s.id);
    } else if (value.find("handoff") != nullptr) {
      s.what = read_handoff(value, s.id);
    } else if (value.find("call") != nullptr) {
      s.what = read_call(value, s.id);
    } else if (value.find("end") != nullptr) {
      s.what = read_end(value, s.id);
    } else {
      const yaml_fields f{findings_, value, s.id, {"say", "cite", "next"}};
      if (!f.has("say") || !f.has("next"))
        findings_.add(value.where, rule::kind_unclear, {s.id, "ask, say, do, call, handoff, end"});
      s.what = say_node{f.sentence("say"), f.text("cite"), read_next(f)};
    }
    d.states.push_back(std::move(s));
  }

  ask_node read_ask(const yaml_node& value, const std::string& id) {
    const yaml_fields f{
        findings_, value, id, {"ask", "into", "retry", "why", "checks", "tries", "on_fail", "unknown", "done", "next"}};
    ask_node n;
    n.prompt = f.sentence("ask");
    n.into = f.has("into") ? f.id("into") : id;
    n.retry = f.sentences("retry");
    n.why = f.sentence("why");
    n.tries = f.number("tries", 1, max_tries).value_or(tries_);
    n.on_fail = f.has("on_fail") ? f.id("on_fail") : on_fail_;
    n.on_unknown = f.id("unknown");
    n.done = f.texts("done");
    n.next = read_next(f);
    f.require("next");
    if (const yaml_node* checks = f.list("checks")) {
      for (const yaml_node& row : checks->items) {
        const yaml_fields c{findings_, row, "checks", {"that", "else"}};
        c.require("that");
        c.require("else");
        if (c.usable()) n.checks.push_back({c.expression("that"), c.sentence("else")});
      }
    }
    if (n.tries == 0) findings_.add(value.where, rule::missing_tries, {id});
    if (n.on_fail.empty()) findings_.add(value.where, rule::missing_on_fail, {id});
    return n;
  }

  do_node read_do(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "do", "on_error", "next"}};
    do_node n;
    n.say = f.sentence("say");
    read_service_call(f.expression("do"), n);
    n.on_error = f.id("on_error");
    n.next = read_next(f);
    f.require("next");
    if (n.on_error.empty()) findings_.add(value.where, rule::missing_on_error, {id});
    return n;
  }

  /// "svc.name(a, b)": the service and one formula for each argument.
  void read_service_call(const formula& call, do_node& into) {
    const std::string_view s = call.source;
    const std::size_t open = s.find('(');
    const bool whole = s.starts_with("svc.") && open != std::string_view::npos && s.ends_with(')');
    if (!whole) {
      findings_.add(call.where, rule::bad_value, {"do", call.source, "svc.name(argument, …)"});
      return;
    }
    into.service_id = s.substr(4, open - 4);
    int depth = 0;
    char quote = 0;
    std::string argument;
    const auto end_argument = [&] {
      const std::string_view trimmed = text::trim(argument);
      if (!trimmed.empty()) into.args.push_back({std::string{trimmed}, call.where, nullptr});
      argument.clear();
    };
    for (const char c : s.substr(open + 1, s.size() - open - 2)) {
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (c == ')' || c == ']' || c == '}') {
        --depth;
      } else if (c == ',' && depth == 0) {
        end_argument();
        continue;
      }
      argument += c;
    }
    end_argument();
  }

  handoff_node read_handoff(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "handoff", "end"}};
    handoff_node n;
    n.say = f.sentence("say");
    n.outcome = f.text("end");
    f.require("end");
    const yaml_fields h{findings_, *value.find("handoff"), "handoff", {"queue", "note", "sla", "attach", "closed_now"}};
    h.require("queue");
    if (h.usable()) {
      n.queue = h.text("queue");
      n.note = h.sentence("note");
      n.sla_ms = h.duration("sla").value_or(0);
      n.attach = h.texts("attach");
      n.closed_now = h.id("closed_now");
    }
    return n;
  }

  call_node read_call(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "call", "with", "take", "next", "end"}};
    if (f.has("next") == f.has("end")) findings_.add(value.where, rule::kind_unclear, {id, "next, end"});
    call_node n;
    n.say = f.sentence("say");
    n.dialog = f.id("call");
    n.next = read_next(f);
    n.outcome = f.text("end");
    if (const yaml_node* with = f.mapping("with")) {
      const yaml_fields inputs{findings_, *with, "with"};
      for (const auto& [input, _] : with->pairs) n.with.push_back({input.value, inputs.expression(input.value)});
    }
    if (const yaml_node* take = f.mapping("take")) {
      const yaml_fields outputs{findings_, *take, "take"};
      for (const auto& [into, _] : take->pairs) n.take.push_back({into.value, outputs.id(into.value)});
    }
    return n;
  }

  end_node read_end(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "cite", "end", "save"}};
    f.only("save", {"profile"});
    return {f.sentence("say"), f.text("cite"), f.text("end"), f.has("save") ? keeping::profile : keeping::nothing};
  }

  const yaml_findings& findings_;
  int tries_ = 0;
  std::string on_fail_;
};

}  // namespace

dialog read_dialog(const yaml_findings& findings, const yaml_node& root) { return dialog_reader{findings}.read(root); }

}  // namespace zhuqi::dialogs
