#include "storage/sqlite/reader.hpp"

#include "storage/sqlite/thread_table.hpp"

#include <algorithm>

namespace zhuqi::storage::sqlite {
namespace {

#define ZHUQI_STATE_COLUMNS "s.turn, s.owner_kind, s.epoch, s.seq, s.last_event, s.wakeup_ms, s.owner_id, s.snapshot"

void read_state(const execution& row, conversation& c) {
  c.last_turn = {row.integer(0)};
  c.owner = static_cast<owner_kind>(row.integer(1));
  c.epoch = {row.integer(2)};
  c.seq = {row.integer(3)};
  c.last_event = {row.integer(4)};
  c.wakeup = {row.integer(5)};
  c.owner_id = row.text(6);
  c.snapshot = row.text(7);
}

script_version read_script(const execution& row) { return {row.text(0), row.text(1), {row.integer(2)}}; }

/// One snapshot of the database over several statements.
class read_transaction {
 public:
  read_transaction(SQLite::Statement& begin, SQLite::Statement& commit) : commit_{commit} { execution{begin}.run(); }
  ~read_transaction() {
    commit_.tryExecuteStep();
    commit_.tryReset();
  }
  read_transaction(const read_transaction&) = delete;
  read_transaction& operator=(const read_transaction&) = delete;

