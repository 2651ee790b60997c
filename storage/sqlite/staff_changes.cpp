#include "storage/sqlite/staff_changes.hpp"

#include "bot/base/limits.hpp"
#include "storage/sqlite/audit_chain.hpp"

#include <sqlite3.h>

namespace zhuqi::storage::sqlite {
namespace {

constexpr auto depth_most = static_cast<std::int64_t>(limits::organisation_depth);
const std::optional<errc> done = std::nullopt;

execution& blob(execution& e, const digest256& d) { return e.bind_blob(d.data(), d.size()); }
execution& blob(execution& e, const std::string& bytes) { return e.bind_blob(bytes.data(), bytes.size()); }

/// Levels from `id` up to the top, itself included; one more than allowed where there are more.
std::int64_t depth_of(SQLite::Database& db, const std::string& tree, std::int64_t id) {
  SQLite::Statement up{db, "WITH RECURSIVE up(id, parent, n) AS (SELECT id, parent, 1 FROM " + tree +
                               " WHERE id = ? UNION ALL SELECT t.id, t.parent, n + 1 FROM " + tree +
                               " t JOIN up ON t.id = up.parent WHERE n <= ?) SELECT ifnull(max(n), 0) FROM up"};
  execution row{up};
  row.bind(id).bind(depth_most).step();
  return row.integer(0);
}

std::optional<errc> one_row(int changed) { return changed == 1 ? done : errc::not_found; }

}  // namespace

errc meaning_of(const SQLite::Exception& constraint) {
  switch (constraint.getExtendedErrorCode()) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY: return errc::conflict;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return errc::not_found;
    default: return errc::malformed;
  }
}

std::optional<errc> staff_changes::write(const staff_change& change) { return std::visit(*this, change); }

void staff_changes::write(const staff_audit& r) {
  staff_audit as_known = r;
  as_known.actor = {known(r.actor, staff_)};
  append_audit(db_, as_known);
}

bool staff_changes::exists(const char* sql, std::int64_t id) {
  SQLite::Statement find{db_, sql};
  return execution{find}.bind(id).step();
}

void staff_changes::added(std::int64_t& slot) { slot = last_ = db_.getLastInsertRowid(); }

std::optional<errc> staff_changes::operator()(const add_region& c) {
  const auto parent = known(c.row.parent, region_);
  if (parent != 0 && depth_of(db_, "region", parent) >= depth_most) return errc::too_large;
  SQLite::Statement add{db_, "INSERT INTO region (parent, code, name) VALUES (nullif(?, 0), ?, ?)"};
  execution{add}.bind(parent).bind(c.row.code).bind(c.row.name).run();
  added(region_.value);
  return done;
}

std::optional<errc> staff_changes::operator()(const add_department& c) {
  const auto parent = known(c.row.parent, department_);
  if (parent != 0 && depth_of(db_, "department", parent) >= depth_most) return errc::too_large;
  SQLite::Statement add{db_, "INSERT INTO department (parent, region, name) VALUES (nullif(?, 0), ?, ?)"};
  execution{add}.bind(parent).bind(known(c.row.region, region_)).bind(c.row.name).run();
  added(department_.value);
  return done;
}

std::optional<errc> staff_changes::operator()(const move_department& c) {
  SQLite::Statement below{
      db_,
      "WITH RECURSIVE below(id, n) AS (SELECT id, 1 FROM department WHERE id = ? UNION SELECT d.id, n + 1"
      " FROM department d JOIN below ON d.parent = below.id WHERE n <= ?)"
      " SELECT ifnull(max(n), 0), ifnull(max(id = ?), 0) FROM below"};
  execution tree{below};
  tree.bind(c.id.value).bind(depth_most).bind(c.parent.value).step();
  const auto height = tree.integer(0);
  if (height == 0) return errc::not_found;
  if (tree.integer(1) != 0) return errc::conflict;
  if (c.parent && depth_of(db_, "department", c.parent.value) + height > depth_most) return errc::too_large;
  SQLite::Statement move{db_, "UPDATE department SET parent = nullif(?, 0) WHERE id = ?"};
  return one_row(execution{move}.bind(c.parent.value).bind(c.id.value).run());
}

std::optional<errc> staff_changes::operator()(const add_staff& c) {
  const auto& s = c.row;
  SQLite::Statement add{db_,
                        "INSERT INTO staff (login_name, display_name, department, roles, disabled_ms, password, totp,"
                        " totp_step, created_ms) VALUES (?, ?, ?, ?, ?, ?, x'', 0, ?)"};
  execution{add}
      .bind(s.login_name)
      .bind(s.display_name)
      .bind(known(s.department, department_))
      .bind(std::int64_t{s.roles.bits()})
      .bind(s.disabled.value)
      .bind(s.password)
      .bind(s.created.value)
      .run();
  added(staff_.value);
  return done;
}

std::optional<errc> staff_changes::operator()(const require_nobody&) {
  return query_integer(db_, "SELECT EXISTS (SELECT 1 FROM staff)") == 0 ? done : errc::conflict;
}

std::optional<errc> staff_changes::operator()(const require_holder& c) {
  const std::int64_t bits = role_set{c.role}.bits();
  return exists("SELECT 1 FROM staff WHERE roles & ? <> 0 AND disabled_ms = 0 AND password <> '' LIMIT 1", bits)
             ? done
             : errc::unsupported;
}

