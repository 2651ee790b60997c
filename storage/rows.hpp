#pragma once
// Plain rows that cross the storage port. No SQL, no JSON library: bodies are opaque bytes here.

#include "bot/base/ids.hpp"
#include "storage/case_rows.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi::storage {

/// 128 bits of a SHA-256.
using digest128 = std::array<std::uint8_t, 16>;

/// Identity of one inbound message. `created_s` (the sender's clock) leads, so that the unique index grows at its end
/// instead of at random places; a retry carries the same value by definition.
struct inbox_key {
  std::int64_t created_s = 0;
  digest128 digest{};  ///< over channel|account|to|from|create_time|msg_id, or the event's fields
  auto operator<=>(const inbox_key&) const = default;
};

enum class owner_kind : std::uint8_t { bot = 0, queue = 1, human = 2, closed = 3 };

/// What the officials' desk shows of a conversation that was with a person at least once, or waits for one. Kept by the turns
/// themselves, so that a list is one indexed read.
struct thread_row {
  turn_id change;            ///< the turn that wrote it; by the store
  department_id department;  ///< 0 = the hall: nobody in particular
  region_id region;
  std::string queue;               ///< that the script named
  std::string matter;              ///< what it is about, in the main language
  std::string reason;              ///< why the bot gave up, first line
  std::string enterprise;          ///< "" where unknown
  std::string language;            ///< of the user, "zh-CN"
  std::int64_t sla_ms = 0;         ///< within which an official answers
  unix_ms opened;                  ///< the last handoff or takeover
  unix_ms waiting;                 ///< the user's oldest word since then that no official answered; 0 = none
  unix_ms due;                     ///< when it should be answered; 0 while nothing waits
  unix_ms accept_by;               ///< a transfer waits for its receiver until then; 0 = none does
  unix_ms last_at;                 ///< of the newest words
  std::string last_who;            ///< "user", "bot", "staff"
  std::string last_text;           ///< cut
  unix_ms closed;                  ///< 0 = open
  std::string outcome;             ///< as the official saw it at the end
  std::int64_t grade = 0;          ///< the user's, 5 = very satisfied … 1; 0 = none yet
  std::vector<staff_id> served{};  ///< who had it in the last service, or ended that; the newest last
  unix_ms revisit{};               ///< since when somebody should ask the user how it was (回访); 0 = nobody
  std::int64_t revisit_tries = 0;  ///< calls that reached nobody
  bool operator==(const thread_row&) const = default;
};

/// The newest state of one conversation.
struct conversation {
  conversation_id id;   ///< 0 = not stored yet
  std::string channel;  ///< channel id of the configuration
  std::string user;     ///< the platform's user id (openid, web chat visitor)
  turn_id last_turn;    ///< the turn that wrote this state; also the optimistic version
  event_id last_event;
  seq_no seq;  ///< of the last event
  owner_kind owner = owner_kind::bot;
  std::string owner_id;
  epoch_no epoch;
  unix_ms wakeup;                    ///< earliest wakeup row that stands for it, 0 = none
  std::string snapshot;              ///< dialogs::serialize
  std::optional<thread_row> thread;  ///< none while it was only ever with the bot
  bool operator==(const conversation&) const = default;
};

/// Whether a turn that led from one to the other has to write the row of the desk.
inline bool moves_desk(const conversation& before, const conversation& after) {
  return after.thread && (after.thread != before.thread || after.owner != before.owner || after.epoch != before.epoch ||
                          after.owner_id != before.owner_id);
}

/// An event to append; the store assigns id and seq (consecutive, in the order given).
struct new_event {
  std::string kind;   ///< "user.text", "bot.text", "handoff", …: dialogs/event_json.hpp
  std::string actor;  ///< "user", "bot", or a staff id
  std::string body;   ///< JSON
};

struct stored_event {
  event_id id;
  conversation_id conversation;
  seq_no seq;
  turn_id turn;
  unix_ms at;
  epoch_no epoch;
  std::string kind;
  std::string actor;
  std::string body;
  bool operator==(const stored_event&) const = default;
};

/// A message that a channel's API still has to deliver. Its delivery is the outbox sender's work.
struct new_outbox {
  std::size_t event_index = 0;  ///< which of the turn's events it delivers
  std::string body;             ///< JSON, channel-independent (dialogs::message)
  unix_ms not_before;
};

