// The staff port: one suite for every store, and the SQL of scopes against its twin in C++.

#include "bot/base/crypto.hpp"
#include "bot/base/limits.hpp"
#include "bot/staff/rights.hpp"
#include "storage/memory/staff_store.hpp"
#include "storage/sqlite/staff_scope.hpp"
#include "storage/sqlite/staff_store.hpp"
#include "storage/sqlite/verify.hpp"
#include "tests/contract/harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <random>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

namespace {

using changes = std::vector<staff_change>;

class people {
 public:
  explicit people(kind k) : kind_{k}, file_{k} { open(); }

  staff_store* operator->() { return store_.get(); }
  result<std::int64_t> apply(changes c, std::vector<staff_audit> records = {}) {
    std::optional<result<std::int64_t>> got;
    store_->apply(std::move(c), std::move(records), [&](result<std::int64_t> r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    return *got;
  }
  void reopen() {
    if (kind_ == kind::memory) return;
    store_.reset();
    file_.reopen();
    open();
  }
  harness& file() { return file_; }

 private:
  void open() {
    store_ = kind_ == kind::memory ? make_memory_staff_store(file_.posts().poster())
                                   : make_sqlite_staff_store(file_.get(), file_.path(), file_.posts().poster());
  }
  const kind kind_;
  harness file_;
  std::unique_ptr<staff_store> store_;
};

region place(std::string code, region_id parent = {}) { return {{}, parent, code, "r" + code}; }
department office(std::string name, region_id where, department_id parent = {}) { return {{}, parent, where, name}; }
staff_member somebody(std::string name, department_id where = {1}, role_set roles = {staff_role::agent}) {
  staff_member s;
  s.login_name = std::move(name);
  s.display_name = "某人";
  s.department = where;
  s.roles = roles;
  s.password = "$argon2id$";
  s.created = noon;
  return s;
}
staff_session session_of(staff_id id, const std::string& token, unix_ms at = noon) {
  return {crypto::sha256(token), id, at, at, "10.0.0.1", "Firefox"};
}

/// A city, its office, and one official: ids 1, 1, 1.
void settle(people& p) {
  REQUIRE(p.apply({add_region{place("510100")}, add_department{office("政务局", just_added<region_id>)},
                   add_staff{somebody("min", just_added<department_id>)}})
              .value() == 1);
}

}  // namespace

TEST_CASE("a new installation has nobody; after the first set-up a second one is refused") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  CHECK(p->state().value() == installation::not_set_up);
  const changes first{require_nobody{}, add_region{place("510100")},
                      add_department{office("局", just_added<region_id>)},
                      add_staff{somebody("min", just_added<department_id>)}};
  CHECK(p.apply(first).value() == 1);
  CHECK(p->state().value() == installation::in_use);
  CHECK(p.apply(first).error() == errc::conflict);
  CHECK(p->regions().value().size() == 1);
}

TEST_CASE("people are found by name and number, as they were written, also after a restart") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  p.reopen();
  auto expected = somebody("min");
  expected.id = {1};
  CHECK(p->find_staff("min").value() == expected);
  CHECK(p->load_staff({1}).value() == expected);
  CHECK(p->find_staff("Min").error() == errc::not_found);
  CHECK(p->load_staff({2}).error() == errc::not_found);
  CHECK(p->departments().value() == std::vector<department>{{{1}, {}, {1}, "政务局"}});
  CHECK(p->regions().value() == std::vector<region>{{{1}, {}, "510100", "r510100"}});
}

TEST_CASE("changes hold or fail together, with their records") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  const staff_audit record{0, noon, {1}, "staff.create", "login:li", "agent", "10.0.0.1"};
  CHECK(p.apply({set_password{{1}, "other"}, add_staff{somebody("min")}}, {record}).error() == errc::conflict);
  CHECK(p->load_staff({1}).value().password == "$argon2id$");
  CHECK(p->list_audit({}, 10).value().empty());
  CHECK(p.apply({set_password{{1}, "other"}, add_staff{somebody("li")}}, {record, record}).value() == 2);
  CHECK(p->load_staff({1}).value().password == "other");
  const auto records = p->list_audit({}, 10).value();
  REQUIRE(records.size() == 2);
  CHECK(records[0].detail == "agent");
  CHECK(p->list_audit({records[0].id}, 10).value() == std::vector{records[1]});
}

