#include "bot/pipeline/turn.hpp"

#include "bot/base/json.hpp"
#include "bot/pipeline/effects.hpp"
#include "bot/runtime/log.hpp"
#include "bot/runtime/metrics.hpp"
#include "dialogs/event_json.hpp"
#include "dialogs/office.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <memory>
#include <utility>

namespace zhuqi::pipeline {
namespace {

// A conversation moves between load and commit only where two nodes share a store, or after a cache entry went stale.
constexpr int max_attempts = 5;
// Timers of one conversation that one wake-up fires; the rest is armed again.
constexpr int max_timers_per_turn = 8;
constexpr int max_calls_per_turn = 16;

dialogs::talker to_talker(storage::owner_kind o) {
  switch (o) {
    case storage::owner_kind::bot: return dialogs::talker::bot;
    case storage::owner_kind::queue: return dialogs::talker::queue;
    case storage::owner_kind::human: return dialogs::talker::human;
    case storage::owner_kind::closed: return dialogs::talker::closed;
  }
  ZHUQI_ASSERT(false);
}

}  // namespace

// The steps of one turn and what they amount to. Each event goes to the log before its step, so that a replay makes the same.
struct turn_runner::stepper {
  const dialogs::script_set& scripts;
  dialogs::environment env;
  storage::turn_commit& commit;
  dialogs::step_result so_far;
  service_desk* services = nullptr;

  void take(std::string_view actor, const dialogs::any_event& event, std::string_view origin_id = {}) {
    dialogs::step_result one = log_and_step(actor, event, origin_id);
    // Services answer at once, so that no dialog waits for them: with what they have, or that nobody provides them.
    for (int i = 0; i < max_calls_per_turn; ++i) {
      const auto call = std::find_if(one.effects.begin(), one.effects.end(), [](const dialogs::any_effect& e) {
        return std::holds_alternative<dialogs::effect::call>(e);
      });
      if (call == one.effects.end()) break;
      auto answer = ask(std::get<dialogs::effect::call>(*call), one.next);
      add(std::move(one));
      one = log_and_step("service", answer, {});
    }
    add(std::move(one));
  }

  void fire_due() {
    for (int i = 0; i < max_timers_per_turn; ++i) {
      const auto& timers = so_far.next.timers;
      if (timers.empty() || timers.front().due > commit.at) break;
      take("clock", dialogs::event::timer{timers.front().name, timers.front().due});
    }
  }

  // What remains when the engine or the store refuses a turn: the user's words, and a person who will read them. The event
  // "fallback" tells a replay that no step was made.
  void fall_back(const dialogs::any_event& event, std::string_view origin_id, dialogs::snapshot before,
                 std::string_view why) {
    commit.events.clear();
    commit.cases.clear();
    commit.records.clear();
    commit.events.push_back({std::string{dialogs::event_kind(event)}, "user", dialogs::event_body(event, origin_id)});
    commit.events.push_back({std::string{fallback_kind}, "bot", dump_json({{"reason", why}})});
    so_far = {std::move(before), {}, {}};
    if (so_far.next.owner != dialogs::talker::bot) return;
    so_far.next.owner = dialogs::talker::queue;
    so_far.effects.push_back(dialogs::effect::handoff{"", std::string{why}, {}});
  }

 private:
  dialogs::step_result log_and_step(std::string_view actor, const dialogs::any_event& event,
                                    std::string_view origin_id) {
    commit.events.push_back(
        {std::string{dialogs::event_kind(event)}, std::string{actor}, dialogs::event_body(event, origin_id)});
    return dialogs::step(scripts, so_far.next, event, env);
  }
  dialogs::event::service_result ask(const dialogs::effect::call& call, const dialogs::snapshot& state) {
    auto answer =
        services == nullptr ? std::nullopt : services->answer(call, {commit.before.id, state, commit.at, commit.cases});
    if (!answer) return {call.id, "unavailable", {}};
    std::ranges::move(answer->cases, std::back_inserter(commit.cases));
    std::ranges::move(answer->records, std::back_inserter(commit.records));
    return {call.id, std::move(answer->error), std::move(answer->fields)};
  }
  void add(dialogs::step_result one) {
    for (auto& m : one.messages) so_far.messages.push_back(std::move(m));
    for (auto& e : one.effects) so_far.effects.push_back(std::move(e));
    so_far.next = std::move(one.next);
  }
};

void turn_runner::take_act(stepper& steps, storage::turn_commit& commit, const official_act& act, delivery by) {
  commit.key = act.key;
  commit.body_digest = act.body_digest;
  if (const auto event = event_of(act)) return steps.take(act.staff, *event, act.client_id);
  storage::new_event said = words_of(act);
  if (by == delivery::outbox) commit.outbox.push_back({commit.events.size(), said.body, commit.at});
  commit.events.push_back(std::move(said));
}

struct turn_runner::attempt {
  const verified_message* message = nullptr;  // null for a wake-up and for an official's act
  const reply_encoder* encoder = nullptr;
  std::string channel;
  std::string user;
  std::optional<storage::wakeup_row> wakeup;
  std::optional<official_act> act;
  reply_fn reply;
  act_fn act_done;

