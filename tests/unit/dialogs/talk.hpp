#pragma once
// A conversation with the engine for tests: one line in, what the bot says out.

#include "dialogs/engine.hpp"
#include "dialogs/library.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::test {

/// The shipped scripts, loaded once.
inline const script_set& shipped() {
  static const loaded_scripts loaded = load_library(library::files());
  for (const diagnostic& d : loaded.diagnostics) UNSCOPED_INFO(to_line(d, lang::en));
  REQUIRE(loaded.scripts != nullptr);
  return *loaded.scripts;
}

/// The shipped engine sentences and menu with other dialogs; fails the test on any error in them.
inline script_set_ptr with_dialog(const std::string& yaml) {
  std::vector<script_file> files;
  for (const base::embedded_file& f : library::files()) {
    if (f.name == "system.yaml" || f.name == "choose_language.yaml") files.push_back({f.name, f.bytes});
  }
  files.push_back({"test.yaml", yaml});
  const loaded_scripts loaded = load_scripts(files);
  for (const diagnostic& d : loaded.diagnostics) UNSCOPED_INFO(to_line(d, lang::en));
  REQUIRE(loaded.scripts != nullptr);
  return loaded.scripts;
}

/// (name, text) as the reader takes them; valid as long as `texts`.
inline std::vector<script_file> views_of(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<script_file> files;
  files.reserve(texts.size());
  for (const auto& [name, text] : texts) files.push_back({name, text});
  return files;
}

/// A message as a channel without buttons shows it.
inline std::string plain(const message& m) {
  std::string out = m.text;
  for (const quick_reply& o : m.options) out += "\n" + o.value + ". " + o.label;
  if (!m.hint.empty()) out += "\n(" + m.hint + ")";
  return out;
}

inline int prompts_in(const std::vector<message>& messages) {
  int n = 0;
  for (const message& m : messages) n += m.options.empty() ? 0 : 1;
  return n;
}

class talk {
 public:
  explicit talk(const script_set& scripts = shipped()) : scripts_{&scripts} {}
  explicit talk(script_set_ptr scripts) : kept_{std::move(scripts)}, scripts_{kept_.get()} {}

  /// Feeds an event; `said`, `effects` and `now` show what came of it.
  talk& feed(const any_event& e) {
    step_result r = step(*scripts_, now, e, {clock});
    now = std::move(r.next);
    messages = std::move(r.messages);
    effects = std::move(r.effects);
    said.clear();
    for (const message& m : messages) said += (said.empty() ? "" : "\n---\n") + plain(m);
    return *this;
  }
  talk& say(const std::string& text) { return feed(event::text{text}); }
  talk& enter(const std::string& scene = "") { return feed(event::entered{scene}); }
  /// Several answers in a row.
  template <class... Texts>
  talk& all(Texts... texts) {
    (say(texts), ...);
    return *this;
  }

  bool says(const std::string& part) const { return said.find(part) != std::string::npos; }
  std::string dialog() const { return now.stack.empty() ? "" : now.stack.back().dialog; }
  std::string state() const { return now.stack.empty() ? "" : now.stack.back().state; }
  std::string var(const std::string& name) const {
    if (now.stack.empty()) return "";
    const auto at = now.stack.back().vars.find(name);
    return at == now.stack.back().vars.end() ? "" : at->second;
  }
  template <class Effect>
  const Effect* effect_of() const {
    for (const any_effect& e : effects) {
      if (const auto* found = std::get_if<Effect>(&e)) return found;
    }
    return nullptr;
  }

 private:
  script_set_ptr kept_;
  const script_set* scripts_;

 public:
  unix_ms clock{1'800'000'000'000};
  snapshot now;
  std::vector<message> messages;
  std::vector<any_effect> effects;
  std::string said;
};

/// At the question for the contact's name in 反映问题, three answers given.
inline talk at_contact() {
  talk t;
  t.all("你好", "1", "融资", "银行抽贷，希望协调展期", "2");
  REQUIRE(t.state() == "contact");
  return t;
}

}  // namespace zhuqi::dialogs::test