TEST_CASE("what is missing, taken or impossible is refused by name") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  using enum staff_role;
  struct row {
    changes what;
    errc why;
  };
  const std::vector<row> rows{
      {{add_region{place("510100")}}, errc::conflict},
      {{add_region{place("510104", {9})}}, errc::not_found},
      {{add_department{office("局", {9})}}, errc::not_found},
      {{add_department{office("局", {1}, {9})}}, errc::not_found},
      {{add_department{office("", {1})}}, errc::malformed},
      {{move_department{{1}, {9}}}, errc::not_found},
      {{move_department{{9}, {1}}}, errc::not_found},
      {{move_department{{1}, {1}}}, errc::conflict},
      {{add_staff{somebody("min")}}, errc::conflict},
      {{add_staff{somebody("li", {9})}}, errc::not_found},
      {{add_staff{somebody("")}}, errc::malformed},
      {{add_staff{somebody(std::string(65, 'n'))}}, errc::malformed},
      {{add_staff{somebody("li", {1}, {system_admin, audit_admin})}}, errc::malformed},
      {{add_staff{somebody("li", {1}, {security_admin, agent})}}, errc::malformed},
      {{set_roles{{1}, {agent}, {system_admin, security_admin}}}, errc::malformed},
      {{set_roles{{1}, {agent}, {audit_admin, leader}}}, errc::malformed},
      {{set_roles{{1}, {handler}, {agent}}}, errc::conflict},
      {{set_roles{{9}, {agent}, {handler}}}, errc::not_found},
      {{set_password{{9}, "x"}}, errc::not_found},
      {{set_department{{1}, {9}}}, errc::not_found},
      {{set_disabled{{9}, noon}}, errc::not_found},
      {{set_totp{{9}, "key", 1, {}}}, errc::not_found},
      {{rotate_session{crypto::sha256("a"), crypto::sha256("b")}}, errc::not_found},
      {{open_session{session_of({9}, "a")}}, errc::not_found},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    const auto got = p.apply(rows[i].what);
    REQUIRE(got.has_error());
    CHECK(got.error() == rows[i].why);
  }
  CHECK(p.apply({set_roles{{1}, {agent}, {agent, dispatcher}}}).has_value());
  CHECK(p->load_staff({1}).value().roles == role_set{agent, dispatcher});
}

TEST_CASE("departments move with what is below them, never below themselves, never too deep") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  for (std::int64_t i = 1; i < std::int64_t{limits::organisation_depth}; ++i) {
    REQUIRE(p.apply({add_department{office("d", {1}, {i})}}).value() == i + 1);
  }
  const department_id deepest{std::int64_t{limits::organisation_depth}};
  CHECK(p.apply({add_department{office("d", {1}, deepest)}}).error() == errc::too_large);
  CHECK(p.apply({move_department{{2}, deepest}}).error() == errc::conflict);
  const auto other = p.apply({add_department{office("other", {1})}}).value();
  CHECK(p.apply({move_department{{1}, {other}}}).error() == errc::too_large);
  CHECK(p.apply({move_department{{3}, {other}}}).has_value());
  CHECK(p.apply({move_department{{3}, {}}}).has_value());
}