struct stored_outbox {
  std::int64_t id = 0;
  conversation_id conversation;
  seq_no seq;
  epoch_no epoch;
  std::string channel;
  std::string user;
  std::string state;  ///< "queued", "cancelled"
  unix_ms not_before;
  std::string body;
  bool operator==(const stored_outbox&) const = default;
};

/// A conversation that asked to be woken. The store keeps one row per conversation, the one its newest state names; a
/// row in hand may still be stale (a turn came in between): compare `due` with the conversation's own `wakeup`.
struct wakeup_row {
  unix_ms due;
  conversation_id conversation;
  auto operator<=>(const wakeup_row&) const = default;
};

/// Everything one turn did, written in one transaction or not at all.
struct turn_commit {
  std::optional<inbox_key> key;  ///< none for turns that no outside message caused (timers)
  digest128 body_digest{};       ///< of the message's content: same key with another body is an alarm
  std::string reply;             ///< bytes to answer a retry with
  conversation before;           ///< exactly as loaded; before.last_turn is the expected version
  /// id, last_turn, last_event and seq are filled in by the store. Events and outbox rows get after.epoch. after.wakeup
  /// is the row that stands from now on: leave before.wakeup where the armed one is early enough, it costs nothing.
  conversation after;
  std::vector<new_event> events;
  std::vector<new_outbox> outbox;
  bool cancels_unsent =
      false;  ///< a takeover: outbox rows of the conversation that nobody has handed over yet are not sent
  std::optional<wakeup_row> wakeup_done;  ///< the row that caused this turn
  /// Of services that the dialog asked. One whose case moved on makes the turn a version_conflict: it runs again on what
  /// stands then. Keys of writes are ignored: the turn's own decides.
  std::vector<case_write> cases;
  std::vector<enterprise_record> records;
  unix_ms at;
};

enum class commit_status : std::uint8_t {
  committed,         ///< durable
  duplicate,         ///< the key is known with the same body: nothing was written, `reply` is the stored one
  body_mismatch,     ///< the key is known with another body: nothing was written, raise an alarm
  version_conflict,  ///< somebody else moved the conversation: reload and try again
  failed,            ///< this turn alone could not be written (poison); others of its batch are not affected
  unavailable,  ///< the store cannot write now (disk full, stopping): nothing to keep, the sender may try again later
};

struct commit_outcome {
  commit_status status = commit_status::failed;
  conversation after;     ///< for committed
  seq_no first_seq;       ///< for committed: seq of events[0] (or of the next event, where there is none)
  std::string reply;      ///< for committed and duplicate
  std::string diagnosis;  ///< for failed and unavailable: for the log
};

/// What a store did since it was opened; for /metrics.
struct store_stats {
  std::uint64_t batches = 0;            ///< group commits
  std::uint64_t turns = 0;              ///< turns in them, whatever their outcome
  std::uint64_t replays = 0;            ///< batches that were written again, turn by turn, because one of them failed
  std::uint64_t queue_depth = 0;        ///< turns waiting for the next group commit
  std::uint64_t wal_pages = 0;          ///< size of the write-ahead log after the last commit
  std::uint64_t checkpoints = 0;        ///< times the write-ahead log was emptied
  std::uint64_t unfolded_turns = 0;     ///< turns that start-up would have to read
  std::int64_t last_commit_us = 0;      ///< duration of the last group commit
  std::int64_t slowest_commit_us = 0;   ///< and of the slowest one
  std::int64_t slowest_restart_us = 0;  ///< longest pause in which the writer emptied the write-ahead log
};

/// A published, immutable set of scripts.
struct script_version {
  std::string hash;  ///< SHA-256 (hex) of `canonical`
  std::string canonical;
  unix_ms published;
  bool operator==(const script_version&) const = default;
};

/// Conversations pinned to `from` go on in the live version at their next event.
struct script_move {
  std::string from;    ///< hash of the version
  std::string dialog;  ///< "" = the one they are in
  std::string state;   ///< "" = the old answers are walked again; else they are sent there
  bool operator==(const script_move&) const = default;
};

}  // namespace zhuqi::storage
