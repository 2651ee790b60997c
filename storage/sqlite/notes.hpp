#pragma once
// The tables `note` and `note_to`: what officials tell each other beside a conversation, and who is named in it.

#include "storage/desk_store.hpp"
#include "storage/sqlite/connection.hpp"

namespace zhuqi::storage::sqlite {

/// Gives the id of the note, also where it stands already; errc::conflict where the client's id stands for another one.
result<std::int64_t> write_note(SQLite::Database& db, const note& row);
void write_seen(SQLite::Database& db, const see_mentions& seen);

/// Oldest first; the newest `limit` of them where there are more.
std::vector<note> read_notes(SQLite::Database& db, conversation_id conversation, std::size_t limit);

/// thread_view::mentioned; a cursor's rank is the note's id, negative.
thread_page mentioned_threads(SQLite::Database& db, const thread_query& query);
std::int64_t count_mentioned(SQLite::Database& db, const thread_query& query);

}  // namespace zhuqi::storage::sqlite