TEST_CASE("a one-time password's step and a recovery code are used once, whoever is faster") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  const std::string key{"sealed\0key", 10};
  const auto code = crypto::sha256("code"), other = crypto::sha256("other");
  CHECK(p.apply({set_totp{{1}, key, 7, {code, other}}}).has_value());
  CHECK(p->load_staff({1}).value().totp == key);
  CHECK(p->recovery_codes_left({1}).value() == 2);
  CHECK(p.apply({use_totp_step{{1}, 7}}).error() == errc::conflict);
  CHECK(p.apply({use_totp_step{{1}, 8}}).has_value());
  CHECK(p.apply({use_totp_step{{1}, 8}}).error() == errc::conflict);
  CHECK(p.apply({use_recovery_code{{1}, code}}).has_value());
  CHECK(p.apply({use_recovery_code{{1}, code}}).error() == errc::conflict);
  CHECK(p.apply({use_recovery_code{{2}, other}}).error() == errc::conflict);
  CHECK(p->recovery_codes_left({1}).value() == 1);
  CHECK(p.apply({set_totp{{1}, "", 0, {}}}).has_value());
  CHECK(p->recovery_codes_left({1}).value() == 0);
}

TEST_CASE("sessions open, are seen, rotate and close; the oldest of too many ends") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  REQUIRE(p.apply({add_staff{somebody("li")}}).value() == 2);
  REQUIRE(p.apply({open_session{session_of({1}, "a")}, open_session{session_of({2}, "b")}}).has_value());
  p.reopen();
  const auto a = crypto::sha256("a"), b = crypto::sha256("b"), c = crypto::sha256("c");
  CHECK(p->load_session(a).value() == session_of({1}, "a"));
  CHECK(p.apply({touch_session{a, noon + 5}, touch_session{a, noon + 3}, touch_session{c, noon}}).has_value());
  CHECK(p->load_session(a).value().seen == noon + 5);
  CHECK(p.apply({rotate_session{a, c}}).has_value());
  CHECK(p->load_session(a).error() == errc::not_found);
  CHECK(p->load_session(c).value().opened == noon);
  CHECK(p.apply({close_session{{1}, b}}).has_value());  // not one's own
  CHECK(p->load_session(b).has_value());
  for (int i = 1; i <= 10; ++i) {
    REQUIRE(p.apply({open_session{session_of({1}, "s" + std::to_string(i), noon + i)}}).has_value());
  }
  CHECK(p->load_session(c).error() == errc::not_found);
  const auto mine = p->list_sessions({1}).value();
  REQUIRE(mine.size() == limits::sessions_per_person);
  CHECK(mine.front().opened == noon + 10);
  CHECK(p.apply({drop_dead_sessions{noon + 3, noon + 4}}).has_value());
  CHECK(p->list_sessions({1}).value().size() == 7);
  CHECK(p->load_session(b).error() == errc::not_found);
  CHECK(p.apply({close_sessions{{1}, mine.front().digest}}).has_value());
  CHECK(p->list_sessions({1}).value() == std::vector{mine.front()});
  CHECK(p.apply({close_sessions{{1}, std::nullopt}}).has_value());
  CHECK(p->list_sessions({1}).value().empty());
}

TEST_CASE("a list of people keeps to its scope and pages by number") {
  const auto k = GENERATE(kind::memory, kind::sqlite);
  people p{k};
  settle(p);
  REQUIRE(p.apply({add_region{place("510104", {1})}, add_region{place("320500")}}).has_value());
  REQUIRE(p.apply({add_department{office("区", {2}, {1})}, add_department{office("外", {3})}}).has_value());
  REQUIRE(p.apply({add_staff{somebody("b", {2})}, add_staff{somebody("c", {3})}}).value() == 3);
  const auto ids = [&](row_scope s, staff_id after = {}, std::size_t limit = 10) {
    std::vector<std::int64_t> out;
    for (const auto& m : p->list_staff(s, after, limit).value()) out.push_back(m.id.value);
    return out;
  };
  using v = std::vector<std::int64_t>;
  CHECK(ids({}) == v{});
  CHECK(ids({.everything = true}) == v{1, 2, 3});
  CHECK(ids({.everything = true}, {1}, 1) == v{2});
  CHECK(ids({.own = {3}}) == v{3});
  CHECK(ids({.department = {1}}) == v{1, 2});
  CHECK(ids({.department = {2}}) == v{2});
  CHECK(ids({.region = {1}}) == v{1, 2});
  CHECK(ids({.region = {2}}) == v{2});
  CHECK(ids({.own = {3}, .department = {2}}) == v{2, 3});
}

