// The script format: which keys stand where, and what they become. Defaults of a dialog are written into its states here, so
// that everything behind sees complete states. Translations are laid over at the end, when all keys are known.
#include "dialogs/script_yaml.hpp"

#include "dialogs/yaml_fields.hpp"

#include <algorithm>
#include <map>

namespace zhuqi::dialogs {
namespace {

constexpr int max_tries = 9;
constexpr int max_answer_chars = 2000;

struct dialog_defaults {
  int tries = 0;
  std::string on_fail;
};

class dialog_reader {
 public:
  explicit dialog_reader(const yaml_findings& findings) : findings_{findings} {}

  dialog read(const yaml_node& root) {
    const yaml_fields f{findings_,
                        root,
                        "dialog",
                        {"dialog", "title", "start", "vars", "outcomes", "defaults", "interrupts", "states"}};
    dialog d;
    d.file = findings_.file;
    d.where = root.where;
    d.id = f.id("dialog");
    d.title = f.sentence("title");
    d.start = f.id("start");
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
    defaults_.tries = f.number("tries", 1, max_tries).value_or(0);
    defaults_.on_fail = f.id("on_fail");
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
    variable v{checked_id(findings_, key), yes_no_type{}, {}, {}, key.where};
    const yaml_fields f{findings_, value, v.id, {"type", "label", "slot", "of", "aliases", "min", "max"}};
    if (!f.usable() || v.id.empty()) return;
    f.require("type");
    v.label = f.sentence("label");
    v.slot = f.id("slot");
    const std::string type = f.text("type");
    if (type == "text") {
      text_type t;
      t.min_chars = f.number("min", 1, max_answer_chars).value_or(t.min_chars);
      t.max_chars = f.number("max", t.min_chars, max_answer_chars).value_or(std::max(t.min_chars, t.max_chars));
      v.type = t;
    } else if (type == "choice") {
      f.require("of");
      v.type = read_options(f);
    } else if (type == "phone") {
      v.type = phone_type{};
    } else if (type == "uscc") {
      v.type = uscc_type{};
    } else if (type != "bool" && f.has("type")) {
      findings_.add(f.raw("type")->where, rule::bad_value, {"type", type, "text, choice, bool, phone, uscc"});
    }
    for (const auto& [name, only_for] :
         {std::pair{"of", "choice"}, {"aliases", "choice"}, {"min", "text"}, {"max", "text"}}) {
      if (f.has(name) && type != only_for) {
        findings_.add(f.raw(name)->where, rule::unknown_key, {name, "type, label, slot"});
      }
    }
    d.vars.push_back(std::move(v));
  }

  choice_type read_options(const yaml_fields& f) {
    choice_type out;
    const yaml_node* of = f.mapping("of");
    if (of == nullptr) return out;
    for (const auto& [id, label] : of->pairs) {
      choice_option o{checked_id(findings_, id), {}, {}, {}};
      o.label.where = label.where;
      if (auto t = checked_text(findings_, label, "of")) o.label.in(lang::zh_cn) = std::move(*t);
      out.options.push_back(std::move(o));
    }
    if (const yaml_node* aliases = f.mapping("aliases")) read_aliases(*aliases, out);
    return out;
  }

  void read_aliases(const yaml_node& aliases, choice_type& into) {
    for (const auto& [id, words] : aliases.pairs) {
      const auto option = std::find_if(into.options.begin(), into.options.end(),
                                       [&, wanted = id.value](const choice_option& o) { return o.id == wanted; });
      if (option == into.options.end()) {
        findings_.add(id.where, rule::unknown_key, {id.value, ids_of(into)});
        continue;
      }
      if (words.what == yaml_node::kind::scalar) option->aliases.push_back(words.value);
      for (const yaml_node& w : words.items) option->aliases.push_back(w.value);
      if (words.what != yaml_node::kind::scalar && words.what != yaml_node::kind::list) {
        wrong_type(findings_, words.where, id.value, a_list);
      }
    }
  }

  static std::string ids_of(const choice_type& c) {
    std::string out;
    for (const choice_option& o : c.options) out += (out.empty() ? "" : ", ") + o.id;
    return out;
  }

