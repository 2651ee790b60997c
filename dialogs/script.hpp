#pragma once
// The script set as the engine sees it: an immutable set of dialogs that were checked and published together.
// Readers (script_yaml, script_json) fill a script_source; script_set::link resolves its names and freezes it.

#include "bot/base/result.hpp"
#include "dialogs/dialog.hpp"
#include "dialogs/shared_tables.hpp"
#include "dialogs/system_script.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs {

/// Everything that was read from files, names not yet resolved. The unlinked members are what is published and hashed.
struct script_source {
  std::vector<dialog> dialogs;
  std::vector<parameter> parameters;
  std::vector<service> services;
  std::vector<faq_entry> faq;
  office_hours hours;
  system_script system;
  std::vector<lang> languages{lang::zh_cn};  ///< the main language first
};

/// Calls `visit(key, localized&)` for every text: "dialog.state.ask", "dialog.vars.name.label", "dialog.name.retry[0]",
/// "system.greeting". The keys are those of the translation files.
template <class Source, class Visit>
void for_each_text(Source& source, Visit visit);

/// The dialog that everything starts from and comes back to.
inline constexpr std::string_view main_menu_id = "main_menu";
/// The dialog that 语言 opens; its variable with the slot "language" takes effect when it ends.
inline constexpr std::string_view language_dialog_id = "choose_language";
inline constexpr std::string_view language_slot = "language";

class script_set {
 public:
  /// Resolves every name and computes the version. errc::malformed where a name leads nowhere (the checker says which).
  static result<std::shared_ptr<const script_set>> link(script_source source);

  const std::string& version() const { return version_; }      ///< SHA-256 (hex) of canonical()
  const std::string& canonical() const { return canonical_; }  ///< what is stored; script_json reads it back
  const script_source& source() const { return source_; }
  std::span<const lang> languages() const { return source_.languages; }
  std::span<const dialog> dialogs() const { return source_.dialogs; }  ///< by id
  const system_script& system() const { return source_.system; }
  const localized& text(system_text t) const { return source_.system.texts[static_cast<std::size_t>(t)]; }

  const dialog* find(std::string_view id) const;
  std::optional<interrupt> find_interrupt(std::string_view folded) const;
  /// The variable that fills a profile slot, for its label; nullptr if no dialog does.
  const variable* slot_variable(std::string_view slot) const;

 private:
  script_set() = default;
  script_source source_;
  std::vector<std::pair<std::string, const variable*>> slots_;  ///< by slot
  std::string version_;
  std::string canonical_;
};

using script_set_ptr = std::shared_ptr<const script_set>;

// --- implementation of the template ---

template <class State, class Visit>
void for_each_text_of(State& s, const std::string& base, Visit& visit) {
  const auto some = [&](const char* key, auto& text) {
    if (!text.empty()) visit(base + key, text);
  };
  if (auto* ask = std::get_if<ask_node>(&s.what)) {
    visit(base + "ask", ask->prompt);
    for (std::size_t i = 0; i < ask->retry.size(); ++i) visit(base + "retry[" + std::to_string(i) + "]", ask->retry[i]);
    for (std::size_t i = 0; i < ask->checks.size(); ++i) {
      visit(base + "checks[" + std::to_string(i) + "]", ask->checks[i].otherwise);
    }
    some("why", ask->why);
  } else if (auto* say = std::get_if<say_node>(&s.what)) {
    some("say", say->text);
  } else {
    std::visit(
        [&](auto& n) {
          if constexpr (requires { n.say; }) some("say", n.say);
        },
        s.what);
  }
}

template <class Source, class Visit>
void for_each_text(Source& source, Visit visit) {
  for (auto& d : source.dialogs) {
    const std::string prefix = d.id + '.';
    visit(prefix + "title", d.title);
    for (auto& v : d.vars) {
      const std::string base = prefix + "vars." + v.id;
      if (!v.label.empty()) visit(base + ".label", v.label);
      if (auto* c = std::get_if<choice_type>(&v.type)) {
        for (auto& o : c->options) visit(base + ".of." + o.id, o.label);
      }
    }
    for (auto& s : d.states) for_each_text_of(s, prefix + s.id + '.', visit);
    for (std::size_t i = 0; i < d.interrupts.size(); ++i) {
      if (!d.interrupts[i].say.empty()) visit(prefix + "interrupts[" + std::to_string(i) + "]", d.interrupts[i].say);
    }
  }
  for (auto& entry : source.faq) visit("faq." + entry.id, entry.answer);
  for (std::size_t i = 0; i < source.system.texts.size(); ++i) {
    auto& text = source.system.texts[i];
    if (!text.empty()) visit("system." + std::string{system_text_name(static_cast<system_text>(i))}, text);
  }
}

}  // namespace zhuqi::dialogs
