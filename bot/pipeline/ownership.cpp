#include "bot/pipeline/ownership.hpp"

#include "bot/base/json.hpp"
#include "bot/pipeline/offices.hpp"

#include <algorithm>

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

/// 回访 is owed, and whoever served does not ask how the service was.
bool may_revisit(const storage::conversation& now, const official_act& act) {
  if (!now.thread || !now.thread->revisit) return false;
  return std::ranges::find(now.thread->served, staff_id{decimal(act.staff)}) == now.thread->served.end();
}

}  // namespace

std::optional<act_status> refusal(const storage::conversation& now, const official_act& act) {
  if (!now.id) return act_status::unknown;
  if (std::holds_alternative<case_message>(act.what)) return std::nullopt;
  if (std::holds_alternative<dialogs::event::revisited>(act.what)) {
    return may_revisit(now, act) ? std::nullopt : std::optional{act_status::not_allowed};
  }
  if (act.seen != now.epoch) return act_status::stale;
  if (const auto* change = std::get_if<dialogs::event::official>(&act.what)) {
    return may(now, act, *change) ? std::nullopt : std::optional{act_status::not_allowed};
  }
  const bool mine = now.owner == owner_kind::human && now.owner_id == act.staff;
  return mine ? std::nullopt : std::optional{act_status::not_allowed};
}

std::optional<dialogs::any_event> event_of(const official_act& act) {
  if (const auto* change = std::get_if<dialogs::event::official>(&act.what)) return *change;
  if (const auto* asked = std::get_if<dialogs::event::revisited>(&act.what)) return *asked;
  return std::nullopt;
}

storage::new_event words_of(const official_act& act) {
  json said{{"id", act.client_id}};
  if (const auto* words = std::get_if<official_words>(&act.what)) {
    said["text"] = words->text;
    said["name"] = words->name;
    return {std::string{staff_text_kind}, act.staff, dump_json(said)};
  }
  const auto& told = std::get<case_message>(act.what);
  said["text"] = told.text;
  said["case_no"] = told.case_no;
  return {std::string{case_text_kind}, act.staff, dump_json(said)};
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
