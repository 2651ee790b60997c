#include "bot/pipeline/ownership.hpp"

namespace zhuqi::pipeline {
namespace {

using storage::owner_kind;
using kind = dialogs::event::official::act;

bool may(const storage::conversation& now, const official_act& act, const dialogs::event::official& change) {
  const bool mine = now.owner == owner_kind::human && now.owner_id == act.staff;
  switch (change.what) {
    case kind::take:
      return now.owner != owner_kind::human || (act.by == authority::forced && now.owner_id != act.staff);
    case kind::transfer: return mine && !change.to.empty() && change.to != act.staff;
    case kind::release: return mine || (act.by == authority::house && now.owner == owner_kind::human);
    case kind::accept: return mine && now.thread && now.thread->accept_by;
    case kind::hand_back: return mine;
    case kind::close: return mine || now.owner == owner_kind::queue;
  }
  return false;
}

}  // namespace

std::optional<act_status> refusal(const storage::conversation& now, const official_act& act) {
  if (!now.id) return act_status::unknown;
  if (std::holds_alternative<case_message>(act.what)) return std::nullopt;
  if (act.seen != now.epoch) return act_status::stale;
  if (const auto* change = std::get_if<dialogs::event::official>(&act.what)) {
    return may(now, act, *change) ? std::nullopt : std::optional{act_status::not_allowed};
  }
  const bool mine = now.owner == owner_kind::human && now.owner_id == act.staff;
  return mine ? std::nullopt : std::optional{act_status::not_allowed};
}

void apply_ownership(storage::turn_commit& commit, const official_act& act) {
  const auto* change = std::get_if<dialogs::event::official>(&act.what);
  if (change == nullptr || change->what == kind::accept) return;
  commit.after.epoch = commit.before.epoch.next();
  commit.after.owner_id.clear();
  switch (change->what) {
    case kind::take:
      commit.after.owner = owner_kind::human;
      commit.after.owner_id = act.staff;
      commit.cancels_unsent = true;
      return;
    case kind::transfer:
      commit.after.owner = owner_kind::human;
      commit.after.owner_id = change->to;
      return;
    case kind::release: commit.after.owner = owner_kind::queue; return;
    case kind::accept:
    case kind::hand_back: return;  // to the bot, or to where its script leads at once
    case kind::close: commit.after.owner = owner_kind::closed; return;
  }
}

}  // namespace zhuqi::pipeline
