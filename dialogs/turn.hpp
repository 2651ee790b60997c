#pragma once
// One step of the engine while it runs: the snapshot that grows, the messages and effects so far. Internal to the engine:
//   engine.cpp      what each event means            answers.cpp    is it an answer, and what follows from it
//   nodes.cpp       entering states, run to the end  interrupts.cpp the commands that work at every question
//   services.cpp    calls and their results          resume.cpp     walking old answers again: 改, 继续, new versions
//   evaluation.cpp  guards and placeholders          wording.cpp    texts and messages
//   officials.cpp   people who take over and hand back

#include "dialogs/engine.hpp"
#include "dialogs/program.hpp"
#include "dialogs/understand.hpp"
#include "dialogs/values/parse.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs {

class turn {
 public:
  turn(const script_set& scripts, const snapshot& before, const environment& env)
      : scripts_{scripts}, before_{before}, env_{env}, next_{before} {}

  step_result take(const any_event& what);
  /// Label → value of what was collected, in the officials' language.
  std::map<std::string, std::string> shown_slots() const;

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
    const ask_node* ask = nullptr;   ///< set where an answer is awaited
    const do_node* doing = nullptr;  ///< set where a service's result is awaited
    bool waits() const { return ask != nullptr || doing != nullptr; }
    const variable& asked() const { return d->vars[ask->variable]; }
  };
  using fill_list = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // --- engine.cpp: events ---
  void on(const event::text& e);
  void on(const event::media& e);
  void on(const event::entered& e);
  void on(const event::left& e);
  void on(const event::menu& e);
  void on(const event::timer& e);
  void on(const event::notice& e);
  void on(const event::service_result& e);
  void on(const event::moved& e);
  void on(const event::official& e);
  void on(const event::queued& e);
  void on(const event::revisited& e);
  void wake();
  bool is_silent() const { return before_.owner == talker::queue || before_.owner == talker::human; }
  /// True where the bot must stay silent; the event then changes nothing.
  bool stays_silent();
  void withdraw_from_queue(std::string_view folded);
  void open_dialog(const dialog& d);
  void expire();
  void arm_timers();
  bool sit_at_main_menu();
  std::size_t main_frame() const;
  void hand_back(const event::official& e);
  void ask_grade();
  bool took_grade(std::string_view folded);
  void bring_back(int grade, const std::string& more);
  void first_words(std::string_view raw, std::string_view folded);

  // --- answers.cpp ---
  void answer(const position& at, std::string_view raw, std::string_view folded);
  void confirm(const position& at, std::string_view raw, std::string_view folded);
  void take_file(const position& at, const event::media& e);
  bool close_files(const position& at, std::string_view folded);
  /// Accepts what was understood, or says why not.
  void judge(const position& at, values::answer p, std::string_view raw);
  /// The check that `value` does not pass; nullptr if it passes all.
  const answer_check* failed_check(const position& at, const std::string& value) const;
  void accept(const position& at, std::string value);
  void fail(const position& at, std::string said, std::string_view raw);
  void fail_for_good(const position& at, std::string_view last_answer);
  void aside(system_text kind);

  // --- nodes.cpp: states ---
  position here() const;
  position at(const frame& f) const;
  void run(target first);
  void pass(passage::by how, std::size_t index = 0);
  target enter(const ask_node& n);
  target enter(const say_node& n);
  target enter(const do_node& n);
  target enter(const call_node& n);
  target enter(const handoff_node& n);
  target enter(const end_node& n);
  target follow(const std::vector<branch>& branches);
  target finish(std::string_view outcome, keeping keep);
  target return_to_caller();
  void take_outputs(const call_node& n, const frame& ended);
  void push(const dialog& d);
  void start(const dialog& d);
  void go_to_main_menu();
  void keep_profile(const frame& f, const dialog& d);
  void hand_over(const std::string& queue, const std::string& what);
  void give_up();

  // --- interrupts.cpp: commands ---
  bool interrupted(const position& at, std::string_view folded);
  bool own_interrupted(const position& at, std::string_view folded);
  void go_aside(const position& at, const own_interrupt& i);
  bool went_where_mentioned(const position& at, std::string_view folded);
  bool answered_in_between(const position& at, std::string_view folded);
  std::optional<interrupt> exact_command(std::string_view folded) const;
  bool asks_for_human(std::string_view folded) const;
  bool can_obey(interrupt what, const position& at) const;
  void obey(interrupt what, const position& at);
  void go_to_human(const position& at);
  void go_back();
  void restart();
  void cancel();
  void choose_language();
  void speak(lang l);

  // --- services.cpp ---
  target service_failed(const do_node& n);

  // --- resume.cpp ---
  bool change_answer(std::string_view folded);
  void ask_again(const std::string& state_id);
  /// The old answer of a question that is being walked again, if it still fits.
  const std::string* replayed(const frame& f, const position& at) const;
  bool fits(const position& at, const std::string& value) const;
  void park();
  bool resume();
  using type_names = std::map<std::string, std::string>;  ///< by "dialog.variable"
  void walk_again(frame old, const type_names& types);
  bool still_stands(const frame& f, const type_names& types) const;
  void move_to(const event::moved& where);
  /// Takes out what the scripts no longer know, or know as something else.
  void drop_misfits(frame& f, const dialog& d, const type_names& types) const;

  // --- evaluation.cpp ---
  cel::value evaluate(const formula& f, const frame* in, const std::string* candidate = nullptr) const;
  void append_value(const formula& f, const frame* in, lang l, std::string& to) const;
  target refine(const cel::value& undecided);

  // --- wording.cpp: texts ---
  std::string render(const localized& text, const frame* f, lang l) const;
  std::string system(system_text t) const;
  std::string system(system_text t, lang l, fill_list fill) const;
  std::string shown(const variable_type& type, const std::string& value, lang l) const;
  std::string summary(lang l) const;
  /// Calls visit(variable, value) for the answers given on the way that led here, in the order of the dialog's variables.
  template <class Visit>
  void for_each_answer(const frame& f, const dialog& d, Visit visit) const;
  std::map<std::string, std::string> canonical_slots(const frame& f, const dialog& d) const;
  const std::string* offered(const frame& f, const variable& v) const;
  std::string misfit_text(const variable& v, const values::answer& why) const;
  values::context about() const;
  std::string reason_text() const;
  void say(std::string text);
  void prompt(const position& at);
  void attach_options(message& m, const variable& v) const;
  void attach_yes_no(message& m) const;
  std::string opening_text(lang l) const;
  /// "1–100,000", "≥ 1": what a counted type allows.
  std::string limit_text(const variable_type& type, lang l) const;

  frame& top() { return next_.stack.back(); }

  const script_set& scripts_;
  const snapshot& before_;
  environment env_;
  snapshot next_;
  std::vector<message> messages_;
  std::vector<any_effect> effects_;
  std::size_t entered_ = 0;
  bool expiring_ = false;
  bool walking_again_ = false;  ///< what was said on the way before is not said again
  bool acted_ = true;           ///< false: the step changed nothing and said nothing
  handoff_reason reason_;
  frame ended_;          ///< the dialog that ended last, for what its caller takes
  std::string outcome_;  ///< how it ended
};

}  // namespace zhuqi::dialogs