 private:
  SQLite::Statement& commit_;
};

}  // namespace

reader::session::session(const std::string& path)
    : db{open_connection(path, role::reader)},
      begin{*db, "BEGIN"},
      commit{*db, "COMMIT"},
      find_user{*db, "SELECT id FROM conversation WHERE channel = ? AND user = ?"},
      user_of{*db, "SELECT channel, user FROM conversation WHERE id = ?"},
      state_of_turn{*db, "SELECT " ZHUQI_STATE_COLUMNS " FROM state s WHERE s.turn = ?"},
      state_of_head{
          *db, "SELECT " ZHUQI_STATE_COLUMNS " FROM head h JOIN state s ON s.turn = h.turn WHERE h.conversation = ?"},
      thread{*db, "SELECT " ZHUQI_THREAD_COLUMNS " FROM thread t WHERE t.conversation = ?"},
      event{*db, "SELECT id, seq, prev, turn, at_ms, epoch, kind, actor, body FROM event WHERE id = ?"},
      due{*db, "SELECT due_ms, conversation FROM wakeup WHERE due_ms <= ? ORDER BY due_ms, conversation LIMIT ?"},
      next{*db, "SELECT due_ms FROM wakeup ORDER BY due_ms LIMIT 1"},
      outbox{*db,
             "SELECT id, conversation, seq, epoch, channel, user, state, not_before_ms, body FROM outbox"
             " WHERE state = 'queued' ORDER BY id LIMIT ?"},
      script{*db, "SELECT hash, canonical, published_ms FROM script_version WHERE hash = ?"},
      live{*db, "SELECT hash, canonical, published_ms FROM live_script JOIN script_version USING (hash)"},
      moves{*db, "SELECT from_hash, dialog, state FROM script_move ORDER BY from_hash"} {}

reader::reader(const std::string& path, const heads& tail) : tail_{tail}, session_{std::make_unique<session>(path)} {}

void reader::close() {
  const std::lock_guard lock{mutex_};
  session_.reset();
}

template <class T, class F>
result<T> reader::guarded(F&& read) {
  const std::lock_guard lock{mutex_};
  if (!session_) return make_error_code(errc::unavailable);
  try {
    return read(*session_);
  } catch (const SQLite::Exception&) {
    return make_error_code(errc::unavailable);
  }
}

bool reader::newest_state(conversation& c) {
  if (!state_of(c)) return false;
  if (!c.epoch) return true;  // was never with a person
  execution row{session_->thread};
  if (row.bind(c.id.value).step()) c.thread = read_thread(row, 0);
  return true;
}

// The tail is asked before the table: a fold drops it from the tail only after the table has it.
bool reader::state_of(conversation& c) {
  if (const auto turn = tail_.find(c.id); turn) {
    execution state{session_->state_of_turn};
    if (state.bind(turn.value).step()) {
      read_state(state, c);
      return true;
    }
  }
  execution state{session_->state_of_head};
  if (!state.bind(c.id.value).step()) return false;
  read_state(state, c);
  return true;
}

result<conversation> reader::load(std::string_view channel, std::string_view user) {
  return guarded<conversation>([&](session& s) {
    conversation c;
    c.channel = channel;
    c.user = user;
    {
      execution find{s.find_user};
      if (!find.bind(c.channel).bind(c.user).step()) return c;
      c.id = {find.integer(0)};
    }
    // Committed a moment ago and not announced yet: then it is as if we had looked before.
    if (!newest_state(c)) c.id = {};
    return c;
  });
}

result<conversation> reader::load(conversation_id id) {
  return guarded<conversation>([&](session& s) -> result<conversation> {
    conversation c;
    c.id = id;
    {
      execution find{s.user_of};
      if (!find.bind(id.value).step()) return make_error_code(errc::not_found);
      c.channel = find.text(0);
      c.user = find.text(1);
    }
    if (!newest_state(c)) return make_error_code(errc::not_found);
    return c;
  });
}

result<std::vector<stored_event>> reader::events(conversation_id id, seq_no after, std::size_t limit) {
  return guarded<std::vector<stored_event>>([&](session& s) {
    std::vector<stored_event> found;
    const read_transaction snapshot{s.begin, s.commit};
    conversation c;
    c.id = id;
    if (!newest_state(c)) return found;
    for (auto next = c.last_event.value; next != 0 && found.size() < limit;) {
      execution row{s.event};
      if (!row.bind(next).step() || row.integer(1) <= after.value) break;
      found.push_back({{row.integer(0)},
                       id,
                       {row.integer(1)},
                       {row.integer(3)},
                       {row.integer(4)},
                       {row.integer(5)},
                       row.text(6),
                       row.text(7),
                       row.text(8)});
      next = row.integer(2);
    }
    std::ranges::reverse(found);
    return found;
  });
}

result<std::vector<wakeup_row>> reader::due_wakeups(unix_ms now, std::size_t limit) {
  return guarded<std::vector<wakeup_row>>([&](session& s) {
    std::vector<wakeup_row> rows;
    execution due{s.due};
    due.bind(now.value).bind(static_cast<std::int64_t>(limit));
    while (due.step()) rows.push_back({{due.integer(0)}, {due.integer(1)}});
    return rows;
  });
}

result<unix_ms> reader::next_wakeup() {
  return guarded<unix_ms>([&](session& s) {
    execution next{s.next};
    return next.step() ? unix_ms{next.integer(0)} : unix_ms{};
  });
}

result<std::vector<stored_outbox>> reader::outbox(std::size_t limit) {
  return guarded<std::vector<stored_outbox>>([&](session& s) {
    std::vector<stored_outbox> rows;
    execution row{s.outbox};
    row.bind(static_cast<std::int64_t>(limit));
    while (row.step()) {
      rows.push_back({row.integer(0),
                      {row.integer(1)},
                      {row.integer(2)},
                      {row.integer(3)},
                      row.text(4),
                      row.text(5),
                      row.text(6),
                      {row.integer(7)},
                      row.text(8)});
    }
    return rows;
  });
}

result<script_version> reader::load_script(std::string_view hash) {
  return guarded<script_version>([&](session& s) -> result<script_version> {
    const std::string key{hash};
    execution row{s.script};
    if (!row.bind(key).step()) return make_error_code(errc::not_found);
    return read_script(row);
  });
}

result<script_version> reader::live_script() {
  return guarded<script_version>([&](session& s) -> result<script_version> {
    execution row{s.live};
    if (!row.step()) return make_error_code(errc::not_found);
    return read_script(row);
  });
}

result<std::vector<script_move>> reader::script_moves() {
  return guarded<std::vector<script_move>>([&](session& s) {
    std::vector<script_move> out;
    execution row{s.moves};
    while (row.step()) out.push_back({row.text(0), row.text(1), row.text(2)});
    return out;
  });
}

}  // namespace zhuqi::storage::sqlite
