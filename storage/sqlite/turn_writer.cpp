#include "storage/sqlite/turn_writer.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace zhuqi::storage::sqlite {
namespace {

turn_writer::mark newest(SQLite::Database& db) {
  // Numbers are handed out here and not by SQLite, so that a turn's rows can name each other before they are written.
  // None of these tables ever loses its newest row, so a number is never used twice.
  return {query_integer(db, "SELECT max(turn) FROM state"), query_integer(db, "SELECT max(id) FROM event"),
          query_integer(db, "SELECT max(id) FROM conversation"), query_integer(db, "SELECT max(id) FROM outbox")};
}

bool waits_for_a_person(owner_kind kind) { return kind == owner_kind::queue || kind == owner_kind::human; }

}  // namespace

poison_turn::poison_turn(const char* what) : SQLite::Exception{what, SQLITE_CONSTRAINT} {}

turn_writer::turn_writer(SQLite::Database& db, heads& tail)
    : db_{db},
      tail_{tail},
      last_{newest(db)},
      kept_{last_},
      insert_key_{db, "INSERT INTO inbox VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"},
      find_key_{db, "SELECT body, reply FROM inbox WHERE created_s = ? AND digest = ?"},
      find_user_{db, "SELECT id FROM conversation WHERE channel = ? AND user = ?"},
      find_head_{db, "SELECT turn FROM head WHERE conversation = ?"},
      insert_conversation_{db, "INSERT INTO conversation VALUES (?, ?, ?, ?)"},
      insert_event_{db, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      insert_state_{db, "INSERT INTO state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      insert_outbox_{db, "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)"},
      cancel_outbox_{db, "UPDATE outbox SET state = 'cancelled' WHERE conversation = ? AND state = 'queued'"},
      insert_wakeup_{db, "INSERT INTO wakeup VALUES (?, ?) ON CONFLICT DO NOTHING"},
      delete_wakeup_{db, "DELETE FROM wakeup WHERE due_ms = ? AND conversation = ?"},
      open_thread_{db, "INSERT OR REPLACE INTO open_thread VALUES (?, ?, ?, ?)"},
      close_thread_{db, "DELETE FROM open_thread WHERE conversation = ?"},
      threads_{db} {}

// Version and key come before the first row that would have to be undone, so that a refused turn leaves nothing.
commit_outcome turn_writer::write(const turn_commit& turn) {
  commit_outcome outcome;
  if (!is_current(turn.before)) {
    // A retry of a message that is done carries an old version too: its key decides first.
    if (!known_key(turn, outcome)) outcome.status = commit_status::version_conflict;
    return outcome;
  }
  if (!cases_stand(turn)) {
    if (!known_key(turn, outcome)) outcome.status = commit_status::version_conflict;
    return outcome;
  }
  last_.turn += 1;
  if (turn.key && !insert_key(turn)) {
    last_.turn -= 1;
    known_key(turn, outcome);
    return outcome;
  }
  for (const auto& row : turn.outbox) {
    if (row.event_index >= turn.events.size()) throw poison_turn{"an outbox row for an event that is not there"};
  }

  conversation& after = outcome.after;
  after.id = turn.before.id;
  if (!after.id) {
    after.id = {++last_.conversation};
    execution{insert_conversation_}
        .bind(after.id.value)
        .bind(turn.before.channel)
        .bind(turn.before.user)
        .bind(turn.at.value)
        .run();
  }
  after.last_turn = {last_.turn};
  after.seq = turn.before.seq;
  after.last_event = turn.before.last_event;
  insert_events(turn, after);
  if (turn.cancels_unsent) execution{cancel_outbox_}.bind(after.id.value).run();
  if (!turn.outbox.empty()) insert_outbox(turn, after);
  move_wakeup(turn, after.id);
  track_owner(turn, after.id);
  write_thread(turn, after);
  insert_state(turn, after);
  write_cases(turn, after.id);

  staged_[after.id] = after.last_turn;
  staged_order_.emplace_back(after.id, after.last_turn);
  outcome.status = commit_status::committed;
  outcome.first_seq = turn.before.seq.next();
  return outcome;
}

void turn_writer::finish(turn_commit& turn, commit_outcome& outcome) {
  if (outcome.status != commit_status::committed) return;
  conversation& ids = outcome.after;
  turn.after.id = ids.id;
  turn.after.last_turn = ids.last_turn;
  turn.after.last_event = ids.last_event;
  turn.after.seq = ids.seq;
  if (moves_desk(turn.before, turn.after)) turn.after.thread->change = ids.last_turn;
  turn.after.channel = std::move(turn.before.channel);
  turn.after.user = std::move(turn.before.user);
  outcome.after = std::move(turn.after);
  outcome.reply = std::move(turn.reply);
}

turn_id turn_writer::head(conversation_id id) {
  if (const auto staged = staged_.find(id); staged != staged_.end()) return staged->second;
  if (const auto tail = tail_.find(id); tail) return tail;
  execution find{find_head_};
  return find.bind(id.value).step() ? turn_id{find.integer(0)} : turn_id{};
}

bool turn_writer::is_current(const conversation& before) {
  if (before.id) return before.last_turn && head(before.id) == before.last_turn;
  execution find{find_user_};
  return !find.bind(before.channel).bind(before.user).step();
}

bool turn_writer::cases_stand(const turn_commit& turn) {
  if (turn.cases.empty()) return true;
  if (!cases_) cases_.emplace(db_);
  return std::none_of(turn.cases.begin(), turn.cases.end(),
                      [this](const case_write& w) { return cases_->refusal(w).has_value(); });
}

void turn_writer::write_cases(const turn_commit& turn, conversation_id id) {
  if (turn.cases.empty() && turn.records.empty()) return;
  if (!cases_) cases_.emplace(db_);
  for (case_write w : turn.cases) {
    w.key.reset();
    cases_->write(w, id);
  }
  for (const auto& r : turn.records) cases_->write(r, id, turn.at);
}

bool turn_writer::known_key(const turn_commit& turn, commit_outcome& outcome) {
  if (!turn.key) return false;
  execution find{find_key_};
  find.bind(turn.key->created_s).bind_blob(turn.key->digest.data(), turn.key->digest.size());
  if (!find.step()) return false;
  const auto body = find.text(0);
  if (body != std::string_view{reinterpret_cast<const char*>(turn.body_digest.data()), turn.body_digest.size()}) {
    outcome.status = commit_status::body_mismatch;
    return true;
  }
  outcome.status = commit_status::duplicate;
  outcome.reply = find.text(1);
  return true;
}

bool turn_writer::insert_key(const turn_commit& turn) {
  execution insert{insert_key_};
  insert.bind(turn.key->created_s)
      .bind_blob(turn.key->digest.data(), turn.key->digest.size())
      .bind_blob(turn.body_digest.data(), turn.body_digest.size())
      .bind(turn.at.value)
      .bind(last_.turn)
      .bind(turn.reply);
  return insert.run() == 1;
}

void turn_writer::insert_events(const turn_commit& turn, conversation& after) {
  for (const auto& event : turn.events) {
    const auto prev = after.last_event;
    after.last_event = {++last_.event};
    after.seq = after.seq.next();
    execution{insert_event_}
        .bind(after.last_event.value)
        .bind(after.id.value)
        .bind(after.seq.value)
        .bind(prev.value)
        .bind(after.last_turn.value)
        .bind(turn.at.value)
        .bind(turn.after.epoch.value)
        .bind(event.kind)
        .bind(event.actor)
        .bind(event.body)
        .run();
  }
}

void turn_writer::insert_outbox(const turn_commit& turn, const conversation& after) {
  for (const auto& row : turn.outbox) {
    execution{insert_outbox_}
        .bind(++last_.outbox)
        .bind(after.id.value)
        .bind(turn.before.seq.value + 1 + static_cast<std::int64_t>(row.event_index))
        .bind(turn.after.epoch.value)
        .bind(row.not_before.value)
        .bind(turn.before.channel)
        .bind(turn.before.user)
        .bind(row.body)
        .run();
  }
}

void turn_writer::move_wakeup(const turn_commit& turn, conversation_id id) {
  const auto armed = turn.before.wakeup;
  const auto wanted = turn.after.wakeup;
  const wakeup_row stands{wanted, id};
  if (turn.wakeup_done && *turn.wakeup_done != stands) {
    execution{delete_wakeup_}.bind(turn.wakeup_done->due.value).bind(turn.wakeup_done->conversation.value).run();
  }
  if (wanted == armed) return;
  if (armed) execution{delete_wakeup_}.bind(armed.value).bind(id.value).run();
  if (wanted) execution{insert_wakeup_}.bind(wanted.value).bind(id.value).run();
}

void turn_writer::track_owner(const turn_commit& turn, conversation_id id) {
  const conversation& before = turn.before;
  const conversation& after = turn.after;
  if (before.owner == after.owner && before.epoch == after.epoch) return;
  if (waits_for_a_person(after.owner)) {
    execution{open_thread_}
        .bind(id.value)
        .bind(static_cast<std::int64_t>(after.owner))
        .bind(turn.at.value)
        .bind(after.epoch.value)
        .run();
  } else if (waits_for_a_person(before.owner)) {
    execution{close_thread_}.bind(id.value).run();
  }
}

void turn_writer::write_thread(const turn_commit& turn, const conversation& after) {
  if (!moves_desk(turn.before, turn.after)) return;
  conversation row = turn.after;
  row.id = after.id;
  row.last_turn = after.last_turn;
  row.seq = after.seq;
  threads_.write(row);
}

void turn_writer::insert_state(const turn_commit& turn, const conversation& after) {
  execution{insert_state_}
      .bind(after.last_turn.value)
      .bind(after.id.value)
      .bind(turn.at.value)
      .bind(static_cast<std::int64_t>(turn.after.owner))
      .bind(turn.after.epoch.value)
      .bind(after.seq.value)
      .bind(after.last_event.value)
      .bind(turn.after.wakeup.value)
      .bind(turn.after.owner_id)
      .bind(turn.after.snapshot)
      .run();
}

void turn_writer::forget_since(mark m) {
  last_ = m;
  while (!staged_order_.empty() && staged_order_.back().second.value > m.turn) staged_order_.pop_back();
  staged_.clear();
  for (const auto& [id, turn] : staged_order_) staged_[id] = turn;
}

void turn_writer::keep() {
  tail_.put(staged_order_);
  staged_.clear();
  staged_order_.clear();
  kept_ = last_;
}

void turn_writer::forget() {
  staged_.clear();
  staged_order_.clear();
  last_ = kept_;
}

}  // namespace zhuqi::storage::sqlite