TEST_CASE("a closed store answers that it is unavailable, and nothing of it is written") {
  people p{kind::sqlite};
  settle(p);
  p.file().close();
  CHECK(p.apply({set_password{{1}, "late"}}).error() == errc::unavailable);
  CHECK(p->load_staff({1}).value().password == "$argon2id$");
}

TEST_CASE("changes of people and turns of conversations share the writer, and verify finds the file sound") {
  people p{kind::sqlite};
  settle(p);
  int written = 0, turns = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    p->apply({touch_session{crypto::sha256("x"), noon}, set_password{{1}, std::to_string(i)}}, {},
             [&](result<std::int64_t> r) { written += r.has_value(); });
    p.file().get().commit(turn_after(stranger("o-" + std::to_string(i)), "a", i),
                          [&](commit_outcome o) { turns += o.status == commit_status::committed; });
  }
  p.file().posts().run_until([&] { return written == 200 && turns == 200; });
  CHECK(p->load_staff({1}).value().password == "199");
  CHECK(p.file().fatal().empty());
  CHECK(verify(p.file().path()).findings.empty());
}

TEST_CASE("the database itself refuses two administrators in one person") {
  people p{kind::sqlite};
  settle(p);
  SQLite::Database db{p.file().path(), SQLite::OPEN_READWRITE};
  for (std::uint32_t bits = 0; bits < 1u << staff_role_count; ++bits) {
    const bool refused = db.tryExec("UPDATE staff SET roles = " + std::to_string(bits) + " WHERE id = 1") != 0;
    if (refused != staff::conflict_in(role_set::from_bits(bits)).has_value()) {
      CAPTURE(bits);
      REQUIRE(refused == staff::conflict_in(role_set::from_bits(bits)).has_value());
    }
  }
}