std::optional<errc> staff_changes::operator()(const set_password& c) {
  SQLite::Statement set{db_, "UPDATE staff SET password = ? WHERE id = ?"};
  return one_row(execution{set}.bind(c.hash).bind(known(c.id, staff_)).run());
}

std::optional<errc> staff_changes::operator()(const set_roles& c) {
  const auto id = known(c.id, staff_);
  SQLite::Statement set{db_, "UPDATE staff SET roles = ? WHERE id = ? AND roles = ?"};
  const std::int64_t now = c.roles.bits(), expected = c.expected.bits();
  if (execution{set}.bind(now).bind(id).bind(expected).run() == 1) return done;
  return exists("SELECT 1 FROM staff WHERE id = ?", id) ? errc::conflict : errc::not_found;
}

std::optional<errc> staff_changes::operator()(const set_department& c) {
  SQLite::Statement set{db_, "UPDATE staff SET department = ? WHERE id = ?"};
  return one_row(execution{set}.bind(known(c.department, department_)).bind(known(c.id, staff_)).run());
}

std::optional<errc> staff_changes::operator()(const set_disabled& c) {
  SQLite::Statement set{db_, "UPDATE staff SET disabled_ms = ? WHERE id = ?"};
  return one_row(execution{set}.bind(c.since.value).bind(known(c.id, staff_)).run());
}

std::optional<errc> staff_changes::operator()(const set_totp& c) {
  const auto id = known(c.id, staff_);
  SQLite::Statement set{db_, "UPDATE staff SET totp = ?, totp_step = ? WHERE id = ?"};
  {
    execution run{set};
    if (blob(run, c.key).bind(c.step).bind(id).run() != 1) return errc::not_found;
  }
  SQLite::Statement forget{db_, "DELETE FROM staff_recovery WHERE staff = ?"};
  execution{forget}.bind(id).run();
  SQLite::Statement add{db_, "INSERT INTO staff_recovery VALUES (?, ?)"};
  for (const auto& digest : c.recovery) {
    execution run{add};
    blob(run.bind(id), digest).run();
  }
  return done;
}

std::optional<errc> staff_changes::operator()(const use_totp_step& c) {
  SQLite::Statement use{db_, "UPDATE staff SET totp_step = ?1 WHERE id = ?2 AND totp_step < ?1"};
  return execution{use}.bind(c.step).bind(c.id.value).run() == 1 ? done : errc::conflict;
}

std::optional<errc> staff_changes::operator()(const use_recovery_code& c) {
  SQLite::Statement use{db_, "DELETE FROM staff_recovery WHERE staff = ? AND digest = ?"};
  execution run{use};
  return blob(run.bind(c.id.value), c.digest).run() == 1 ? done : errc::conflict;
}

std::optional<errc> staff_changes::operator()(const open_session& c) {
  const auto staff = known(c.row.staff, staff_);
  SQLite::Statement add{
      db_, "INSERT INTO staff_session (digest, staff, opened_ms, seen_ms, address, browser) VALUES (?, ?, ?, ?, ?, ?)"};
  {
    execution run{add};
    blob(run, c.row.digest)
        .bind(staff)
        .bind(c.row.opened.value)
        .bind(c.row.seen.value)
        .bind(c.row.address)
        .bind(c.row.browser)
        .run();
  }
  SQLite::Statement end{db_,
                        "DELETE FROM staff_session WHERE staff = ?1 AND digest NOT IN (SELECT digest FROM staff_session"
                        " WHERE staff = ?1 ORDER BY opened_ms DESC, seen_ms DESC, digest LIMIT ?2)"};
  execution{end}.bind(staff).bind(std::int64_t{limits::sessions_per_person}).run();
  return done;
}

std::optional<errc> staff_changes::operator()(const touch_session& c) {
  SQLite::Statement touch{db_, "UPDATE staff_session SET seen_ms = max(seen_ms, ?) WHERE digest = ?"};
  execution run{touch};
  blob(run.bind(c.seen.value), c.digest).run();
  return done;
}

std::optional<errc> staff_changes::operator()(const rotate_session& c) {
  SQLite::Statement rotate{db_, "UPDATE staff_session SET digest = ? WHERE digest = ?"};
  execution run{rotate};
  return one_row(blob(blob(run, c.to), c.from).run());
}

std::optional<errc> staff_changes::operator()(const close_session& c) {
  SQLite::Statement close{db_, "DELETE FROM staff_session WHERE staff = ? AND digest = ?"};
  execution run{close};
  blob(run.bind(c.id.value), c.digest).run();
  return done;
}

std::optional<errc> staff_changes::operator()(const close_sessions& c) {
  SQLite::Statement close{db_, "DELETE FROM staff_session WHERE staff = ? AND digest <> ?"};
  const digest256 nobodys{};  // no SHA-256 that anybody knows a token for
  execution run{close};
  blob(run.bind(known(c.id, staff_)), c.except ? *c.except : nobodys).run();
  return done;
}

std::optional<errc> staff_changes::operator()(const drop_dead_sessions& c) {
  SQLite::Statement drop{db_, "DELETE FROM staff_session WHERE seen_ms < ? OR opened_ms < ?"};
  execution{drop}.bind(c.seen_before.value).bind(c.opened_before.value).run();
  return done;
}

}  // namespace zhuqi::storage::sqlite
