#include "storage/sqlite/verify.hpp"

#include "storage/rows.hpp"
#include "storage/sqlite/audit_chain.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/verify_cases.hpp"

#include <filesystem>
#include <stdexcept>
#include <unordered_map>

namespace zhuqi::storage {
namespace {

using namespace sqlite;

/// What the log and the states say about one conversation, in the order of the tables.
struct story {
  std::int64_t last_event = 0;
  std::int64_t seq = 0;
  std::int64_t last_turn = 0;
  std::int64_t owner = 0;
  std::int64_t epoch = 0;
  std::int64_t wakeup = 0;
  std::int64_t head = 0;
  bool known = false;
  bool open_thread = false;
  bool wakeup_row = false;
};

class verifier {
 public:
  explicit verifier(SQLite::Database& db) : db_{db} {}

  verify_report run() {
    file();
    conversations();
    log();
    states();
    newest_states();
    heads();
    open_threads();
    wakeups();
    outbox();
    keys();
    threads();
    audit();
    every_story();
    report_.cases = verify_cases(db_, [this](const char* rule, std::int64_t conversation, std::string what) {
      found(rule, conversation, std::move(what));
    });
    return std::move(report_);
  }

 private:
  void found(const char* rule, std::int64_t conversation, std::string what) {
    if (report_.findings.size() == most_findings) {
      report_.complete = false;
      return;
    }
    report_.findings.push_back({rule, {conversation}, std::move(what)});
  }

  static std::string n(std::int64_t value) { return std::to_string(value); }

  void file() {
    SQLite::Statement integrity{db_, "PRAGMA integrity_check"};
    while (integrity.executeStep()) {
      const auto line = integrity.getColumn(0).getString();
      if (line != "ok") found("file.integrity", 0, line);
    }
    SQLite::Statement keys{db_, "PRAGMA foreign_key_check"};
    while (keys.executeStep())
      found("file.foreign_key", 0, keys.getColumn(0).getString() + " names a row that is not there");
  }

  void conversations() {
    SQLite::Statement rows{db_, "SELECT id FROM conversation"};
    for (; rows.executeStep(); ++report_.conversations) stories_[rows.getColumn(0).getInt64()].known = true;
  }

  void log() {
    SQLite::Statement rows{db_, "SELECT id, conversation, seq, prev, turn FROM event ORDER BY id"};
    execution row{rows};
    for (; row.step(); ++report_.events) {
      const auto id = row.integer(0), conversation = row.integer(1), seq = row.integer(2), prev = row.integer(3);
      auto& s = stories_[conversation];
      if (seq != s.seq + 1)
        found("event.seq", conversation, "event " + n(id) + " has seq " + n(seq) + " after " + n(s.seq));
      if (prev != s.last_event) {
        found("event.chain", conversation, "event " + n(id) + " follows " + n(prev) + " instead of " + n(s.last_event));
      }
      if (row.integer(4) < s.last_turn)
        found("event.turn", conversation, "event " + n(id) + " is of an older turn than the one before it");
      s.seq = seq;
      s.last_event = id;
      s.last_turn = row.integer(4);  // of the log; states() puts the states' own in its place
    }
  }

  void states() {
    for (auto& [id, s] : stories_) s.last_turn = 0;
    SQLite::Statement rows{db_,
                           "SELECT s.turn, s.conversation, s.seq, s.last_event, e.conversation, e.seq, e.turn"
                           " FROM state s LEFT JOIN event e ON e.id = s.last_event ORDER BY s.turn"};
    execution row{rows};
    for (; row.step(); ++report_.states) {
      const auto turn = row.integer(0), conversation = row.integer(1), seq = row.integer(2), event = row.integer(3);
      stories_[conversation].last_turn = turn;
      const bool silent = event == 0 && seq == 0;
      if (silent || (row.integer(4) == conversation && row.integer(5) == seq && row.integer(6) <= turn)) continue;
      found(
          "state.event", conversation,
          "the state of turn " + n(turn) + " names event " + n(event) + " as its seq " + n(seq) + ", which it is not");
    }
  }

  void newest_states() {
    SQLite::Statement rows{db_, "SELECT owner_kind, epoch, seq, last_event, wakeup_ms FROM state WHERE turn = ?"};
    for (auto& [id, s] : stories_) {
      execution row{rows};
      if (!row.bind(s.last_turn).step()) continue;
      s.owner = row.integer(0);
      s.epoch = row.integer(1);
      s.wakeup = row.integer(4);
      if (row.integer(2) != s.seq || row.integer(3) != s.last_event) {
        found("state.newest", id, "the newest state is of seq " + n(row.integer(2)) + ", the log ends at " + n(s.seq));
      }
    }
  }

