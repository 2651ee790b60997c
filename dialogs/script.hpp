#pragma once
// The script as the engine sees it: an immutable set of dialogs that were checked and published together.
// Readers (script_yaml, script_json) fill a script_source; script_set::link resolves its names and freezes it.

#include "bot/base/result.hpp"
#include "dialogs/expression.hpp"
#include "dialogs/lang.hpp"
#include "dialogs/text_template.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace zhuqi::dialogs {

// --- variables ---

struct choice_option {
  std::string id;
  localized label;
  std::vector<std::string> aliases;  ///< other words for it, of any language
  std::vector<std::string> keys;     ///< linked: labels of all languages and aliases, folded
};

struct text_type {
  int min_chars = 1;
  int max_chars = 200;
};
struct choice_type {
  std::vector<choice_option> options;
};
struct yes_no_type {};
struct phone_type {};
struct uscc_type {};
using variable_type = std::variant<text_type, choice_type, yes_no_type, phone_type, uscc_type>;

struct variable {
  std::string id;
  variable_type type;
  localized label;   ///< what people call it; without one it steers the dialog and is shown to nobody
  std::string slot;  ///< key in the shared profile, "" = none; "language" is the conversation's language
  source_mark where;
};

// --- states ---

struct branch {
  std::optional<expression> guard;  ///< none = otherwise
  std::string to;
  std::size_t target = 0;  ///< linked: index of `to`
  source_mark where;
};

/// What a dialog leaves behind when it ends.
enum class keeping : std::uint8_t { nothing, profile };

struct ask_node {
  std::string into;  ///< the variable that takes the answer
  localized prompt;
  std::vector<localized> retry;  ///< what failure n shows; the last repeats
  localized why;
  int tries = 0;
  std::string on_fail;
  std::vector<branch> next;
  std::size_t variable = 0;     ///< linked
  std::size_t fail_target = 0;  ///< linked
};

struct say_node {
  localized text;
  std::vector<branch> next;
};

/// Runs another dialog, then goes on at `next` or, where there is none, ends with `outcome`.
struct call_node {
  localized say;
  std::string dialog;
  std::vector<branch> next;
  std::string outcome;
  std::size_t target = 0;  ///< linked: index of the dialog
};

struct handoff_node {
  localized say;  ///< to the user
  std::string queue;
  localized note;  ///< to the official, rendered in the main language
  std::string outcome;
};

struct end_node {
  localized say;
  std::string outcome;
  keeping keep = keeping::nothing;
};

using node = std::variant<ask_node, say_node, call_node, handoff_node, end_node>;

struct state {
  std::string id;
  node what;
  source_mark where;
};

/// A word of the dialog's own that works at each of its questions: says something and comes back, or goes elsewhere.
struct own_interrupt {
  std::vector<std::string> words;
  localized say;                  ///< then back to the question; empty where `to` is set
  std::string to;                 ///< state
  std::size_t target = 0;         ///< linked
  std::vector<std::string> keys;  ///< linked: words, folded
  source_mark where;
};

struct dialog {
  std::string id;
  localized title;
  std::string start;
  std::vector<variable> vars;
  std::vector<std::string> outcomes;
  std::vector<own_interrupt> interrupts;
  std::string on_human;                                    ///< state for 人工; "" = the general queue
  std::vector<std::int64_t> remind_ms;                     ///< after the question was asked, ascending
  std::int64_t expire_ms = 0;                              ///< 0 = never
  std::string on_expire;                                   ///< state; "" where expire_ms is 0
  std::vector<state> states;                               ///< in the order of the file
  std::size_t start_target = 0;                            ///< linked
  std::optional<std::size_t> human_target, expire_target;  ///< linked
  std::string file;
  source_mark where;

  std::optional<std::size_t> find_state(std::string_view state_id) const;
  std::optional<std::size_t> find_variable(std::string_view variable_id) const;
};

// --- the engine's own words ---

/// Sentences that belong to no dialog. Names in the file are the enumerators' (system_text_name).
enum class system_text : std::uint8_t {
  greeting,
  welcome_back,
  restarted,
  resumed,
  help,
  no_why,
  media,
  empty,
  retry_choice,
  retry_yes_no,
  retry_text,
  ambiguous,
  too_short,
  too_long,
  phone_invalid,
  uscc_length,
  uscc_character,
  uscc_check,
  uscc_old_number,
  offered,
  hint_choice,
  yes,
  no,
  summary_line,
  human,
  fault,
  withdrawn,
  remind,
  expired,
  language_set,
  lost,
  note_asked,
  note_failed,
  note_fault,
  count_,
};

/// What a word of the user means at any question.
enum class interrupt : std::uint8_t {
  human,
  back,
  restart,
  language,
  help,
  why,
  keep,
  withdraw,
  speak_zh_cn,
  speak_en,
  speak_ja,
  speak_ko,
  count_,
};

std::string_view system_text_name(system_text t);
/// The placeholders that the engine fills in this text, space-separated.
std::string_view system_text_placeholders(system_text t);
std::string_view interrupt_name(interrupt i);

struct system_script {
  std::array<localized, static_cast<std::size_t>(system_text::count_)> texts;
  std::array<std::vector<std::string>, static_cast<std::size_t>(interrupt::count_)> words;
  std::string queue;                                    ///< where 人工 goes if the dialog does not say
  std::vector<std::pair<std::string, interrupt>> keys;  ///< linked: words, folded, sorted
  std::vector<std::string> human_keys;                  ///< linked: words that ask for a human inside a sentence
  std::string file;
  source_mark where;
};

/// Everything that was read from files, names not yet resolved. The unlinked members are what is published and hashed.
struct script_source {
  std::vector<dialog> dialogs;
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
    for (auto& s : d.states) {
      const std::string base = prefix + s.id + '.';
      const auto say = [&](auto& text) {
        if (!text.empty()) visit(base + "say", text);
      };
      if (auto* ask = std::get_if<ask_node>(&s.what)) {
        visit(base + "ask", ask->prompt);
        for (std::size_t i = 0; i < ask->retry.size(); ++i)
          visit(base + "retry[" + std::to_string(i) + "]", ask->retry[i]);
        if (!ask->why.empty()) visit(base + "why", ask->why);
      } else if (auto* n = std::get_if<say_node>(&s.what)) {
        say(n->text);
      } else if (auto* c = std::get_if<call_node>(&s.what)) {
        say(c->say);
      } else if (auto* h = std::get_if<handoff_node>(&s.what)) {
        say(h->say);
      } else if (auto* e = std::get_if<end_node>(&s.what)) {
        say(e->say);
      }
    }
    for (std::size_t i = 0; i < d.interrupts.size(); ++i) {
      if (!d.interrupts[i].say.empty()) visit(prefix + "interrupts[" + std::to_string(i) + "]", d.interrupts[i].say);
    }
  }
  for (std::size_t i = 0; i < source.system.texts.size(); ++i) {
    auto& text = source.system.texts[i];
    if (!text.empty()) visit("system." + std::string{system_text_name(static_cast<system_text>(i))}, text);
  }
}

}  // namespace zhuqi::dialogs
