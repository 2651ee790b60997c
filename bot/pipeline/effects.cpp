#include "bot/pipeline/effects.hpp"

#include "dialogs/event_json.hpp"

#include <utility>
#include <variant>

namespace zhuqi::pipeline {
namespace {

storage::owner_kind to_row(dialogs::talker t) {
  switch (t) {
    case dialogs::talker::bot: return storage::owner_kind::bot;
    case dialogs::talker::queue: return storage::owner_kind::queue;
    case dialogs::talker::human: return storage::owner_kind::human;
    case dialogs::talker::closed: return storage::owner_kind::closed;
  }
  ZHUQI_ASSERT(false);
}

storage::new_event to_row(const dialogs::any_effect& effect) {
  return std::visit(
      [](const auto& e) {
        return storage::new_event{std::string{dialogs::effect_kind(e)}, "bot", dialogs::effect_body(e)};
      },
      effect);
}

// One wake-up row stands for the soonest timer. Where an earlier row is armed already it is kept: it wakes the conversation too
// soon once, finds nothing due, and arms the right time. So a timer that moves with every answer costs no row per answer.
unix_ms armed_wakeup(const storage::turn_commit& commit, const dialogs::snapshot& next) {
  const bool spent = commit.wakeup_done && commit.wakeup_done->due == commit.before.wakeup;
  const unix_ms armed = spent ? unix_ms{} : commit.before.wakeup;
  if (next.timers.empty()) return armed;
  const unix_ms due = next.timers.front().due;
  return armed && armed <= due ? armed : due;
}

}  // namespace

void add_step_rows(storage::turn_commit& commit, const dialogs::step_result& step, delivery how,
                   std::size_t already_said) {
  for (std::size_t i = 0; i < step.messages.size(); ++i) {
    std::string body = dialogs::message_body(step.messages[i]);
    const bool to_outbox = how == delivery::outbox || (how == delivery::passive_then_outbox && i >= already_said);
    if (to_outbox) commit.outbox.push_back({commit.events.size(), body, commit.at});
    commit.events.push_back({"bot.text", "bot", std::move(body)});
  }
  for (const auto& effect : step.effects) commit.events.push_back(to_row(effect));

  const storage::owner_kind owner = to_row(step.next.owner);
  if (owner != commit.before.owner) {
    commit.after.owner = owner;
    commit.after.owner_id.clear();
    commit.after.epoch = commit.before.epoch.next();
  }
  commit.after.wakeup = armed_wakeup(commit, step.next);
  commit.after.snapshot = dialogs::serialize(step.next);
}

}  // namespace zhuqi::pipeline