  void heads() {
    SQLite::Statement rows{db_, "SELECT conversation, turn FROM head"};
    while (rows.executeStep()) stories_[rows.getColumn(0).getInt64()].head = rows.getColumn(1).getInt64();
  }

  void open_threads() {
    SQLite::Statement rows{db_, "SELECT conversation, owner_kind, epoch FROM open_thread"};
    while (rows.executeStep()) {
      const auto id = rows.getColumn(0).getInt64();
      auto& s = stories_[id];
      s.open_thread = true;
      if (s.owner != rows.getColumn(1).getInt64() || s.epoch != rows.getColumn(2).getInt64()) {
        found("open_thread.owner", id, "open_thread and the newest state name different owners");
      }
    }
  }

  void wakeups() {
    SQLite::Statement rows{db_, "SELECT conversation, due_ms FROM wakeup"};
    while (rows.executeStep()) {
      const auto id = rows.getColumn(0).getInt64();
      auto& s = stories_[id];
      if (s.wakeup == rows.getColumn(1).getInt64()) {
        s.wakeup_row = true;
      } else {
        found("wakeup.stale", id,
              "a wakeup row at " + n(rows.getColumn(1).getInt64()) + " that its state does not name");
      }
    }
  }

  void outbox() {
    SQLite::Statement rows{db_, "SELECT id, conversation, seq FROM outbox"};
    while (rows.executeStep()) {
      const auto id = rows.getColumn(1).getInt64();
      const auto it = stories_.find(id);
      if (it == stories_.end() || rows.getColumn(2).getInt64() > it->second.seq) {
        found("outbox.event", id,
              "outbox row " + n(rows.getColumn(0).getInt64()) + " delivers an event that is not there");
      }
    }
  }

  /// The desk's rows against the states that they stand for.
  void threads() {
    SQLite::Statement rows{db_, "SELECT conversation, owner_kind, epoch FROM thread"};
    while (rows.executeStep()) {
      const auto id = rows.getColumn(0).getInt64();
      const auto& s = stories_[id];
      if (s.owner != rows.getColumn(1).getInt64() || s.epoch != rows.getColumn(2).getInt64()) {
        found("thread.owner", id, "the desk and the newest state name different owners");
      }
    }
  }

  void audit() {
    report_.last_audit = check_audit(db_, [this](std::int64_t id, const char* what) {
      found("audit.chain", 0, "record " + n(id) + " of who did what: " + what);
    });
  }

  void keys() {
    report_.keys = query_integer(db_, "SELECT count(*) FROM inbox");
    const auto last = query_integer(db_, "SELECT max(turn) FROM state");
    SQLite::Statement rows{db_, "SELECT turn FROM inbox GROUP BY turn HAVING count(*) > 1 OR turn < 1 OR turn > ?"};
    rows.bind(1, last);
    while (rows.executeStep()) {
      found("inbox.turn", 0,
            "dedupe keys name turn " + n(rows.getColumn(0).getInt64()) + ", which none or one of them caused");
    }
  }

  void every_story() {
    const auto mark = query_integer(db_, "SELECT value FROM meta WHERE key = 'fold_mark'");
    for (const auto& [id, s] : stories_) {
      if (!s.known) found("conversation.unknown", id, "rows of a conversation that is not there");
      if (s.known && s.last_turn == 0) found("conversation.stateless", id, "a conversation without a state");
      const bool folded = s.last_turn <= mark;
      if (folded ? s.head != s.last_turn : s.head > s.last_turn) {
        found("head.turn", id, "head says turn " + n(s.head) + ", the newest is " + n(s.last_turn));
      }
      const bool waits = s.owner == static_cast<std::int64_t>(owner_kind::queue) ||
                         s.owner == static_cast<std::int64_t>(owner_kind::human);
      if (waits && !s.open_thread) found("open_thread.missing", id, "waits for a person and is not in open_thread");
      if (s.wakeup != 0 && !s.wakeup_row) found("wakeup.missing", id, "asked to be woken and no row stands for it");
    }
  }

  SQLite::Database& db_;
  std::unordered_map<std::int64_t, story> stories_;
  verify_report report_;
};

}  // namespace

verify_report verify(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) throw std::runtime_error{"there is no database at " + path};
  const auto db = open_connection(path, role::inspector);
  db->exec("BEGIN");  // one moment of it, whatever is written meanwhile
  require_current(*db, schema_files());
  return verifier{*db}.run();
}

}  // namespace zhuqi::storage
