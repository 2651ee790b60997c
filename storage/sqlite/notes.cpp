#include "storage/sqlite/notes.hpp"

#include "bot/base/limits.hpp"
#include "storage/sqlite/thread_table.hpp"

namespace zhuqi::storage::sqlite {

result<std::int64_t> write_note(SQLite::Database& db, const note& row) {
  SQLite::Statement known{db, "SELECT id, conversation, author, text FROM note WHERE client_id = ?"};
  if (execution find{known}; find.bind(row.client_id).step()) {
    const bool same =
        find.integer(1) == row.conversation.value && find.integer(2) == row.author.value && find.text(3) == row.text;
    if (!same) return make_error_code(errc::conflict);
    return find.integer(0);
  }
  SQLite::Statement add{
      db, "INSERT INTO note (conversation, at_ms, author, text, client_id, audience) VALUES (?, ?, ?, ?, ?, ?)"};
  execution{add}
      .bind(row.conversation.value)
      .bind(row.at.value)
      .bind(row.author.value)
      .bind(row.text)
      .bind(row.client_id)
      .bind(static_cast<std::int64_t>(row.meant_for))
      .run();
  const std::int64_t id = db.getLastInsertRowid();
  SQLite::Statement name{db, "INSERT INTO note_to (note, staff, conversation, seen_ms) VALUES (?, ?, ?, 0)"};
  for (const staff_id who : row.to) execution{name}.bind(id).bind(who.value).bind(row.conversation.value).run();
  return id;
}

void write_seen(SQLite::Database& db, const see_mentions& seen) {
  SQLite::Statement see{db,
                        "UPDATE note_to SET seen_ms = ? WHERE staff = ? AND conversation = ? AND note <= ?"
                        " AND seen_ms = 0"};
  execution{see}.bind(seen.at.value).bind(seen.staff.value).bind(seen.conversation.value).bind(seen.up_to).run();
}

std::vector<note> read_notes(SQLite::Database& db, conversation_id conversation, std::size_t limit) {
  SQLite::Statement list{db,
                         "SELECT n.id, n.at_ms, n.author, n.text, n.client_id, n.audience, ifnull(m.staff, 0)"
                         " FROM (SELECT * FROM note WHERE conversation = ? ORDER BY id DESC LIMIT ?) n"
                         " LEFT JOIN note_to m ON m.note = n.id ORDER BY n.id, m.staff"};
  execution row{list};
  row.bind(conversation.value).bind(static_cast<std::int64_t>(limit));
  std::vector<note> found;
  while (row.step()) {
    if (found.empty() || found.back().id != row.integer(0)) {
      found.push_back({row.integer(0),
                       conversation,
                       {row.integer(1)},
                       {row.integer(2)},
                       row.text(3),
                       row.text(4),
                       static_cast<audience>(row.integer(5)),
                       {}});
    }
    if (const staff_id named{row.integer(6)}; named) found.back().to.push_back(named);
  }
  return found;
}

thread_page mentioned_threads(SQLite::Database& db, const thread_query& q) {
  const auto within = seen_from(q.scope, q.home);
  SQLite::Statement list{
      db,
      "SELECT c.id, c.channel, c.user, ifnull(t.owner_kind, 0), ifnull(t.staff, 0),"
      " ifnull(t.epoch, 0), ifnull(ifnull(t.seq, s.seq), 0), m.note, t.conversation IS NOT NULL, " ZHUQI_THREAD_COLUMNS
      " FROM (SELECT conversation, max(note) AS note FROM note_to WHERE staff = ? AND seen_ms = 0"
      " GROUP BY conversation) m JOIN conversation c ON c.id = m.conversation"
      " LEFT JOIN thread t ON t.conversation = m.conversation"
      " LEFT JOIN head h ON h.conversation = m.conversation LEFT JOIN state s ON s.turn = h.turn"
      " WHERE -m.note > ? AND " +
          within.sql + " ORDER BY m.note DESC LIMIT ?"};
  execution row{list};
  row.bind(q.me.value).bind(q.after.rank);
  for (const auto value : within.binds) row.bind(value);
  row.bind(static_cast<std::int64_t>(q.limit) + 1);
  thread_page page;
  page.rows.reserve(q.limit);
  thread_cursor last;
  while (row.step()) {
    if (page.rows.size() == q.limit) {
      page.next = last;
      break;
    }
    auto c = read_listed(row);
    if (row.integer(8) != 0) {
      c.thread = read_thread(row, 9);
      c.last_turn = c.thread->change;
    }
    last = {-row.integer(7), c.id.value};
    page.rows.push_back(std::move(c));
  }
  return page;
}

std::int64_t count_mentioned(SQLite::Database& db, const thread_query& q) {
  if (!q.me) return 0;
  const auto within = seen_from(q.scope, q.home);
  SQLite::Statement sql{db,
                        "SELECT count(*) FROM (SELECT m.conversation FROM note_to m"
                        " LEFT JOIN thread t ON t.conversation = m.conversation"
                        " WHERE m.staff = ? AND m.seen_ms = 0 AND " +
                            within.sql + " GROUP BY m.conversation LIMIT ?)"};
  execution row{sql};
  row.bind(q.me.value);
  for (const auto value : within.binds) row.bind(value);
  row.bind(static_cast<std::int64_t>(limits::counted_mentions));
  row.step();
  return row.integer(0);
}

}  // namespace zhuqi::storage::sqlite