  void done(turn_reply r) {
    if (!act) return reply(std::move(r));
    using enum act_status;
    act_done({r.status == turn_status::answered    ? act_status::done
              : r.status == turn_status::duplicate ? duplicate
              : r.status == turn_status::mismatch  ? mismatch
                                                   : unavailable,
              before.row});
  }

  /// The user's own turn; gives how many of the bot's messages the passive reply carries.
  std::size_t hear(stepper& steps, storage::turn_commit& commit, turn_runner& home) const {
    const message_fields& m = **message;
    commit.key = m.key;
    commit.body_digest = m.body_digest;
    const auto fall_back = [&](std::string_view why) {
      dialogs::snapshot as_loaded = before.state;
      as_loaded.owner = to_talker(before.row.owner);
      steps.fall_back(m.event, m.origin_id, std::move(as_loaded), why);
    };
    try {
      minimal ? fall_back("the store refused the turn") : steps.take("user", m.event, m.origin_id);
    } catch (const std::exception& e) {
      home.alarm("engine_threw", m);
      fall_back(e.what());
    }
    home.tell_queue_place(*this, steps);
    passive_reply passive = encoder->encode(m, steps.so_far.messages, commit.at);
    commit.reply = std::move(passive.bytes);
    return passive.messages;
  }

  int tries = 0;
  bool minimal = false;  // second chance after the store refused the full turn
  cached_conversation before;
  dialogs::snapshot next;
  std::vector<storage::new_event> events;  // kept for the live feed
  std::vector<std::string> case_numbers;   // that the turn wrote to
  unix_ms at;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

void turn_runner::run(const verified_message& message, const reply_encoder& encoder, reply_fn done) {
  auto a = std::make_shared<attempt>();
  a->message = &message;
  a->encoder = &encoder;
  a->channel = message->channel;
  a->user = message->user;
  a->reply = std::move(done);
  begin(std::move(a));
}

void turn_runner::begin(std::shared_ptr<attempt> a) {
  if (auto cached = cache_.take(a->channel, a->user)) return step_and_commit(std::move(a), std::move(*cached));
  load(std::move(a));
}

void turn_runner::load(std::shared_ptr<attempt> a) {
  parts_.store.load(a->channel, a->user, [this, a](result<storage::conversation> loaded) {
    if (!loaded) {
      log::error("conversation.unreadable", {{"reason", loaded.error().message()}});
      return a->done({});
    }
    cached_conversation c{std::move(*loaded), {}};
    if (!c.row.id) {
      c.row.channel = a->channel;
      c.row.user = a->user;
    } else if (auto state = dialogs::deserialize(c.row.snapshot)) {
      c.state = std::move(*state);
    } else {
      // The log has everything; the dialog begins anew rather than losing the person.
      log::error("snapshot.unreadable", {{"conversation", c.row.id.value}});
      parts_.metrics.alarm("snapshot_unreadable");
    }
    c.row.snapshot.clear();
    step_and_commit(a, std::move(c));
  });
}

/// An act that comes too late, or from somebody who may not, ends here and changes nothing.
bool turn_runner::refused(attempt& a) {
  const auto why = a.act ? refusal(a.before.row, *a.act) : std::nullopt;
  if (!why) return false;
  parts_.metrics.turn(a.channel, "refused", 0);
  const storage::conversation now = a.before.row;
  if (now.id) cache_.put(std::move(a.before));
  a.act_done({*why, now});
  return true;
}

/// Whoever just came to the queue while officials are there is told how it stands. Out of hours the script says when they come.
void turn_runner::tell_queue_place(const attempt& a, stepper& steps) const {
  const bool came =
      a.before.row.owner != storage::owner_kind::queue && steps.so_far.next.owner == dialogs::talker::queue;
  if (!came || !parts_.queue_at || !parts_.place_of) return;
  if (!dialogs::is_open(steps.scripts.source().hours, steps.env.now)) return;
  for (const auto& e : steps.so_far.effects) {
    const auto* h = std::get_if<dialogs::effect::handoff>(&e);
    if (h == nullptr) continue;
    return steps.take("desk", parts_.queue_at(parts_.place_of(a.channel, h->queue), h->sla_ms));
  }
}

void turn_runner::step_and_commit(std::shared_ptr<attempt> a, cached_conversation before) {
  a->before = std::move(before);
  if (refused(*a)) return;
  dialogs::snapshot state = a->before.state;
  state.owner = to_talker(a->before.row.owner);

  storage::turn_commit commit;
  commit.before = a->before.row;
  commit.after = a->before.row;
  commit.at = a->at = parts_.time.now();
  commit.wakeup_done = a->wakeup;

  const storage::script_move* move = dialogs::is_idle(state) ? nullptr : parts_.scripts.move_of(state.version);
  auto scripts =
      move != nullptr || dialogs::is_idle(state) ? parts_.scripts.live() : parts_.scripts.find(state.version);
  if (scripts == nullptr) {
    log::error("script.missing", {{"conversation", commit.before.id.value}, {"version", state.version}});
    parts_.metrics.alarm("script_missing");
    state.stack.clear();
    scripts = parts_.scripts.live();
  }

  const delivery by = parts_.delivers_by_feed(a->channel) ? delivery::feed
                      : a->message != nullptr             ? delivery::passive_then_outbox
                                                          : delivery::outbox;
  stepper steps{*scripts, {commit.at}, commit, {std::move(state), {}, {}}, parts_.services};
  if (move != nullptr) {
    // Versions are kept for ever, so the one it comes from is there; if not, its answers are believed.
    const auto old = parts_.scripts.find(steps.so_far.next.version);
    auto types = old != nullptr ? dialogs::answer_types(*old, steps.so_far.next) : std::map<std::string, std::string>{};
    steps.take("admin", dialogs::event::moved{move->dialog, move->state, std::move(types)});
  }
  std::size_t said = 0;
  if (a->message != nullptr) {
    said = a->hear(steps, commit, *this);
  } else if (a->act) {
    take_act(steps, commit, *a->act, by);
  } else {
    steps.fire_due();
  }
  dialogs::step_result step = std::move(steps.so_far);
  if (step.next.version != a->before.state.version) {
    commit.events.push_back({std::string{pinned_kind}, "bot", dump_json({{"version", step.next.version}})});
  }
  add_step_rows(commit, step, by, said);
  if (a->act) apply_ownership(commit, *a->act);
  if (parts_.place_of) {
    update_thread(commit, {*scripts, a->before.state, step.next, parts_.place_of, a->act ? &*a->act : nullptr});
  }
  a->next = std::move(step.next);
  a->case_numbers.clear();
  for (const auto& w : commit.cases) a->case_numbers.push_back(w.head.number);
  if (by == delivery::feed || parts_.feed.watched(a->channel, a->user)) a->events = commit.events;
  parts_.store.commit(std::move(commit), [this, a](storage::commit_outcome o) { committed(a, std::move(o)); });
}

void turn_runner::committed(const std::shared_ptr<attempt>& a, storage::commit_outcome outcome) {
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - a->started;
  switch (outcome.status) {
    case storage::commit_status::committed: {
      parts_.metrics.turn(a->channel, "committed", took.count());
      if (log::enabled(log::level::debug)) {
        log::write(log::level::debug, "turn.committed",
                   {{"turn_id", outcome.after.last_turn.value},
                    {"conversation", outcome.after.id.value},
                    {"channel", a->channel},
                    {"seq", outcome.after.seq.value},
                    {"ms", took.count() * 1e3}});
      }
      const turn_reply reply{turn_status::answered, std::move(outcome.reply), outcome.after.id, outcome.after.seq};
      const storage::owner_kind owner = outcome.after.owner;
      const std::vector<storage::stored_event> news = as_stored(*a, outcome);
      outcome.after.snapshot.clear();
      const bool shown = storage::moves_desk(a->before.row, outcome.after);
      const storage::conversation was = shown ? a->before.row : storage::conversation{};
      const storage::conversation is = shown ? outcome.after : storage::conversation{};
      if (a->act) a->before.row = outcome.after;
      cache_.put({std::move(outcome.after), std::move(a->next)});
      // The sender hears first: an acknowledgement must not arrive behind the event it acknowledges.
      a->done(reply);
      if (!news.empty()) parts_.feed.publish(a->channel, a->user, news, owner);
      if (shown && parts_.desk_changed) parts_.desk_changed(was, is);
      if (!a->case_numbers.empty()) parts_.services->committed(a->case_numbers);
      return;
    }
    case storage::commit_status::duplicate:
      parts_.metrics.turn(a->channel, "duplicate", took.count());
      cache_.put(std::move(a->before));
      return a->done({turn_status::duplicate, std::move(outcome.reply), {}, {}});
    case storage::commit_status::body_mismatch:
      cache_.put(std::move(a->before));
      if (a->message != nullptr) alarm("body_mismatch", **a->message);
      return a->done({turn_status::mismatch, {}, {}, {}});
    case storage::commit_status::version_conflict:
      parts_.metrics.turn(a->channel, "conflict", took.count());
      return retry(a);
    case storage::commit_status::failed:
      log::error("turn.failed", {{"conversation", a->before.row.id.value}, {"reason", outcome.diagnosis}});
      parts_.metrics.alarm("turn_failed");
      if (a->message != nullptr && !a->minimal) {
        a->minimal = true;
        return retry(a);
      }
      return a->done({});
    case storage::commit_status::unavailable:
      parts_.metrics.turn(a->channel, "unavailable", took.count());
      log::warn("store.unavailable", {{"reason", outcome.diagnosis}});
      cache_.put(std::move(a->before));
      return a->done({});
  }
  ZHUQI_ASSERT(false);
}

std::vector<storage::stored_event> turn_runner::as_stored(attempt& a, const storage::commit_outcome& outcome) {
  std::vector<storage::stored_event> out;
  out.reserve(a.events.size());
  const storage::conversation& after = outcome.after;
  for (seq_no seq = outcome.first_seq; auto& e : a.events) {
    out.push_back({{},
                   after.id,
                   seq,
                   after.last_turn,
                   a.at,
                   after.epoch,
                   std::move(e.kind),
                   std::move(e.actor),
                   std::move(e.body)});
    seq = seq.next();
  }
  return out;
}

void turn_runner::retry(std::shared_ptr<attempt> a) {
  if (++a->tries >= max_attempts) {
    parts_.metrics.alarm("turn_gave_up");
    return a->done({});
  }
  load(std::move(a));
}

void turn_runner::identify(conversation_id id, std::function<void(const storage::conversation*)> then) {
  parts_.store.load(id, [id, then = std::move(then)](result<storage::conversation> c) {
    if (!c) log::warn("conversation.unknown", {{"conversation", id.value}, {"reason", c.error().message()}});
    then(c ? &*c : nullptr);
  });
}

void turn_runner::run_wakeup(storage::wakeup_row row, const std::string& channel, const std::string& user,
                             std::function<void()> done) {
  auto a = std::make_shared<attempt>();
  a->channel = channel;
  a->user = user;
  a->wakeup = row;
  a->reply = [done = std::move(done)](const turn_reply&) { done(); };
  begin(std::move(a));
}

void turn_runner::run_official(official_act act, const std::string& channel, const std::string& user, act_fn done) {
  auto a = std::make_shared<attempt>();
  a->channel = channel;
  a->user = user;
  a->act = std::move(act);
  a->act_done = std::move(done);
  begin(std::move(a));
}

void turn_runner::alarm(std::string_view kind, const message_fields& about) {
  parts_.metrics.alarm(kind);
  log::warn("alarm", {{"kind", kind}, {"channel", about.channel}, {"user", log::pseudonym(about.user)}});
}

}  // namespace zhuqi::pipeline
