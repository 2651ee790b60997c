#include "storage/sqlite/walk.hpp"

#include "storage/sqlite/case_columns.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/migrate.hpp"

#include <filesystem>
#include <stdexcept>

namespace zhuqi::storage {

using namespace sqlite;

namespace {

void walk_cases(SQLite::Database& db, const visitor& visit) {
  SQLite::Statement heads{db, std::string{select_cases(with_body::yes)} + " ORDER BY id"};
  SQLite::Statement events{db,
                           "SELECT seq, at_ms, action, actor, value, department, body FROM case_event"
                           " WHERE case_id = ? ORDER BY seq"};
  for (execution row{heads}; row.step();) {
    auto head = read_case(row, with_body::yes);
    execution of_case{events};
    of_case.bind(head.id.value);
    visit.case_log(std::move(head), read_case_events(of_case));
  }
}

}  // namespace

void walk(const std::string& path, const visitor& visit) {
  if (!std::filesystem::is_regular_file(path)) throw std::runtime_error{"there is no database at " + path};
  const auto db = open_connection(path, role::inspector);
  db->exec("BEGIN");  // one moment of it, whatever is written meanwhile
  require_current(*db, schema_files());

  SQLite::Statement scripts{*db,
                            "SELECT v.hash, v.canonical, v.published_ms FROM script_version v"
                            " LEFT JOIN live_script l ON l.hash = v.hash ORDER BY l.hash IS NOT NULL"};
  for (execution row{scripts}; row.step();) visit.script({row.text(0), row.text(1), {row.integer(2)}});

  SQLite::Statement events{
      *db, "SELECT id, conversation, seq, turn, at_ms, epoch, kind, actor, body FROM event ORDER BY id"};
  for (execution row{events}; row.step();) {
    visit.event({{row.integer(0)},
                 {row.integer(1)},
                 {row.integer(2)},
                 {row.integer(3)},
                 {row.integer(4)},
                 {row.integer(5)},
                 row.text(6),
                 row.text(7),
                 row.text(8)});
  }

  // SQLite takes the other columns from the row that has the maximum.
  SQLite::Statement states{
      *db, "SELECT conversation, owner_kind, epoch, seq, snapshot, max(turn) FROM state GROUP BY conversation"};
  for (execution row{states}; row.step();) {
    conversation c;
    c.id = {row.integer(0)};
    c.owner = static_cast<owner_kind>(row.integer(1));
    c.epoch = {row.integer(2)};
    c.seq = {row.integer(3)};
    c.snapshot = row.text(4);
    visit.state(std::move(c));
  }
  if (visit.case_log) walk_cases(*db, visit);
}

}  // namespace zhuqi::storage
