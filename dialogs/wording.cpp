// Filling texts and building messages. Users read their language; officials read the main one. Consecutive texts become one
// message as long as it fits, because platforms count messages.
#include "bot/base/limits.hpp"
#include "dialogs/office.hpp"
#include "dialogs/turn.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// What a channel without buttons will send for it.
std::size_t plain_bytes(const message& m) {
  std::size_t n = m.text.size() + (m.hint.empty() ? 0 : m.hint.size() + 2);
  for (const quick_reply& o : m.options) n += o.value.size() + o.label.size() + 3;
  return n;
}

const choice_option* option_of(const variable_type& type, const std::string& id) {
  const auto* c = std::get_if<choice_type>(&type);
  if (c == nullptr) return nullptr;
  for (const choice_option& o : c->options) {
    if (o.id == id) return &o;
  }
  return nullptr;
}

}  // namespace

std::string turn::system(system_text t) const { return system(t, next_.language, {}); }

std::string turn::system(system_text t, lang l, fill_list fill) const {
  std::string out;
  scripts_.text(t).shown_in(l).render(out, [&](const formula& name, std::string& to) {
    for (const auto& [key, value] : fill) {
      if (key == name.source) to += value;
    }
  });
  return out;
}

std::string turn::shown(const variable_type& type, const std::string& value, lang l) const {
  if (const choice_option* o = option_of(type, value)) return render(o->label, nullptr, l);
  if (std::holds_alternative<yes_no_type>(type)) {
    return system(value == "true" ? system_text::yes : system_text::no, l, {});
  }
  if (std::holds_alternative<file_type>(type)) {
    return std::to_string(std::count(value.begin(), value.end(), '\n') + 1);
  }
  const auto kind = kind_of(type);
  return kind ? values::shown(*kind, value, l) : value;
}

std::string turn::opening_text(lang l) const {
  const auto next = next_opening(scripts_.source().hours, env_.now);
  if (!next) return {};
  const std::string day = shown(values::date_type{}, next->day, l);
  return system(system_text::opens_at, l, {{"day", day}, {"time", next->time}});
}

std::string turn::render(const localized& text, const frame* f, lang l) const {
  std::string out;
  text.shown_in(l).render(out, [&](const formula& value, std::string& to) { append_value(value, f, l, to); });
  return out;
}

/// The variable's own value, or the one known from the enterprise's profile.
const std::string* turn::offered(const frame& f, const variable& v) const {
  if (v.label.empty()) return nullptr;
  if (const auto own = f.vars.find(v.id); own != f.vars.end()) return &own->second;
  if (v.slot.empty()) return nullptr;
  const auto known = next_.profile.find(v.slot);
  return known != next_.profile.end() ? &known->second : nullptr;
}

template <class Visit>
void turn::for_each_answer(const frame& f, const dialog& d, Visit visit) const {
  for (const variable& v : d.vars) {
    const auto value = f.vars.find(v.id);
    if (value == f.vars.end()) continue;
    const bool on_the_way = std::any_of(f.trail.begin(), f.trail.end(), [&](const std::string& id) {
      const auto index = d.find_state(id);
      const auto* ask = index ? std::get_if<ask_node>(&d.states[*index].what) : nullptr;
      return ask != nullptr && ask->into == v.id;
    });
    if (on_the_way) visit(v, value->second);
  }
}

std::string turn::summary(lang l) const {
  std::string out;
  const dialog* d = next_.stack.empty() ? nullptr : scripts_.find(next_.stack.back().dialog);
  if (d == nullptr) return out;
  for_each_answer(next_.stack.back(), *d, [&](const variable& v, const std::string& value) {
    if (v.label.empty()) return;
    if (!out.empty()) out += '\n';
    out += system(system_text::summary_line, l,
                  {{"label", render(v.label, nullptr, l)}, {"value", shown(v.type, value, l)}});
  });
  return out;
}

std::map<std::string, std::string> turn::shown_slots() const {
  std::map<std::string, std::string> out;
  const auto add = [&](const variable& v, const std::string& value) {
    if (!v.label.empty()) out[render(v.label, nullptr, lang::zh_cn)] = shown(v.type, value, lang::zh_cn);
  };
  for (const auto& [slot, value] : next_.profile) {
    if (const variable* v = scripts_.slot_variable(slot)) add(*v, value);
  }
  for (const frame& f : next_.stack) {
    if (const dialog* d = scripts_.find(f.dialog)) for_each_answer(f, *d, add);
  }
  return out;
}

std::map<std::string, std::string> turn::canonical_slots(const frame& f, const dialog& d) const {
  std::map<std::string, std::string> out;
  for_each_answer(f, d, [&](const variable& v, const std::string& value) { out.emplace(v.id, value); });
  return out;
}

