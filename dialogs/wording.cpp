// Filling texts and building messages. Users read their language; officials read the main one. Consecutive texts become one
// message as long as it fits, because platforms count messages.
#include "bot/base/limits.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// What a channel without buttons will send for it.
std::size_t plain_bytes(const message& m) {
  std::size_t n = m.text.size() + (m.hint.empty() ? 0 : m.hint.size() + 2);
  for (const quick_reply& o : m.options) n += o.value.size() + o.label.size() + 3;
  return n;
}

const choice_option* option_of(const variable& v, const std::string& id) {
  const auto* c = std::get_if<choice_type>(&v.type);
  if (c == nullptr) return nullptr;
  for (const choice_option& o : c->options) {
    if (o.id == id) return &o;
  }
  return nullptr;
}

}  // namespace

std::string turn::system(system_text t) const { return system(t, next_.language, {}); }

std::string turn::system(system_text t, lang l,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> fill) const {
  std::string out;
  scripts_.text(t).shown_in(l).render(out, [&](std::string_view name, std::string& to) {
    for (const auto& [key, value] : fill) {
      if (key == name) to += value;
    }
  });
  return out;
}

std::string turn::shown(const variable& v, const std::string& value, lang l) const {
  if (const choice_option* o = option_of(v, value)) return render(o->label, nullptr, l);
  if (std::holds_alternative<yes_no_type>(v.type)) {
    return system(value == "true" ? system_text::yes : system_text::no, l, {});
  }
  return value;
}

std::string turn::render(const localized& text, const frame* f, lang l) const {
  std::string out;
  text.shown_in(l).render(out, [&](std::string_view name, std::string& to) {
    if (name == "summary") {
      to += summary(l);
      return;
    }
    const dialog* d = f != nullptr ? scripts_.find(f->dialog) : nullptr;
    const auto index = d != nullptr ? d->find_variable(name) : std::nullopt;
    if (!index) return;
    const variable& v = d->vars[*index];
    if (const std::string* value = offered(*f, v)) to += shown(v, *value, l);
  });
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
    out +=
        system(system_text::summary_line, l, {{"label", render(v.label, nullptr, l)}, {"value", shown(v, value, l)}});
  });
  return out;
}

std::map<std::string, std::string> turn::shown_slots() const {
  std::map<std::string, std::string> out;
  const auto add = [&](const variable& v, const std::string& value) {
    if (!v.label.empty()) out[render(v.label, nullptr, lang::zh_cn)] = shown(v, value, lang::zh_cn);
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

std::string turn::misfit_text(const variable& v, const values::parsed& why) const {
  using enum values::misfit;
  const lang l = next_.language;
  const std::string number = std::to_string(why.number);
  switch (why.why) {
    case none:
    case unrecognised: return {};
    case ambiguous: return system(system_text::ambiguous);
    case too_short: return system(system_text::too_short, l, {{"limit", number}});
    case too_long: {
      const std::string limit = std::to_string(std::get<text_type>(v.type).max_chars);
      return system(system_text::too_long, l, {{"count", number}, {"limit", limit}});
    }
    case phone_invalid: return system(system_text::phone_invalid);
    case uscc_length: return system(system_text::uscc_length, l, {{"count", number}});
    case uscc_character: return system(system_text::uscc_character, l, {{"detail", why.detail}});
    case uscc_check: return system(system_text::uscc_check);
    case uscc_old_number: return system(system_text::uscc_old_number);
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
  } else if (std::holds_alternative<yes_no_type>(v.type)) {
    m.options = {{"1", system(system_text::yes)}, {"2", system(system_text::no)}};
  }
  if (!m.options.empty()) m.hint = system(system_text::hint_choice);
}

void turn::prompt(const position& at) {
  const frame& f = next_.stack.back();
  const variable& v = at.d->vars[at.ask->variable];
  message question{render(at.ask->prompt, &f, next_.language), {}, {}};
  if (const std::string* known = offered(f, v)) {
    question.text += '\n';
    question.text += system(system_text::offered, next_.language, {{"value", shown(v, *known, next_.language)}});
  }
  attach_options(question, v);
  if (!messages_.empty() && messages_.back().options.empty() &&
      plain_bytes(messages_.back()) + 2 + plain_bytes(question) <= limits::wechat_text_bytes) {
    question.text.insert(0, messages_.back().text + "\n\n");
    messages_.back() = std::move(question);
  } else {
    messages_.push_back(std::move(question));
  }
}

}  // namespace zhuqi::dialogs
