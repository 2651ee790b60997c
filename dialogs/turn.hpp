#pragma once
// One step of the engine while it runs: the snapshot that grows, the messages and effects so far. Internal to the engine;
// engine.cpp takes the event, nodes.cpp enters states, interrupts.cpp knows the commands, wording.cpp fills the texts.

#include "dialogs/engine.hpp"
#include "dialogs/values/parse.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::dialogs {

class turn {
 public:
  turn(const script_set& scripts, const snapshot& before, const environment& env)
      : scripts_{scripts}, before_{before}, env_{env}, next_{before} {}

  step_result take(const any_event& what);

 private:
  using target = std::optional<std::size_t>;  ///< state of the top frame to enter next; none = wait
  enum class origin : std::uint8_t { script, asked, failed, fault };
  /// Why a human is needed, for the official.
  struct handoff_reason {
    origin why = origin::script;
    std::string question;
    std::string last_answer;
    int tries = 0;
  };
  struct position {
    const dialog* d = nullptr;
    const state* s = nullptr;
    const ask_node* ask = nullptr;  ///< set where an answer is awaited
  };

  // --- engine.cpp: events ---
  void on(const event::text& e);
  void on(const event::media& e);
  void on(const event::entered& e);
  void on(const event::left& e);
  void on(const event::menu& e);
  void on(const event::timer& e);
  void on(const event::notice& e);
  void wake();
  bool is_silent() const { return before_.owner == talker::queue || before_.owner == talker::human; }
  void withdraw_from_queue(std::string_view folded);
  void answer(const position& at, std::string_view raw, std::string_view folded);
  void accept(const position& at, std::string value);
  void fail(const position& at, const values::parsed& why, std::string_view raw);
  void fail_for_good(const position& at, std::string_view last_answer);
  void aside(system_text kind);
  void open_dialog(const dialog& d);
  void expire();
  void arm_timers();
  bool sit_at_main_menu();
  std::size_t main_frame() const;
  void first_words(std::string_view raw, std::string_view folded);

  // --- nodes.cpp: states ---
  position here() const;
  position at(const frame& f) const;
  void run(std::size_t first);
  target enter(const ask_node& n);
  target enter(const say_node& n);
  target enter(const call_node& n);
  target enter(const handoff_node& n);
  target enter(const end_node& n);
  target follow(const std::vector<branch>& branches);
  target finish(std::string_view outcome, keeping keep);
  target return_to_caller();
  void push(const dialog& d);
  void start(const dialog& d);
  void go_to_main_menu();
  void keep_profile(const frame& f, const dialog& d);
  void hand_over(const std::string& queue, const std::string& what);
  void give_up();

  // --- interrupts.cpp: commands ---
  bool interrupted(const position& at, std::string_view folded);
  bool own_interrupted(const position& at, std::string_view folded);
  std::optional<interrupt> exact_command(std::string_view folded) const;
  bool asks_for_human(std::string_view folded) const;
  void obey(interrupt what, const position& at);
  void go_to_human(const position& at);
  void go_back();
  void restart();
  void choose_language();
  void speak(lang l);

  // --- wording.cpp: texts ---
  std::string render(const localized& text, const frame* f, lang l) const;
  std::string system(system_text t) const;
  std::string system(system_text t, lang l,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> fill) const;
  std::string shown(const variable& v, const std::string& value, lang l) const;
  std::string summary(lang l) const;
  std::map<std::string, std::string> shown_slots() const;
  /// Calls visit(variable, value) for the answers given on the way that led here, in the order of the dialog's variables.
  template <class Visit>
  void for_each_answer(const frame& f, const dialog& d, Visit visit) const;
  std::map<std::string, std::string> canonical_slots(const frame& f, const dialog& d) const;
  const std::string* offered(const frame& f, const variable& v) const;
  std::string misfit_text(const variable& v, const values::parsed& why) const;
  std::string reason_text() const;
  void say(std::string text);
  void prompt(const position& at);
  void attach_options(message& m, const variable& v) const;

  frame& top() { return next_.stack.back(); }

  const script_set& scripts_;
  const snapshot& before_;
  environment env_;
  snapshot next_;
  std::vector<message> messages_;
  std::vector<any_effect> effects_;
  std::size_t entered_ = 0;
  bool expiring_ = false;
  bool acted_ = true;  ///< false: the step changed nothing and said nothing
  handoff_reason reason_;
};

}  // namespace zhuqi::dialogs