std::string turn::misfit_text(const variable& v, const values::answer& a) const {
  using enum values::problem;
  const lang l = next_.language;
  const auto shown_as = [&](const std::string& canonical) {
    return canonical.empty() ? "" : shown(v.type, canonical, l);
  };
  const std::string found = a.found.empty() ? std::string{} : shown_as(a.found.front());
  switch (a.why) {
    case dont_know: return system(system_text::unknown_noted);
    case ambiguous:
      if (std::holds_alternative<choice_type>(v.type) || a.found.size() < 2) return system(system_text::ambiguous);
      return system(system_text::two_values, l, {{"detail", found + " / " + shown_as(a.found[1])}});
    case not_exact: return system(system_text::exact_wanted, l, {{"value", found}});
    case wrong_unit:
    case foreign_currency: return system(system_text::wrong_unit, l, {{"detail", a.detail}});
    case below_min:
    case above_max:
    case too_large:
    case negative: return system(system_text::out_of_range, l, {{"limit", limit_text(v.type, l)}});
    case fraction:
    case too_precise: return system(system_text::not_whole);
    case no_such_date:
    case lunar_date: return system(system_text::no_such_date, l, {{"detail", a.detail}});
    case too_early: return system(system_text::too_early, l, {{"limit", shown_as(a.bound)}});
    case too_late: return system(system_text::too_late, l, {{"limit", shown_as(a.bound)}});
    case text_too_short: return system(system_text::too_short, l, {{"limit", a.detail}});
    case text_too_long: {
      const std::string limit = std::to_string(std::get<text_type>(v.type).max_chars);
      return system(system_text::too_long, l, {{"count", a.detail}, {"limit", limit}});
    }
    case phone_invalid: return system(system_text::phone_invalid);
    case uscc_length: return system(system_text::uscc_length, l, {{"count", a.detail}});
    case uscc_character: return system(system_text::uscc_character, l, {{"detail", a.detail}});
    case uscc_check: return system(system_text::uscc_check);
    case uscc_old_number: return system(system_text::uscc_old_number);
    case id_length:
    case id_character:
    case id_region:
    case id_date:
    case id_check:
    case id_old_number: return system(system_text::id_number_invalid);
    case none:
    case empty:
    case too_long_input:
    case unrecognised:
    case negated:
    case day_missing:
    case month_missing: return {};
  }
  return {};
}

std::string turn::reason_text() const {
  const position at = here();
  const std::string title = at.d != nullptr ? render(at.d->title, nullptr, lang::zh_cn) : std::string{};
  const auto& [why, question, last_answer, tries] = reason_;
  switch (why) {
    case origin::script: return {};
    case origin::asked: return system(system_text::note_asked, lang::zh_cn, {{"title", title}, {"question", question}});
    case origin::failed:
      return system(
          system_text::note_failed, lang::zh_cn,
          {{"title", title}, {"question", question}, {"count", std::to_string(tries)}, {"given", last_answer}});
    case origin::fault: return system(system_text::note_fault, lang::zh_cn, {{"title", title}});
  }
  return {};
}

std::string turn::limit_text(const variable_type& type, lang l) const {
  std::optional<std::string> low, high;
  if (const auto* t = std::get_if<values::integer_type>(&type)) {
    if (t->min) low = std::to_string(*t->min);
    if (t->max) high = std::to_string(*t->max);
  } else if (const auto* m = std::get_if<values::money_type>(&type)) {
    if (m->min_fen) low = std::to_string(*m->min_fen);
    if (m->max_fen) high = std::to_string(*m->max_fen);
  } else if (const auto* d = std::get_if<values::decimal_type>(&type)) {
    if (d->min) low = d->min->text();
    if (d->max) high = d->max->text();
  } else if (const auto* p = std::get_if<values::percent_type>(&type)) {
    if (p->min) low = p->min->text();
    if (p->max) high = p->max->text();
  }
  const std::string from = low ? shown(type, *low, l) : std::string{};
  const std::string to = high ? shown(type, *high, l) : std::string{};
  if (low && high) return from + "–" + to;
  return low ? "≥ " + from : high ? "≤ " + to : std::string{};
}

void turn::say(std::string text) {
  if (text.empty()) return;
  if (!messages_.empty() && messages_.back().options.empty()) {
    message& last = messages_.back();
    if (plain_bytes(last) + 2 + text.size() <= limits::wechat_text_bytes) {
      last.text.append("\n\n").append(text);
      return;
    }
  }
  messages_.push_back({std::move(text), {}, {}});
}

void turn::attach_options(message& m, const variable& v) const {
  if (const auto* c = std::get_if<choice_type>(&v.type)) {
    m.options.reserve(c->options.size());
    std::size_t number = 0;
    for (const choice_option& o : c->options) {
      m.options.push_back({std::to_string(++number), o.label.shown_in(next_.language).source()});
    }
    m.hint = system(system_text::hint_choice);
  } else if (std::holds_alternative<yes_no_type>(v.type)) {
    attach_yes_no(m);
  }
}

void turn::attach_yes_no(message& m) const {
  m.options = {{"1", system(system_text::yes)}, {"2", system(system_text::no)}};
  m.hint = system(system_text::hint_choice);
}

/// The question, or whether a remembered answer to it still holds.
void turn::prompt(const position& at) {
  const frame& f = next_.stack.back();
  const variable& v = at.asked();
  const std::string* known = offered(f, v);
  message question;
  if (f.confirming && known != nullptr) {
    const std::string label = render(v.label, nullptr, next_.language);
    question.text = system(system_text::remembered, next_.language,
                           {{"label", label}, {"value", shown(v.type, *known, next_.language)}});
    attach_yes_no(question);
  } else {
    question.text = render(at.ask->prompt, &f, next_.language);
    if (known != nullptr && !std::holds_alternative<file_type>(v.type)) {
      question.text += '\n';
      question.text += system(system_text::offered, next_.language, {{"value", shown(v.type, *known, next_.language)}});
    }
    attach_options(question, v);
  }
  if (!messages_.empty() && messages_.back().options.empty() &&
      plain_bytes(messages_.back()) + 2 + plain_bytes(question) <= limits::wechat_text_bytes) {
    question.text.insert(0, messages_.back().text + "\n\n");
    messages_.back() = std::move(question);
  } else {
    messages_.push_back(std::move(question));
  }
}

}  // namespace zhuqi::dialogs
