#include "storage/sqlite/verify_cases.hpp"

#include <unordered_map>

namespace zhuqi::storage::sqlite {
namespace {

using found_fn = std::function<void(const char*, std::int64_t, std::string)>;

std::int64_t heads(SQLite::Database& db, const found_fn& found) {
  SQLite::Statement rows{db,
                         "SELECT c.number, c.conversation, c.seq, (SELECT count(*) FROM case_event e WHERE e.case_id ="
                         " c.id), (SELECT max(e.seq) FROM case_event e WHERE e.case_id = c.id),"
                         " EXISTS (SELECT 1 FROM case_body b WHERE b.case_id = c.id),"
                         " c.conversation = 0 OR EXISTS (SELECT 1 FROM conversation v WHERE v.id = c.conversation)"
                         " FROM case_head c"};
  std::int64_t n = 0;
  for (execution row{rows}; row.step(); ++n) {
    const auto number = row.text(0);
    const auto conversation = row.integer(1), seq = row.integer(2);
    if (row.integer(3) != seq || row.integer(4) != seq) {
      found("case.events", conversation,
            number + " stands at event " + std::to_string(seq) + " and has " + std::to_string(row.integer(3)) +
                " events up to " + std::to_string(row.integer(4)));
    }
    if (row.integer(5) == 0) found("case.body", conversation, number + " has no body");
    if (row.integer(6) == 0)
      found("case.conversation", conversation, number + " names a conversation that is not there");
  }
  return n;
}

/// Words are waiting, or they stand in the conversation that they were for.
void words(SQLite::Database& db, const found_fn& found) {
  std::unordered_map<std::int64_t, std::string> said;
  SQLite::Statement events{db, "SELECT conversation, body FROM event WHERE kind = 'case.text'"};
  for (execution row{events}; row.step();) said[row.integer(0)].append(row.text(1)).append("\n");
  SQLite::Statement rows{db,
                         "SELECT c.number, c.conversation, w.conversation, w.uuid, w.said_ms FROM case_word w"
                         " JOIN case_head c ON c.id = w.case_id"
                         " WHERE EXISTS (SELECT 1 FROM conversation v WHERE v.id = w.conversation)"};
  for (execution row{rows}; row.step();) {
    const auto where = row.integer(2);
    if (where != row.integer(1))
      found("case.word", where, row.text(0) + " has words for another conversation than its own");
    const auto log = said.find(where);
    const bool stands = log != said.end() && log->second.find(row.text(3)) != std::string::npos;
    if (row.integer(4) != 0 && !stands) {
      found("case.word", where, "words of " + row.text(0) + " are marked as said and do not stand in the conversation");
    }
  }
}

}  // namespace

std::int64_t verify_cases(SQLite::Database& db, const found_fn& found) {
  const auto n = heads(db, found);
  words(db, found);
  return n;
}

}  // namespace zhuqi::storage::sqlite
