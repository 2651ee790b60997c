#include "storage/sqlite/self_service.hpp"

#include "storage/sqlite/thread_table.hpp"

namespace zhuqi::storage::sqlite {

/// A turn in which a dialog ended is one matter; it went to a person where the same turn handed over.
share read_self_service(SQLite::Database& db, const self_service_question& q) {
  const auto within = seen_from(q.scope, q.home);
  SQLite::Statement sql{
      db,
      "SELECT count(*) FILTER (WHERE NOT handed), count(*) FROM"
      " (SELECT max(e.kind = 'handoff') AS handed FROM event e LEFT JOIN thread t ON t.conversation = e.conversation"
      " WHERE e.kind IN ('dialog.ended', 'handoff') AND e.at_ms >= ? AND e.at_ms < ?"
      " AND (e.kind = 'handoff' OR (json_valid(e.body) AND json_extract(e.body, '$.outcome') <> ?"
      " AND json_extract(e.body, '$.dialog') <> ?)) AND " +
          within.sql + " GROUP BY e.turn)"};
  execution row{sql};
  const std::string gave_up{q.gave_up}, beside{q.beside};
  row.bind(q.from.value).bind(q.to.value).bind(gave_up).bind(beside);
  for (const auto value : within.binds) row.bind(value);
  row.step();
  return {row.integer(0), row.integer(1)};
}

}  // namespace zhuqi::storage::sqlite
