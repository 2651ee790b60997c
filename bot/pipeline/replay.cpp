#include "bot/pipeline/replay.hpp"

#include "bot/base/json.hpp"
#include "bot/pipeline/effects.hpp"
#include "bot/pipeline/ownership.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/event_json.hpp"

#include <utility>

namespace zhuqi::pipeline {

void replay::event(storage::stored_event e) {
  if (!turn_.empty() && turn_.front().turn != e.turn) run_turn();
  turn_.push_back(std::move(e));
}

void replay::finish() {
  if (!turn_.empty()) run_turn();
}

void replay::run_turn() {
  const std::vector<storage::stored_event> turn = std::exchange(turn_, {});
  const conversation_id id = turn.front().conversation;
  dialogs::snapshot& state = states_[id];

  std::string version = state.version;
  bool fell_back = false;
  std::vector<storage::stored_event> said;
  for (const auto& e : turn) {
    if (e.kind == pinned_kind) {
      if (const auto body = parse_json(e.body)) version = string_or_empty(*body, "version");
    } else if (e.kind == staff_text_kind || e.kind == case_text_kind) {
      continue;  // a person's words: no step made them
    } else if (e.kind == fallback_kind) {
      fell_back = true;
    } else if (!dialogs::event_from_body(e.kind, e.body)) {
      said.push_back(e);
    }
  }
  if (fell_back) {
    if (state.owner == dialogs::talker::bot) state.owner = dialogs::talker::queue;
    return;
  }
  const auto scripts = scripts_(version);
  if (scripts == nullptr)
    return report_(id,
                   "turn " + std::to_string(turn.front().turn.value) + " ran on a script version that is not stored");

  std::vector<std::pair<std::string_view, std::string>> messages;
  std::vector<std::pair<std::string_view, std::string>> effects;
  for (const auto& e : turn) {
    const auto input = dialogs::event_from_body(e.kind, e.body);
    if (!input) continue;
    auto step = dialogs::step(*scripts, state, *input, {e.at});
    for (const auto& m : step.messages) messages.emplace_back(dialogs::message_kind, dialogs::message_body(m));
    for (const auto& x : step.effects) effects.emplace_back(dialogs::effect_kind(x), dialogs::effect_body(x));
    state = std::move(step.next);
  }
  messages.insert(messages.end(), effects.begin(), effects.end());
  bool same = messages.size() == said.size();
  for (std::size_t i = 0; same && i < said.size(); ++i) {
    same = said[i].kind == messages[i].first && said[i].body == messages[i].second;
  }
  if (!same)
    report_(id, "turn " + std::to_string(turn.front().turn.value) +
                    " replays to other messages or effects than were logged");
}

void replay::state(const storage::conversation& stored) {
  const auto replayed = states_.find(stored.id);
  const dialogs::snapshot empty;
  if (dialogs::serialize(replayed == states_.end() ? empty : replayed->second) != stored.snapshot) {
    report_(stored.id, "the log replays to another state than is stored");
  }
}

}  // namespace zhuqi::pipeline
