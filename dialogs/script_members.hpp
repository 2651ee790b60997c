#pragma once
// The members of every struct of a script that have meaning, each named once: what canonical JSON consists of, and what two
// versions are compared by. `a` is an archive: a(name, member) for each, a.choice(name, enumerator, names) for enums.
// Files, lines and linked members are left out.

#include "dialogs/script.hpp"

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

namespace zhuqi::dialogs {

/// "ask", "say", "do", "call", "handoff", "end".
std::string_view kind_name_of(const node& what);
/// False for a name that is no kind or type; the variant is default-constructed as that alternative otherwise.
bool set_kind(node& what, std::string_view name);
bool set_type(variable_type& type, std::string_view name);

inline constexpr std::array<std::string_view, 2> keeping_names{"nothing", "profile"};
inline constexpr std::array<std::string_view, 4> action_names{"resume", "go", "back", "faq"};

inline constexpr std::array<std::string_view, 2> leaning_names{"past", "future"};

/// The struct itself for reading, const for writing.
template <class T, class S>
concept maybe_const = std::same_as<std::remove_const_t<T>, S>;

template <class A, maybe_const<choice_option> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("label", x.label);
  a("aliases", x.aliases);
}
template <class A, maybe_const<text_type> T>
void members(A& a, T& x) {
  a("min", x.min_chars);
  a("max", x.max_chars);
  a("pattern", x.pattern);
}
template <class A, maybe_const<choice_type> T>
void members(A& a, T& x) {
  a("of", x.options);
}
template <class A, maybe_const<yes_no_type> T>
void members(A&, T&) {}
template <class A, maybe_const<phone_type> T>
void members(A&, T&) {}
template <class A, maybe_const<uscc_type> T>
void members(A&, T&) {}
template <class A, maybe_const<values::integer_type> T>
void members(A& a, T& x) {
  a("min", x.min);
  a("max", x.max);
  a("units", x.units);
}
template <class A, maybe_const<values::decimal_type> T>
void members(A& a, T& x) {
  a("min", x.min);
  a("max", x.max);
  a("units", x.units);
}
template <class A, maybe_const<values::percent_type> T>
void members(A& a, T& x) {
  a("min", x.min);
  a("max", x.max);
}
template <class A, maybe_const<values::money_type> T>
void members(A& a, T& x) {
  a("min", x.min_fen);
  a("max", x.max_fen);
  a("bare_unit", x.bare_unit_fen);
}
template <class A, maybe_const<values::date_type> T>
void members(A& a, T& x) {
  a("min_days", x.min_days);
  a("max_days", x.max_days);
  a("not_before", x.not_before);
  a("not_after", x.not_after);
  a.choice("lean", x.year, leaning_names);
}
template <class A, maybe_const<values::month_type> T>
void members(A& a, T& x) {
  a("min_months", x.min_months);
  a("max_months", x.max_months);
  a.choice("lean", x.year, leaning_names);
}
template <class A, maybe_const<values::duration_type> T>
void members(A& a, T& x) {
  a("min_days", x.min_days);
  a("max_days", x.max_days);
}
template <class A, maybe_const<values::id_number_type> T>
void members(A&, T&) {}
template <class A, maybe_const<file_type> T>
void members(A& a, T& x) {
  a("accept", x.accept);
  a("max_mb", x.max_mb);
  a("max_count", x.max_count);
  a("several", x.several);
}
template <class A, maybe_const<variable> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("type", x.type);
  a("label", x.label);
  a("slot", x.slot);
  a("fresh_ms", x.fresh_ms);
  a("approximate", x.approximate);
  a("pii", x.personal);
  a("keep_ms", x.keep_ms);
}
template <class A, maybe_const<branch> T>
void members(A& a, T& x) {
  a("if", x.guard);
  a("to", x.to);
}
template <class A, maybe_const<answer_check> T>
void members(A& a, T& x) {
  a("that", x.that);
  a("else", x.otherwise);
}
template <class A, maybe_const<ask_node> T>
void members(A& a, T& x) {
  a("into", x.into);
  a("ask", x.prompt);
  a("retry", x.retry);
  a("why", x.why);
  a("checks", x.checks);
  a("tries", x.tries);
  a("on_fail", x.on_fail);
  a("on_unknown", x.on_unknown);
  a("done", x.done);
  a("next", x.next);
}
template <class A, maybe_const<say_node> T>
void members(A& a, T& x) {
  a("say", x.text);
  a("cite", x.cite);
  a("next", x.next);
}
template <class A, maybe_const<do_node> T>
void members(A& a, T& x) {
  a("say", x.say);
  a("do", x.service_id);
  a("args", x.args);
  a("on_error", x.on_error);
  a("next", x.next);
}
template <class A, maybe_const<call_node::given> T>
void members(A& a, T& x) {
  a("input", x.input);
  a("value", x.value);
}
template <class A, maybe_const<call_node::taken> T>
void members(A& a, T& x) {
  a("into", x.into);
  a("output", x.output);
}
template <class A, maybe_const<call_node> T>
void members(A& a, T& x) {
  a("say", x.say);
  a("call", x.dialog);
  a("with", x.with);
  a("take", x.take);
  a("next", x.next);
  a("end", x.outcome);
}
template <class A, maybe_const<handoff_node> T>
void members(A& a, T& x) {
  a("say", x.say);
  a("queue", x.queue);
  a("note", x.note);
  a("sla_ms", x.sla_ms);
  a("attach", x.attach);
  a("closed_now", x.closed_now);
  a("end", x.outcome);
}
template <class A, maybe_const<end_node> T>
void members(A& a, T& x) {
  a("say", x.say);
  a("cite", x.cite);
  a("end", x.outcome);
  a.choice("save", x.keep, keeping_names);
}
template <class A, maybe_const<state> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("kind", x.what);
}
template <class A, maybe_const<own_interrupt> T>
void members(A& a, T& x) {
  a.choice("then", x.then, action_names);
  a("when", x.words);
  a("say", x.say);
  a("to", x.to);
  a("min_percent", x.min_percent);
}
template <class A, maybe_const<dialog> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("title", x.title);
  a("start", x.start);
  a("inputs", x.inputs);
  a("outputs", x.outputs);
  a("params", x.params);
  a("vars", x.vars);
  a("outcomes", x.outcomes);
  a("interrupts", x.interrupts);
  a("on_human", x.on_human);
  a("remind_ms", x.remind_ms);
  a("expire_ms", x.expire_ms);
  a("on_expire", x.on_expire);
  a("states", x.states);
}
template <class A, maybe_const<parameter::dated> T>
void members(A& a, T& x) {
  a("from", x.from);
  a("is", x.is);
}
template <class A, maybe_const<parameter> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("type", x.type);
  a("values", x.values);
  a("source", x.source);
}
template <class A, maybe_const<service::field> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("type", x.type);
}
template <class A, maybe_const<service> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("args", x.args);
  a("returns", x.returns);
  a("timeout_ms", x.timeout_ms);
  a("once", x.once);
}
template <class A, maybe_const<office_hours::span> T>
void members(A& a, T& x) {
  a("from", x.from_min);
  a("to", x.to_min);
}
template <class A, maybe_const<office_hours> T>
void members(A& a, T& x) {
  a("utc_offset_min", x.utc_offset_min);
  a("week", x.week);
  a("holidays", x.holidays);
  a("workdays", x.workdays);
  a("known", x.known);
}
template <class A, maybe_const<faq_entry> T>
void members(A& a, T& x) {
  a("id", x.id);
  a("ask", x.questions);
  a("say", x.answer);
  a("cite", x.cite);
}
template <class A, maybe_const<system_script> T>
void members(A& a, T& x) {
  a("queue", x.queue);
  a.group("texts", [&](A& texts) {
    for (std::size_t i = 0; i < x.texts.size(); ++i) texts(system_text_name(static_cast<system_text>(i)), x.texts[i]);
  });
  a.group("words", [&](A& words) {
    for (std::size_t i = 0; i < x.words.size(); ++i) words(interrupt_name(static_cast<interrupt>(i)), x.words[i]);
  });
}
template <class A, maybe_const<script_source> T>
void members(A& a, T& x) {
  a("languages", x.languages);
  a("dialogs", x.dialogs);
  a("parameters", x.parameters);
  a("services", x.services);
  a("faq", x.faq);
  a.unless(!x.hours.known, "hours", x.hours);
  a("system", x.system);
}

}  // namespace zhuqi::dialogs