TEST_CASE("the SQL of a scope covers exactly the rows that the rule in C++ covers") {
  std::mt19937 random{20261122};
  const auto any = [&](int most) { return std::int64_t{std::uniform_int_distribution<int>{0, most}(random)}; };
  SQLite::Database db{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  db.exec("CREATE TABLE region (id INTEGER PRIMARY KEY, parent INTEGER)");
  db.exec("CREATE TABLE department (id INTEGER PRIMARY KEY, parent INTEGER)");
  db.exec("CREATE TABLE thing (id INTEGER PRIMARY KEY, owner INTEGER, department INTEGER, region INTEGER)");
  std::vector<region> regions;
  std::vector<department> departments;
  for (std::int64_t i = 1; i <= 12; ++i) {
    regions.push_back({{i}, {any(int(i) - 1)}, std::to_string(i), "r"});
    departments.push_back({{i}, {any(int(i) - 1)}, {1 + any(11)}, "d"});
    db.exec("INSERT INTO region VALUES (" + std::to_string(i) + ", nullif(" +
            std::to_string(regions.back().parent.value) + ", 0))");
    db.exec("INSERT INTO department VALUES (" + std::to_string(i) + ", nullif(" +
            std::to_string(departments.back().parent.value) + ", 0))");
  }
  std::vector<staff::target> things;
  for (std::int64_t i = 1; i <= 200; ++i) {
    things.push_back({{any(4)}, {any(13)}, {any(13)}, {}});
    const auto& t = things.back();
    db.exec("INSERT INTO thing VALUES (" + std::to_string(i) + ", " + std::to_string(t.owner.value) + ", " +
            std::to_string(t.department.value) + ", " + std::to_string(t.region.value) + ")");
  }
  const staff::organisation where{regions, departments};
  for (int round = 0; round < 300; ++round) {
    const row_scope scope{any(9) == 0, {any(4)}, {any(13)}, {any(13)}};
    const auto p = sqlite::scope_predicate(scope, {"t.owner", "t.department", "t.region"});
    SQLite::Statement query{db, "SELECT id FROM thing t WHERE " + p.sql + " ORDER BY id"};
    for (std::size_t i = 0; i < p.binds.size(); ++i) query.bind(int(i) + 1, p.binds[i]);
    std::vector<std::int64_t> by_sql, by_rule;
    while (query.executeStep()) by_sql.push_back(query.getColumn(0).getInt64());
    for (std::size_t i = 0; i < things.size(); ++i) {
      if (staff::covers(scope, things[i], where)) by_rule.push_back(std::int64_t(i) + 1);
    }
    REQUIRE(by_sql == by_rule);
  }
}

TEST_CASE("a table without the column of a scope's part shows nothing of that part") {
  CHECK(sqlite::scope_predicate({}, {"t.o", "t.d", "t.r"}).sql == "(0)");
  CHECK(sqlite::scope_predicate({.own = {7}}, {.department = "t.d"}).sql == "(0)");
  const auto p = sqlite::scope_predicate({.own = {7}, .department = {3}}, {.owner = "t.o"});
  CHECK(p.sql == "(t.o = ?)");
  CHECK(p.binds == std::vector<std::int64_t>{7});
}

TEST_CASE("staff: a change that leaves nobody who can sign in with a role is refused whole") {
  for (const auto k : {kind::memory, kind::sqlite}) {
    people p{k};
    const auto admin = [](std::string name, std::string password) {
      auto s = somebody(std::move(name), {1}, {staff_role::security_admin});
      s.password = std::move(password);
      return s;
    };
    REQUIRE(p.apply({add_region{place("510100")}, add_department{office("局", {1})}, add_staff{admin("a", "hash")},
                     add_staff{admin("b", "hash")}, add_staff{admin("without password", "")}}));
    const require_holder one{staff_role::security_admin};
    REQUIRE(p.apply({set_disabled{{2}, noon}, one}));
    CHECK(p.apply({set_disabled{{1}, noon}, one}).error() == errc::unsupported);
    CHECK(p.apply({set_roles{{1}, {staff_role::security_admin}, {}}, one}).error() == errc::unsupported);
    CHECK(!p->load_staff({1})->disabled);
    CHECK(p->load_staff({1})->roles == role_set{staff_role::security_admin});
    REQUIRE(p.apply({set_disabled{{2}, {}}}));
    CHECK(p.apply({set_roles{{1}, {staff_role::security_admin}, {}}, one}));
  }
}

TEST_CASE("records are found by who, what and about what, from either end") {
  for (const auto k : {kind::memory, kind::sqlite}) {
    people p{k};
    settle(p);
    std::vector<staff_audit> rows;
    for (std::int64_t i = 1; i <= 12; ++i) {
      rows.push_back(
          {0, noon, {i % 3}, i % 2 == 0 ? "thread.read" : "session.open", "thread:" + std::to_string(i % 4), "", ""});
    }
    REQUIRE(p.apply({}, rows));
    const auto ids = [&](const audit_question& q, std::size_t limit = 100) {
      std::vector<std::int64_t> out;
      for (const auto& r : p->list_audit(q, limit).value()) out.push_back(r.id);
      return out;
    };
    using list = std::vector<std::int64_t>;
    CHECK(ids({.actor = {1}}) == list{1, 4, 7, 10});
    CHECK(ids({.act = "thread.read"}) == list{2, 4, 6, 8, 10, 12});
    CHECK(ids({.subject = "thread:2"}) == list{2, 6, 10});
    CHECK(ids({.actor = {1}, .act = "thread.read", .subject = "thread:0"}) == list{4});
    CHECK(ids({.after = 4, .act = "thread.read"}, 2) == list{6, 8});
    CHECK(ids({.before = 10, .act = "thread.read"}, 2) == list{8, 6});
    CHECK(ids({.before = INT64_MAX}, 3) == list{12, 11, 10});
    CHECK(ids({.subject = "thread:9"}).empty());
  }
}