  void read_interrupt(const yaml_node& row, dialog& d) {
    const yaml_fields f{findings_, row, "interrupts", {"when", "say", "to", "then"}};
    if (!f.usable()) return;
    own_interrupt i{f.texts("when"), f.sentence("say"), f.id("to"), 0, {}, row.where};
    f.require("when");
    if (i.say.empty() == i.to.empty()) {
      findings_.add(row.where, rule::bad_value, {"interrupts", "say + to", "{when, say, then: resume}, {when, to}"});
    }
    if (f.has("then") && f.text("then") != "resume") {
      findings_.add(f.raw("then")->where, rule::bad_value, {"then", f.text("then"), "resume"});
    }
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
      if (b.has("if")) made.guard = read_guard(b);
      out.push_back(std::move(made));
    }
    return out;
  }

  std::optional<expression> read_guard(const yaml_fields& b) {
    const std::string source = b.text("if");
    expression::parse_error error;
    auto parsed = expression::parse(source, error);
    if (parsed) return parsed;
    findings_.add(b.raw("if")->where, rule::guard_syntax, {source, error.what});
    return expression{};  // still a branch with a condition, for the other checks
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
    } else if (value.find("handoff") != nullptr) {
      s.what = read_handoff(value, s.id);
    } else if (value.find("call") != nullptr) {
      s.what = read_call(value, s.id);
    } else if (value.find("end") != nullptr) {
      s.what = read_end(value, s.id);
    } else {
      const yaml_fields f{findings_, value, s.id, {"say", "next"}};
      if (!f.has("say") || !f.has("next"))
        findings_.add(value.where, rule::kind_unclear, {s.id, "ask, say, call, handoff, end"});
      s.what = say_node{f.sentence("say"), read_next(f)};
    }
    d.states.push_back(std::move(s));
  }

  ask_node read_ask(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"ask", "into", "retry", "why", "tries", "on_fail", "next"}};
    ask_node n;
    n.prompt = f.sentence("ask");
    n.into = f.has("into") ? f.id("into") : id;
    n.retry = f.sentences("retry");
    n.why = f.sentence("why");
    n.tries = f.number("tries", 1, max_tries).value_or(defaults_.tries);
    n.on_fail = f.has("on_fail") ? f.id("on_fail") : defaults_.on_fail;
    n.next = read_next(f);
    f.require("next");
    if (n.tries == 0) findings_.add(value.where, rule::missing_tries, {id});
    if (n.on_fail.empty()) findings_.add(value.where, rule::missing_on_fail, {id});
    return n;
  }

  handoff_node read_handoff(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "handoff", "end"}};
    handoff_node n;
    n.say = f.sentence("say");
    n.outcome = f.text("end");
    f.require("end");
    const yaml_fields h{findings_, *value.find("handoff"), "handoff", {"queue", "note"}};
    h.require("queue");
    if (h.usable()) {
      n.queue = h.text("queue");
      n.note = h.sentence("note");
    }
    return n;
  }

  call_node read_call(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "call", "next", "end"}};
    if (f.has("next") == f.has("end")) findings_.add(value.where, rule::kind_unclear, {id, "next, end"});
    return {f.sentence("say"), f.id("call"), read_next(f), f.text("end"), 0};
  }

  end_node read_end(const yaml_node& value, const std::string& id) {
    const yaml_fields f{findings_, value, id, {"say", "end", "save"}};
    end_node n{f.sentence("say"), f.text("end"), keeping::nothing};
    if (f.has("save")) {
      if (f.text("save") != "profile")
        findings_.add(f.raw("save")->where, rule::bad_value, {"save", f.text("save"), "profile"});
      n.keep = keeping::profile;
    }
    return n;
  }

  const yaml_findings& findings_;
  dialog_defaults defaults_;
};

void read_system(const yaml_findings& findings, const yaml_node& root, system_script& into) {
  const yaml_fields f{findings, root, "system", {"system", "queue", "texts", "words"}};
  if (!into.file.empty()) {
    findings.add(root.where, rule::duplicate_id, {"system", into.file});
    return;
  }
  into.file = findings.file;
  into.where = root.where;
  into.queue = f.text("queue");
  for (std::string_view key : {"queue", "texts", "words"}) f.require(key);
  if (const yaml_node* texts = f.mapping("texts")) {
    for (const auto& [key, value] : texts->pairs) {
      std::size_t i = 0;
      while (i < into.texts.size() && system_text_name(static_cast<system_text>(i)) != key.value) ++i;
      if (i == into.texts.size()) {
        findings.add(key.where, rule::unknown_key, {key.value, "greeting, help, media, …"});
      } else if (auto t = checked_text(findings, value, key.value)) {
        into.texts[i].where = value.where;
        into.texts[i].in(lang::zh_cn) = std::move(*t);
      }
    }
  }
  if (const yaml_node* words = f.mapping("words")) {
    for (const auto& [key, value] : words->pairs) {
      std::size_t i = 0;
      while (i < into.words.size() && interrupt_name(static_cast<interrupt>(i)) != key.value) ++i;
      if (i == into.words.size()) {
        findings.add(key.where, rule::unknown_key,
                     {key.value, "human, back, restart, language, help, why, keep, withdraw"});
        continue;
      }
      if (value.what != yaml_node::kind::list) wrong_type(findings, value.where, key.value, a_list);
      for (const yaml_node& w : value.items) into.words[i].push_back(w.value);
    }
  }
}

