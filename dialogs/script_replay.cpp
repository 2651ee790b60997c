#include "dialogs/script_replay.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace zhuqi::dialogs {
namespace {

/// Inputs of one walk. A person gives up long before.
constexpr int most_inputs = 300;
/// How often one answer is given again where the draft asks again for what was said once.
constexpr int most_repeats = 5;

/// "dialog.variable" that the top of the stack asks for, "" where it asks for nothing.
std::string asked_for(const script_set& scripts, const snapshot& s) {
  if (s.stack.empty() || s.owner != talker::bot || is_idle(s)) return {};
  const frame& f = s.stack.back();
  const dialog* d = scripts.find(f.dialog);
  const auto index = d != nullptr ? d->find_state(f.state) : std::nullopt;
  const auto* ask = index ? std::get_if<ask_node>(&d->states[*index].what) : nullptr;
  return ask != nullptr ? f.dialog + '.' + ask->into : std::string{};
}

/// What the user came for: the lowest dialog that is not the menu.
const frame* main_frame(const snapshot& s) {
  for (const frame& f : s.stack) {
    if (f.dialog != main_menu_id) return &f;
  }
  return nullptr;
}

std::string outcome_of(const std::vector<any_effect>& effects, const std::string& dialog) {
  std::string handed;
  for (const any_effect& e : effects) {
    if (const auto* ended = std::get_if<effect::ended>(&e); ended != nullptr && ended->dialog == dialog) {
      return dialog + '.' + ended->outcome;
    }
    if (const auto* h = std::get_if<effect::handoff>(&e)) handed = dialog + ".handoff:" + h->queue;
  }
  return handed;
}

}  // namespace

// --- recording ---

void dialog_recorder::begin(unix_ms at) {
  const frame* f = main_frame(now_);
  open_ = {f->dialog, at, before_, {}, {}, {}};
  open_.before.stack.clear();
  open_.before.timers.clear();
  open_.before.owner = talker::bot;
  under_way_ = true;
}

void dialog_recorder::end(std::string outcome) {
  open_.outcome = std::move(outcome);
  done_.push_back(std::move(open_));
  open_ = {};
  under_way_ = false;
  calls_.clear();
}

void dialog_recorder::take(const script_set& scripts, const any_event& what, unix_ms at) {
  const std::string asked = asked_for(scripts, now_);
  if (!under_way_) before_ = now_;
  if (under_way_ && !asked.empty()) open_.said[asked].emplace_back(at, what);
  if (const auto* r = std::get_if<event::service_result>(&what); r != nullptr && under_way_) {
    if (const auto call = calls_.find(r->id); call != calls_.end()) open_.results[call->second].push_back(*r);
  }
  step_result r = step(scripts, now_, what, {at});
  const std::string was = under_way_ ? open_.dialog : std::string{};
  now_ = std::move(r.next);
  const frame* main = main_frame(now_);
  if (under_way_) {
    const std::string outcome = outcome_of(r.effects, was);
    const bool gone = main == nullptr || main->dialog != was;
    if (!outcome.empty() || gone) {
      end(outcome);
      before_ = now_;
    }
  }
  if (main == nullptr) skipping_ = false;
  if (!under_way_ && !skipping_ && main != nullptr && now_.owner == talker::bot) begin(at);
  for (const any_effect& e : r.effects) {
    if (const auto* call = std::get_if<effect::call>(&e)) calls_[call->id] = call->service;
  }
}

std::vector<recorded_dialog> dialog_recorder::finish() {
  if (under_way_) {
    end({});
    skipping_ = true;
  }
  return std::exchange(done_, {});
}

void dialog_recorder::fell_back() {
  under_way_ = false;
  skipping_ = true;
  open_ = {};
  if (now_.owner == talker::bot) now_.owner = talker::queue;
}

// --- walking ---

namespace {

class slot_walk {
 public:
  slot_walk(const script_set& scripts, const recorded_dialog& recorded)
      : scripts_{scripts}, recorded_{recorded}, clock_{recorded.at}, now_{recorded.before} {
    now_.version = scripts.version();
  }

  replay_run run() {
    if (scripts_.find(recorded_.dialog) == nullptr) {
      out_.endless = true;
      return std::move(out_);
    }
    feed(event::menu{recorded_.dialog});
    for (int n = 0; !out_.ended; ++n) {
      const std::string asked = asked_for(scripts_, now_);
      if (n >= most_inputs) out_.endless = true;
      if (asked.empty() || out_.endless) break;
      const auto input = next_for(asked);
      if (!input) break;
      clock_ = std::max(clock_, input->first);
      feed(input->second);
    }
    if (!out_.ended && !now_.stack.empty()) out_.place = now_.stack.back().dialog + '.' + now_.stack.back().state;
    return std::move(out_);
  }

 private:
  using timed = std::pair<unix_ms, any_event>;

