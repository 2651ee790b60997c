#include "dialogs/export_scxml.hpp"

#include "dialogs/export_edges.hpp"
#include "dialogs/export_xml.hpp"
#include "dialogs/script_diff_fields.hpp"
#include "dialogs/script_members.hpp"

#include <initializer_list>
#include <utility>

namespace zhuqi::dialogs {
namespace {

using attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

class scxml_writer {
 public:
  std::string out;

  void open(std::string_view name, attributes a) {
    tag(name, a);
    out += ">\n";
    ++depth_;
  }
  void close(std::string_view name) {
    --depth_;
    indent();
    out.append("</").append(name) += ">\n";
  }
  void leaf(std::string_view name, attributes a) {
    tag(name, a);
    out += "/>\n";
  }
  /// A sentence of the script, in the main language.
  void text(std::string_view role, const localized& words) {
    if (words.empty()) return;
    tag("zq:text", {{"role", std::string{role}}});
    out += ">" + xml_escaped(words.in(lang::zh_cn).source()) + "</zq:text>\n";
  }

 private:
  void indent() { out.append(depth_ * 2, ' '); }
  void tag(std::string_view name, attributes a) {
    indent();
    out.append("<").append(name);
    for (const auto& [key, value] : a) {
      if (!value.empty()) out.append(" ").append(key).append("=\"").append(xml_escaped(value)) += '"';
    }
  }
  std::size_t depth_ = 0;
};

struct state_writer {
  scxml_writer& xml;
  const dialog& d;
  const std::string& id;

  std::string full(const std::string& state) const { return state.empty() ? std::string{} : d.id + '.' + state; }

  void leads(std::string_view event, const std::string& to, std::string_view guard = {}) const {
    if (!to.empty())
      xml.leaf("transition", {{"event", std::string{event}}, {"cond", std::string{guard}}, {"target", full(to)}});
  }
  void branches(std::string_view event, const std::vector<branch>& next) const {
    for (const branch& b : next) leads(event, b.to, b.guard ? b.guard->source : std::string{});
  }
  void operator()(const ask_node& n) const {
    xml.open("state",
             {{"id", full(id)}, {"zq:kind", "ask"}, {"zq:into", n.into}, {"zq:tries", std::to_string(n.tries)}});
    xml.text("ask", n.prompt);
    for (const localized& r : n.retry) xml.text("retry", r);
    xml.text("why", n.why);
    for (const answer_check& c : n.checks) {
      xml.open("zq:check", {{"that", c.that.source}});
      xml.text("else", c.otherwise);
      xml.close("zq:check");
    }
    for (const std::string& w : n.done) xml.leaf("zq:done", {{"word", w}});
    branches("answer", n.next);
    leads("error.tries", n.on_fail);
    leads("unknown", n.on_unknown);
    xml.close("state");
  }
  void operator()(const say_node& n) const {
    xml.open("state", {{"id", full(id)}, {"zq:kind", "say"}, {"zq:cite", n.cite}});
    xml.text("say", n.text);
    branches("", n.next);
    xml.close("state");
  }
  void operator()(const do_node& n) const {
    xml.open("state", {{"id", full(id)}, {"zq:kind", "do"}});
    xml.text("say", n.say);
    xml.open("invoke", {{"id", full(id) + ".service"}, {"type", "urn:zhuqi:service"}, {"src", n.service_id}});
    for (std::size_t i = 0; i < n.args.size(); ++i) {
      xml.leaf("param", {{"name", "arg" + std::to_string(i + 1)}, {"expr", n.args[i].source}});
    }
    xml.close("invoke");
    branches("done.invoke." + full(id) + ".service", n.next);
    leads("error.communication", n.on_error);
    xml.close("state");
  }
  void operator()(const call_node& n) const {
    // An end after the call is a state of its own in SCXML.
    const std::string ended = full(id) + ".ended";
    xml.open("state", {{"id", full(id)}, {"zq:kind", "call"}, {"zq:outcome", n.outcome}});
    xml.text("say", n.say);
    xml.open("invoke", {{"id", full(id) + ".dialog"}, {"type", "urn:zhuqi:dialog"}, {"src", "#" + n.dialog}});
    for (const auto& [input, value] : n.with) xml.leaf("param", {{"name", input}, {"expr", value.source}});
    xml.open("finalize", {});
    for (const auto& [into, output] : n.take) {
      xml.leaf("assign", {{"location", into}, {"expr", "_event.data." + output}});
    }
    xml.close("finalize");
    xml.close("invoke");
    branches("done.invoke." + full(id) + ".dialog", n.next);
    if (n.next.empty()) xml.leaf("transition", {{"event", "done.invoke." + full(id) + ".dialog"}, {"target", ended}});
    xml.close("state");
    if (n.next.empty()) finish(ended, n.outcome);
  }
  void operator()(const handoff_node& n) const {
    xml.open("final", {{"id", full(id)},
                       {"zq:kind", "handoff"},
                       {"zq:queue", n.queue},
                       {"zq:sla-ms", n.sla_ms == 0 ? std::string{} : std::to_string(n.sla_ms)},
                       {"zq:closed-now", full(n.closed_now)}});
    xml.text("say", n.say);
    xml.text("note", n.note);
    for (const std::string& a : n.attach) xml.leaf("zq:attach", {{"variable", a}});
    donedata(n.outcome);
    xml.close("final");
  }
  void operator()(const end_node& n) const {
    const std::string save = n.keep == keeping::nothing ? std::string{} : std::string{keeping_names[1]};
    xml.open("final", {{"id", full(id)}, {"zq:kind", "end"}, {"zq:cite", n.cite}, {"zq:save", save}});
    xml.text("say", n.say);
    donedata(n.outcome);
    xml.close("final");
  }