std::optional<lang> translation_language(std::string_view file, bool& is_translation) {
  const std::size_t folder = file.rfind("i18n/");
  is_translation = folder != std::string_view::npos && (folder == 0 || file[folder - 1] == '/');
  if (!is_translation) return std::nullopt;
  const std::string_view name = file.substr(folder + 5);
  const auto l = lang_from_tag(name.substr(0, name.find('.')));
  return l && *l != lang::zh_cn ? l : std::nullopt;
}

using text_index = std::map<std::string, localized*, std::less<>>;

void lay_over(const yaml_findings& findings, const yaml_node& root, lang l, const text_index& texts) {
  if (root.what != yaml_node::kind::mapping) {
    wrong_type(findings, root.where, "i18n", a_mapping);
    return;
  }
  const auto put = [&](const std::string& key, source_mark where, const yaml_node& value) {
    auto at = texts.find(key);
    if (at == texts.end() && !texts.contains(key + "[1]")) at = texts.find(key + "[0]");  // a list of one
    if (at == texts.end()) {
      findings.add(where, rule::unknown_translation, {key});
    } else if (auto t = checked_text(findings, value, key)) {
      at->second->in(l) = std::move(*t);
    }
  };
  for (const auto& [key, value] : root.pairs) {
    if (value.what != yaml_node::kind::list) {
      put(key.value, key.where, value);
      continue;
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      put(key.value + '[' + std::to_string(i) + ']', value.items[i].where, value.items[i]);
    }
  }
}

void read_file(const script_file& file, read_scripts& out) {
  const yaml_findings findings{std::string{file.name}, out.diagnostics};
  for (const yaml_node& root : parse_yaml(file.name, file.text, out.diagnostics)) {
    if (root.find("system") != nullptr) {
      read_system(findings, root, out.source.system);
      continue;
    }
    if (root.find("dialog") == nullptr) {
      findings.add(root.where, rule::missing_key, {"file", "dialog"});
      continue;
    }
    dialog d = dialog_reader{findings}.read(root);
    const auto taken = std::find_if(out.source.dialogs.begin(), out.source.dialogs.end(),
                                    [&](const dialog& other) { return other.id == d.id; });
    if (taken != out.source.dialogs.end()) {
      findings.add(root.where, rule::duplicate_id, {d.id, taken->file});
    } else if (!d.id.empty()) {
      out.source.dialogs.push_back(std::move(d));
    }
  }
}

}  // namespace

read_scripts read_yaml(std::span<const script_file> files) {
  read_scripts out;
  bool is_translation = false;
  for (const script_file& file : files) {
    translation_language(file.name, is_translation);
    if (!is_translation) read_file(file, out);
  }
  text_index texts;
  for_each_text(out.source, [&](const std::string& key, localized& text) { texts.emplace(key, &text); });
  for (const script_file& file : files) {
    const auto l = translation_language(file.name, is_translation);
    if (!is_translation) continue;
    const yaml_findings findings{std::string{file.name}, out.diagnostics};
    if (!l) {
      findings.add({}, rule::unknown_language, {std::string{file.name}});
      continue;
    }
    for (const yaml_node& root : parse_yaml(file.name, file.text, out.diagnostics)) {
      // A file that cannot be read is one finding, not one per text that it would have translated.
      if (out.source.languages.back() != *l) out.source.languages.push_back(*l);
      lay_over(findings, root, *l, texts);
    }
  }
  auto& languages = out.source.languages;
  std::sort(languages.begin(), languages.end());
  languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
  return out;
}

}  // namespace zhuqi::dialogs
