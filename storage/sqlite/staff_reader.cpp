#include "storage/sqlite/staff_reader.hpp"

#include "storage/sqlite/staff_scope.hpp"

#include <algorithm>

namespace zhuqi::storage::sqlite {
namespace {

#define ZHUQI_STAFF                                                                                                   \
  "SELECT s.id, s.login_name, s.display_name, s.department, s.roles, s.disabled_ms, s.password, s.totp, s.totp_step," \
  " s.created_ms FROM staff s"
#define ZHUQI_SESSION "SELECT digest, staff, opened_ms, seen_ms, address, browser FROM staff_session"

staff_member read_staff(const execution& row) {
  return {{row.integer(0)},
          row.text(1),
          row.text(2),
          {row.integer(3)},
          role_set::from_bits(static_cast<std::uint32_t>(row.integer(4))),
          {row.integer(5)},
          row.text(6),
          row.text(7),
          row.integer(8),
          {row.integer(9)}};
}

staff_session read_session(const execution& row) {
  staff_session s;
  const auto bytes = row.text(0);
  std::copy_n(bytes.begin(), std::min(bytes.size(), s.digest.size()), s.digest.begin());
  s.staff = {row.integer(1)};
  s.opened = {row.integer(2)};
  s.seen = {row.integer(3)};
  s.address = row.text(4);
  s.browser = row.text(5);
  return s;
}

}  // namespace

staff_reader::session::session(const std::string& path)
    : db{open_connection(path, role::reader)},
      by_name{*db, ZHUQI_STAFF " WHERE s.login_name = ?"},
      by_id{*db, ZHUQI_STAFF " WHERE s.id = ?"},
      by_digest{*db, ZHUQI_SESSION " WHERE digest = ?"} {}

staff_reader::staff_reader(const std::string& path) : session_{path} {}

template <class T, class F>
result<T> staff_reader::guarded(F&& read) {
  const std::lock_guard lock{mutex_};
  try {
    return read(session_);
  } catch (const SQLite::Exception&) {
    return make_error_code(errc::unavailable);
  }
}

result<installation> staff_reader::state() {
  return guarded<installation>([](session& s) {
    const bool any = query_integer(*s.db, "SELECT EXISTS (SELECT 1 FROM staff)") != 0;
    return any ? installation::in_use : installation::not_set_up;
  });
}

result<staff_member> staff_reader::find_staff(std::string_view login_name) {
  return guarded<staff_member>([&](session& s) -> result<staff_member> {
    const std::string name{login_name};
    execution row{s.by_name};
    if (!row.bind(name).step()) return make_error_code(errc::not_found);
    return read_staff(row);
  });
}

result<staff_member> staff_reader::load_staff(staff_id id) {
  return guarded<staff_member>([&](session& s) -> result<staff_member> {
    execution row{s.by_id};
    if (!row.bind(id.value).step()) return make_error_code(errc::not_found);
    return read_staff(row);
  });
}

result<std::vector<staff_member>> staff_reader::list_staff(const row_scope& scope, staff_id after, std::size_t limit) {
  return guarded<std::vector<staff_member>>([&](session& s) {
    const auto within = scope_predicate(scope, {"s.id", "s.department", "d.region"});
    SQLite::Statement list{*s.db, ZHUQI_STAFF " JOIN department d ON d.id = s.department WHERE s.id > ? AND " +
                                      within.sql + " ORDER BY s.id LIMIT ?"};
    execution row{list};
    row.bind(after.value);
    for (const auto value : within.binds) row.bind(value);
    row.bind(static_cast<std::int64_t>(limit));
    std::vector<staff_member> found;
    while (row.step()) found.push_back(read_staff(row));
    return found;
  });
}

result<std::vector<region>> staff_reader::regions() {
  return guarded<std::vector<region>>([](session& s) {
    SQLite::Statement list{*s.db, "SELECT id, ifnull(parent, 0), code, name FROM region ORDER BY id"};
    execution row{list};
    std::vector<region> found;
    while (row.step()) found.push_back({{row.integer(0)}, {row.integer(1)}, row.text(2), row.text(3)});
    return found;
  });
}

result<std::vector<department>> staff_reader::departments() {
  return guarded<std::vector<department>>([](session& s) {
    SQLite::Statement list{*s.db, "SELECT id, ifnull(parent, 0), region, name FROM department ORDER BY id"};
    execution row{list};
    std::vector<department> found;
    while (row.step()) found.push_back({{row.integer(0)}, {row.integer(1)}, {row.integer(2)}, row.text(3)});
    return found;
  });
}

result<std::size_t> staff_reader::recovery_codes_left(staff_id id) {
  return guarded<std::size_t>([&](session& s) {
    SQLite::Statement count{*s.db, "SELECT count(*) FROM staff_recovery WHERE staff = ?"};
    execution row{count};
    row.bind(id.value).step();
    return static_cast<std::size_t>(row.integer(0));
  });
}

result<staff_session> staff_reader::load_session(const digest256& digest) {
  return guarded<staff_session>([&](session& s) -> result<staff_session> {
    execution row{s.by_digest};
    if (!row.bind_blob(digest.data(), digest.size()).step()) return make_error_code(errc::not_found);
    return read_session(row);
  });
}

result<std::vector<staff_session>> staff_reader::list_sessions(staff_id id) {
  return guarded<std::vector<staff_session>>([&](session& s) {
    SQLite::Statement list{*s.db, ZHUQI_SESSION " WHERE staff = ? ORDER BY opened_ms DESC, seen_ms DESC, digest"};
    execution row{list};
    row.bind(id.value);
    std::vector<staff_session> found;
    while (row.step()) found.push_back(read_session(row));
    return found;
  });
}

result<std::vector<staff_audit>> staff_reader::list_audit(const audit_question& which, std::size_t limit) {
  return guarded<std::vector<staff_audit>>([&](session& s) {
    const bool newest_first = which.before != 0;
    std::string sql = "SELECT id, at_ms, actor, act, subject, detail, address FROM staff_audit WHERE ";
    sql.append(newest_first ? "id < ?" : "id > ?");
    if (which.actor) sql.append(" AND actor = ?");
    if (!which.act.empty()) sql.append(" AND act = ?");
    if (!which.subject.empty()) sql.append(" AND subject = ?");
    sql.append(newest_first ? " ORDER BY id DESC LIMIT ?" : " ORDER BY id LIMIT ?");
    SQLite::Statement list{*s.db, sql};
    execution row{list};
    row.bind(newest_first ? which.before : which.after);
    if (which.actor) row.bind(which.actor.value);
    if (!which.act.empty()) row.bind(which.act);
    if (!which.subject.empty()) row.bind(which.subject);
    row.bind(static_cast<std::int64_t>(limit));
    std::vector<staff_audit> found;
    while (row.step()) {
      found.push_back(
          {row.integer(0), {row.integer(1)}, {row.integer(2)}, row.text(3), row.text(4), row.text(5), row.text(6)});
    }
    return found;
  });
}

}  // namespace zhuqi::storage::sqlite