 private:
  void finish(const std::string& full_id, const std::string& outcome) const {
    xml.open("final", {{"id", full_id}, {"zq:kind", "end"}});
    donedata(outcome);
    xml.close("final");
  }
  void donedata(const std::string& outcome) const {
    xml.open("donedata", {});
    xml.leaf("param", {{"name", "outcome"}, {"expr", '"' + outcome + '"'}});
    xml.close("donedata");
  }
};

void write_interrupts(scxml_writer& xml, const dialog& d) {
  for (const own_interrupt& i : d.interrupts) {
    const std::string then{action_names[static_cast<std::size_t>(i.then)]};
    xml.open("zq:interrupt",
             {{"then", then},
              {"min-percent", i.then == own_interrupt::action::faq ? std::to_string(i.min_percent) : std::string{}},
              {"to", i.to.empty() ? std::string{} : d.id + '.' + i.to}});
    for (const std::string& w : i.words) xml.leaf("zq:word", {{"is", w}});
    xml.text("say", i.say);
    xml.close("zq:interrupt");
  }
}

void write_dialog(scxml_writer& xml, const dialog& d) {
  const auto milliseconds = [](std::int64_t ms) { return ms == 0 ? std::string{} : std::to_string(ms); };
  xml.open("state", {{"id", d.id}, {"initial", d.id + '.' + d.start}, {"zq:expire-ms", milliseconds(d.expire_ms)}});
  xml.text("title", d.title);
  xml.open("datamodel", {});
  for (const variable& v : d.vars) {
    const bool label = !v.label.empty();
    xml.leaf("data", {{"id", d.id + '.' + v.id},
                      {"zq:type", diff::type_words(v.type)},
                      {"zq:label", label ? v.label.in(lang::zh_cn).source() : std::string{}},
                      {"zq:slot", v.slot}});
  }
  xml.close("datamodel");
  for (const std::string& o : d.outcomes) xml.leaf("zq:outcome", {{"id", o}});
  for (std::int64_t ms : d.remind_ms) xml.leaf("zq:remind", {{"after-ms", milliseconds(ms)}});
  write_interrupts(xml, d);
  for (const edge& e : edges_of(d)) {
    if (!e.from.empty()) continue;
    const std::string event = e.how == passage::by::interrupt  ? "interrupt." + std::to_string(e.index)
                              : e.how == passage::by::on_human ? std::string{"human"}
                                                               : std::string{"expire"};
    xml.leaf("transition", {{"event", event}, {"target", d.id + '.' + e.to}});
  }
  for (const state& s : d.states) std::visit(state_writer{xml, d, s.id}, s.what);
  xml.close("state");
}

}  // namespace

std::string to_scxml(const script_set& scripts, std::string_view dialog_id) {
  scxml_writer xml;
  xml.out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  const std::string first{dialog_id.empty() ? main_menu_id : dialog_id};
  xml.open("scxml", {{"xmlns", "http://www.w3.org/2005/07/scxml"},
                     {"xmlns:zq", "urn:zhuqi:dialog:1"},
                     {"version", "1.0"},
                     {"datamodel", "urn:zhuqi:cel"},
                     {"initial", first},
                     {"zq:version", scripts.version()}});
  for (const dialog& d : scripts.dialogs()) {
    if (dialog_id.empty() || d.id == dialog_id) write_dialog(xml, d);
  }
  xml.close("scxml");
  return std::move(xml.out);
}

}  // namespace zhuqi::dialogs
