// Acting: each of these is a turn on the conversation's lane, decided by one compare-and-set on the epoch that the page showed.

#include "bot/base/crypto.hpp"
#include "dialogs/event_json.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/fields.hpp"
#include "handlers/console/gate.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"
#include "handlers/console/thread_json.hpp"

#include <algorithm>

namespace zhuqi::console {
namespace {

using staff::permission;
using what = dialogs::event::official;
using pipeline::act_status;

/// The same id with another act, text or thread is an error of the client, never a second effect.
storage::digest128 digest_of(const call& c) {
  const auto whole =
      crypto::sha256(c.request().path + '\n' + std::to_string(c.who().person.id.value) + '\n' + dump_json(c.body()));
  storage::digest128 out{};
  std::copy_n(whole.begin(), out.size(), out.begin());
  return out;
}

pipeline::official_act act_of(const call& c) {
  pipeline::official_act act;
  act.conversation = c.thread().id;
  act.staff = std::to_string(c.who().person.id.value);
  act.seen = {c.number("epoch")};
  act.client_id = c.text("id");
  act.key = key_of(act.client_id);
  act.body_digest = digest_of(c);
  return act;
}

void run(office& o, const call_ptr& c, pipeline::official_act act) {
  o.intake.act(std::move(act), [&o, c](const pipeline::act_outcome& outcome) {
    switch (outcome.status) {
      case act_status::done:
      case act_status::duplicate: return c->answer({{"thread", thread_json(o, outcome.now)}});
      case act_status::stale: return c->refuse(problem::stale, as_it_stands(o, outcome.now));
      case act_status::not_allowed: return c->refuse(problem::not_allowed, as_it_stands(o, outcome.now));
      case act_status::mismatch: return c->refuse(problem::mismatch);
      case act_status::unknown: return c->refuse(problem::not_found);
      case act_status::unavailable: return c->refuse(problem::unavailable);
    }
  });
}

void simple(office& o, const call_ptr& c, what::act kind, std::string note = {}) {
  auto act = act_of(*c);
  what change;
  change.what = kind;
  change.note = std::move(note);
  act.what = std::move(change);
  run(o, c, std::move(act));
}

/// Out of a colleague's hands only with the right to it, and never without a reason.
void take(office& o, const call_ptr& c) {
  auto act = act_of(*c);
  if (c->flag("force")) {
    if (!may(c->who().person, permission::thread_force_take, target_of(o, c->thread()), o.people.where())) {
      return c->refuse(problem::forbidden);
    }
    if (c->text("reason").empty()) return c->refuse(problem::bad_field, {{"field", "reason"}});
    act.by = pipeline::authority::forced;
  }
  what change;
  change.note = c->text("reason");
  act.what = std::move(change);
  run(o, c, std::move(act));
}

void transfer(office& o, const call_ptr& c) {
  const staff_id to{c->number("to")};
  const auto* receiver = o.people.find(to);
  const auto person = receiver != nullptr ? staff::person_of(*receiver, o.people.where()) : staff::person{};
  // Whoever could not even speak there would only be a place where it gets lost.
  if (!person.active || staff::scope_of(person, permission::thread_speak).empty()) {
    return c->refuse(problem::bad_field, {{"field", "to"}});
  }
  auto act = act_of(*c);
  what change;
  change.what = what::act::transfer;
  change.to = std::to_string(to.value);
  change.note = c->text("reason");
  act.what = std::move(change);
  act.moves_to = pipeline::desk_place{person.department, person.region};
  run(o, c, std::move(act));
}

void hand_back(office& o, const call_ptr& c) {
  auto act = act_of(*c);
  what change;
  change.what = what::act::hand_back;
  change.dialog = c->text("dialog");
  change.state = c->text("state");
  act.what = std::move(change);
  run(o, c, std::move(act));
}

void close(office& o, const call_ptr& c) {
  constexpr std::array<std::string_view, 4> outcomes{"solved", "unsolved", "no_answer", "spam"};
  if (std::ranges::find(outcomes, c->text("outcome")) == outcomes.end()) {
    return c->refuse(problem::bad_field, {{"field", "outcome"}});
  }
  simple(o, c, what::act::close, c->text("outcome"));
}

void reply(office& o, const call_ptr& c) {
  auto act = act_of(*c);
  act.what = pipeline::official_words{c->text("text"), o.people.shown_name(c->who().person.id)};
  run(o, c, std::move(act));
}

/// 回访: what the user said on the telephone. The lane decides again whether it is owed, so of two callers one is refused.
void revisit(office& o, const call_ptr& c) {
  const auto result = dialogs::revisit_named(c->text("result"));
  if (!result) return c->refuse(problem::bad_field, {{"field", "result"}});
  const auto grade = c->number("grade");
  const bool reached = *result == dialogs::event::revisited::outcome::reached;
  if (c->body().contains("grade") && (grade < 1 || !reached)) {
    return c->refuse(problem::bad_field, {{"field", "grade"}});
  }
  if (const auto why = why_no_revisit(o, *c)) {
    return c->refuse(problem::not_allowed, *why, as_it_stands(o, c->thread()));
  }
  auto act = act_of(*c);
  act.what = dialogs::event::revisited{*result, grade, c->text("text")};
  run(o, c, std::move(act));
}

}  // namespace

std::vector<endpoint> thread_act_routes(office& o) {
  using enum field_kind;
  using enum presence;
  const auto row = [&o](const char* path, permission p, std::string_view summary, std::vector<field> more,
                        std::function<void(office&, const call_ptr&)> run) {
    std::vector<field> fields{{"id", act_id}, {"epoch", number, required, INT64_MAX}};
    fields.insert(fields.end(), more.begin(), more.end());
    return endpoint{http::method::post,
                    path,
                    access_rule::thread(p),
                    summary,
                    {},
                    std::move(fields),
                    [&o, run = std::move(run)](const call_ptr& c) { run(o, c); }};
  };
  const field reason{"reason", field_kind::text, optional, limits::reason_bytes};
  return {
      row("/threads/{id}/take", permission::thread_take, "Take it over; `force` takes it from a colleague",
          {{"force", boolean, optional}, reason}, take),
      row("/threads/{id}/accept", permission::thread_speak, "Accept what a colleague handed over", {},
          [](office& office, const call_ptr& c) { simple(office, c, what::act::accept); }),
      row("/threads/{id}/release", permission::thread_speak, "Back to the queue", {reason},
          [](office& office, const call_ptr& c) { simple(office, c, what::act::release, c->text("reason")); }),
      row("/threads/{id}/transfer", permission::thread_transfer, "To a colleague, who has to accept it",
          {{"to", row_id}, {"reason", field_kind::text, required, limits::reason_bytes}}, transfer),
      row("/threads/{id}/hand-back", permission::thread_speak, "To the bot, where it was or at a state of a script",
          {{"dialog", field_kind::text, optional}, {"state", field_kind::text, optional}}, hand_back),
      row("/threads/{id}/close", permission::thread_close, "End it with an outcome",
          {{"outcome", field_kind::text}, {"knowledge_gap", boolean, optional}}, close),
      row("/threads/{id}/reply", permission::thread_speak, "Words for the user",
          {{"text", field_kind::text, required, limits::staff_text_bytes}}, reply),
      {http::method::post,
       "/threads/{id}/revisit",
       access_rule::thread(permission::thread_call_back),
       "What the user said when somebody called back (回访)",
       {},
       {{"id", act_id},
        {"result", field_kind::text, required, 20},
        {"grade", number, optional, 5},
        {"text", field_kind::text, required, limits::staff_text_bytes}},
       [&o](const call_ptr& c) { revisit(o, c); }},
  };
}

}  // namespace zhuqi::console
