#pragma once
// One dialog: its variables, states and rules of time, as its file says, with names resolved once it is linked.

#include "dialogs/formula.hpp"
#include "dialogs/text_template.hpp"
#include "dialogs/variable_type.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace zhuqi::dialogs {

struct branch {
  std::optional<formula> guard;  ///< none = otherwise
  std::string to;
  std::size_t target = 0;  ///< linked: index of `to`
  source_mark where;
};

/// A condition on an answer that fits its type, with what to say where it does not hold.
struct answer_check {
  formula that;
  localized otherwise;
};

/// What a dialog leaves behind when it ends.
enum class keeping : std::uint8_t { nothing, profile };

struct ask_node {
  std::string into;  ///< the variable that takes the answer
  localized prompt;
  std::vector<localized> retry;  ///< what failure n shows; the last repeats
  localized why;
  std::vector<answer_check> checks;
  int tries = 0;
  std::string on_fail;
  std::string on_unknown;         ///< state for 「不清楚」; "" = it costs a try
  std::vector<std::string> done;  ///< words that close a list of files
  std::vector<branch> next;
  std::size_t variable = 0;                   ///< linked
  std::size_t fail_target = 0;                ///< linked
  std::optional<std::size_t> unknown_target;  ///< linked
  std::vector<std::string> done_keys;         ///< linked: `done`, folded
};

struct say_node {
  localized text;
  std::string cite;  ///< document and article that the sentence rests on
  std::vector<branch> next;
};

/// Asks a service for something and waits for its result.
struct do_node {
  localized say;
  std::string service_id;
  std::vector<formula> args;  ///< in the order of the service's
  std::string on_error;
  std::vector<branch> next;
  std::size_t service = 0;       ///< linked: index in script_source::services
  std::size_t error_target = 0;  ///< linked
};

/// Runs another dialog, then goes on at `next` or, where there is none, ends with `outcome`.
struct call_node {
  struct given {
    std::string input;  ///< of the called dialog
    formula value;
  };
  struct taken {
    std::string into;    ///< variable of this dialog
    std::string output;  ///< of the called one
  };
  localized say;
  std::string dialog;
  std::vector<given> with;
  std::vector<taken> take;
  std::vector<branch> next;
  std::string outcome;
  std::size_t target = 0;  ///< linked: index of the dialog
};

struct handoff_node {
  localized say;  ///< to the user
  std::string queue;
  localized note;                   ///< to the official, rendered in the main language
  std::int64_t sla_ms = 0;          ///< within which an official should answer; 0 = the queue's own
  std::vector<std::string> attach;  ///< file variables
  std::string closed_now;           ///< a say state that speaks instead outside office hours
  std::string outcome;
  std::optional<std::size_t> closed_target;  ///< linked
};

struct end_node {
  localized say;
  std::string cite;
  std::string outcome;
  keeping keep = keeping::nothing;
};

using node = std::variant<ask_node, say_node, do_node, call_node, handoff_node, end_node>;

struct state {
  std::string id;
  node what;
  source_mark where;
};

/// Something of the dialog's own that works at each of its questions.
struct own_interrupt {
  enum class action : std::uint8_t { resume, go, back, faq };
  action then = action::resume;
  std::vector<std::string> words;  ///< none for faq
  localized say;                   ///< resume: what is said before the question comes again
  std::string to;                  ///< go: the state
  int min_percent = 80;            ///< faq: how like a known question it must be
  std::size_t target = 0;          ///< linked
  std::vector<std::string> keys;   ///< linked: words, folded
  source_mark where;
};

struct dialog {
  std::string id;
  localized title;
  std::string start;
  std::vector<std::string> inputs;   ///< variables that a caller fills
  std::vector<std::string> outputs;  ///< variables that a caller may take
  std::vector<std::string> params;   ///< parameters that its expressions read as p.<id>
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

}  // namespace zhuqi::dialogs