  /// What the user said for this variable next; the last answer again where the draft comes round to the question
  /// anew, but not where it has just refused it.
  std::optional<timed> next_for(const std::string& asked) {
    const auto said = recorded_.said.find(asked);
    std::size_t& used = used_[asked];
    if (said != recorded_.said.end()) {
      for (; used < said->second.size(); ++used) {
        if (auto input = fitted(said->second[used])) {
          ++used;
          return input;
        }
      }
    }
    const bool refused = now_.stack.back().attempt > 0;
    const bool left = recorded_.outcome.empty();  // the user never came to an end and says nothing more here either
    if (said == recorded_.said.end() || said->second.empty() || refused || left) {
      out_.missing = asked;
      return std::nullopt;
    }
    if (++repeats_[asked] > most_repeats) {
      out_.endless = true;
      return std::nullopt;
    }
    return fitted(said->second.back());
  }

  /// A timer is the draft's own of the same name; without one nothing happens.
  std::optional<timed> fitted(const timed& input) const {
    const auto* timer = std::get_if<event::timer>(&input.second);
    if (timer == nullptr) return input;
    for (const pending_timer& t : now_.timers) {
      if (t.name == timer->name) return timed{t.due, event::timer{t.name, t.due}};
    }
    return std::nullopt;
  }

  void feed(any_event what) {
    std::vector<any_event> open{std::move(what)};
    for (std::size_t i = 0; i < open.size() && i < 100 && !out_.ended; ++i) {
      const int attempt = now_.stack.empty() ? 0 : now_.stack.back().attempt;
      std::vector<passage> way;
      step_result r = step(scripts_, now_, open[i], {clock_, &way});
      now_ = std::move(r.next);
      if (!now_.stack.empty() && now_.stack.back().attempt > attempt) ++out_.retries;
      for (const message& m : r.messages) {
        out_.said += m.text + '\n';
        for (const quick_reply& o : m.options) out_.said += o.label + '\n';
      }
      for (const any_effect& e : r.effects) {
        if (std::holds_alternative<effect::handoff>(e)) ++out_.handoffs;
        if (const auto* call = std::get_if<effect::call>(&e)) open.push_back(answer_to(*call));
      }
      count_question();
      out_.place = outcome_of(r.effects, recorded_.dialog);
      const frame* main = main_frame(now_);
      out_.ended =
          !out_.place.empty() || now_.owner != talker::bot || main == nullptr || main->dialog != recorded_.dialog;
    }
  }

  void count_question() {
    const std::string asked = asked_for(scripts_, now_);
    if (asked.empty() || now_.stack.back().attempt > 0) return;
    const std::string place = now_.stack.back().dialog + '.' + now_.stack.back().state;
    const auto trail = now_.stack.back().trail.size();
    if (std::pair{place, trail} == last_question_) return;  // shown again after a digression
    last_question_ = {place, trail};
    ++out_.questions;
  }

  any_event answer_to(const effect::call& call) {
    const auto known = recorded_.results.find(call.service);
    std::size_t& used = used_["svc." + call.service];
    if (known == recorded_.results.end() || known->second.empty()) {
      return event::service_result{call.id, "unavailable", {}};
    }
    event::service_result out = known->second[std::min(used++, known->second.size() - 1)];
    out.id = call.id;
    return out;
  }

  const script_set& scripts_;
  const recorded_dialog& recorded_;
  unix_ms clock_;
  snapshot now_;
  replay_run out_;
  std::map<std::string, std::size_t> used_;
  std::map<std::string, int> repeats_;
  std::pair<std::string, std::size_t> last_question_;
};

}  // namespace

std::string_view name_of(replay_class c) {
  constexpr std::array<std::string_view, 5> names{"identical", "text_only", "outcome_flip", "needs_information",
                                                  "no_end"};
  return names[static_cast<std::size_t>(c)];
}

replay_run walk_by_slot(const script_set& scripts, const recorded_dialog& recorded) {
  return slot_walk{scripts, recorded}.run();
}

replay_verdict compare_by_slot(const script_set& ran_on, const script_set& draft, const recorded_dialog& recorded) {
  replay_verdict out;
  out.before = walk_by_slot(ran_on, recorded);
  out.after = walk_by_slot(draft, recorded);
  const replay_run& a = out.before;
  const replay_run& b = out.after;
  out.faithful = recorded.outcome.empty() ? !a.ended : a.place == recorded.outcome;
  if (b.endless && !a.endless) {
    out.what = replay_class::no_end;
  } else if (a.ended && b.ended && a.place != b.place) {
    out.what = replay_class::outcome_flip;
  } else if (!b.ended && (a.ended || a.place != b.place)) {
    out.what = replay_class::needs_information;
  } else if (a.ended != b.ended) {
    out.what = replay_class::outcome_flip;  // it now ends where it waited for more
  } else if (a.said != b.said) {
    out.what = replay_class::text_only;
  }
  return out;
}

}  // namespace zhuqi::dialogs
