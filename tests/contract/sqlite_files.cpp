// Migrations, backup, restore and verify.

#include "bot/base/crypto.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/verify.hpp"
#include "tests/contract/harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;
using base::embedded_file;

namespace {

const std::vector<embedded_file> two_files{{"V002__more.sql", "CREATE TABLE b (x); INSERT INTO b VALUES (2);"},
                                           {"V001__first.sql", "CREATE TABLE a (x);"}};

SQLite::Database in_memory() { return {":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}; }

void execute(const std::string& path, const std::string& sql) {
  SQLite::Database db{path, SQLite::OPEN_READWRITE};
  db.exec(sql);
}

std::int64_t number(const std::string& path, const std::string& sql) {
  return SQLite::Database{path, SQLite::OPEN_READONLY}.execAndGet(sql).getInt64();
}

/// A few conversations, one of them with an official, one with a wakeup, one with an outbox row.
void fill(harness& h, std::uint64_t turns = 40) {
  for (std::uint64_t i = 0; i < turns; ++i) {
    auto turn = turn_after(h.load("o-" + std::to_string(i % 7)), "a", i, noon + static_cast<std::int64_t>(i));
    if (i % 7 == 1) {
      turn.after.owner = owner_kind::queue;
      turn.after.epoch = {1};
    }
    if (i % 7 == 2) turn.after.wakeup = noon + 1'000;
    if (i % 7 == 3) turn.outbox = {{1, "b", {}}};
    REQUIRE(h.commit(turn).status == commit_status::committed);
  }
}

}  // namespace

TEST_CASE("migrations run in the order of their numbers, once") {
  auto db = in_memory();
  CHECK(sqlite::migrate(db, std::span{two_files}.subspan(1), noon) == 1);
  CHECK(sqlite::migrate(db, two_files, noon) == 1);
  CHECK(sqlite::migrate(db, two_files, noon) == 0);
  CHECK(db.execAndGet("SELECT count(*) FROM b").getInt64() == 1);
  CHECK(db.execAndGet("SELECT sha256 FROM schema_migration WHERE version = 1").getString() ==
        crypto::hex(crypto::sha256(two_files[1].bytes)));
}

TEST_CASE("a database newer than the program is refused") {
  auto db = in_memory();
  sqlite::migrate(db, two_files, noon);
  CHECK_THROWS_WITH(sqlite::migrate(db, std::span{two_files}.subspan(1), noon), Catch::Contains("newer"));
}

TEST_CASE("a migration that was edited or renamed after it was applied is refused") {
  auto db = in_memory();
  sqlite::migrate(db, two_files, noon);
  auto edited = two_files;
  edited[1].bytes = "CREATE TABLE a (x, y);";
  CHECK_THROWS_WITH(sqlite::migrate(db, edited, noon), Catch::Contains("V001__first.sql was edited"));
  auto renamed = two_files;
  renamed[1].name = "V001__other.sql";
  CHECK_THROWS_AS(sqlite::migrate(db, renamed, noon), sqlite::migration_error);
}

TEST_CASE("a migration that fails leaves nothing of itself") {
  auto db = in_memory();
  auto broken = two_files;
  broken[0].bytes = "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1);";
  CHECK_THROWS_AS(sqlite::migrate(db, broken, noon), SQLite::Exception);
  CHECK(db.tableExists("a"));
  CHECK_FALSE(db.tableExists("b"));
  CHECK(sqlite::migrate(db, two_files, noon) == 1);
}

TEST_CASE("migrations with a gap, without a number or with one number twice are a mistake of the build") {
  for (const auto* name : {"V003__gap.sql", "first.sql", "Vx__first.sql", "V001__again.sql", "V002__x.txt"}) {
    auto db = in_memory();
    const std::vector<embedded_file> files{{"V001__first.sql", ""}, {name, ""}};
    CAPTURE(name);
    CHECK_THROWS_AS(sqlite::migrate(db, files, noon), sqlite::migration_error);
  }
}

TEST_CASE("the database of another program is refused") {
  auto db = in_memory();
  db.exec("CREATE TABLE theirs (x)");
  CHECK_THROWS_WITH(sqlite::migrate(db, two_files, noon), Catch::Contains("another program"));
}

TEST_CASE("a backup taken under load is one moment of it, and the load does not notice") {
  harness h{kind::sqlite, {.fold_every = 500, .wal_checkpoint_pages = 300}};
  fill(h);
  std::atomic<bool> stop{false};
  std::vector<backup_report> reports;
  const temp_dir out;
  std::thread operator_at_work{[&] {
    for (int i = 0; i < 5; ++i) reports.push_back(back_up(h.path(), out.file(std::to_string(i))));
    stop = true;
  }};
  std::uint64_t message = 1'000;
  while (!stop) {
    const auto user = "o-" + std::to_string(message % 7);
    REQUIRE(h.commit(turn_after(h.load(user), std::string(500, 'x'), ++message)).status == commit_status::committed);
  }
  operator_at_work.join();
  REQUIRE(reports.size() == 5);
  for (int i = 0; i < 5; ++i) {
    const auto copy = out.file(std::to_string(i));
    CHECK(verify(copy).findings.empty());
    CHECK(number(copy, "SELECT max(turn) FROM state") == reports[static_cast<std::size_t>(i)].last_turn.value);
  }
}

TEST_CASE("a restored database carries everything, and counts its restore epoch up") {
  harness h{kind::sqlite};
  fill(h);
  const temp_dir out;
  const auto report = back_up(h.path(), out.file("backup"));
  CHECK(report.last_turn == turn_id{40});
  CHECK(report.restore_epoch == 0);
  const auto restored = out.file("new/zhuqi.db");
  CHECK(restore(out.file("backup"), restored).restore_epoch == 1);
  CHECK(number(restored, "SELECT value FROM meta WHERE key = 'restore_epoch'") == 1);
  harness again{kind::sqlite, {.path = restored}};
  for (int i = 0; i < 7; ++i) {
    const auto user = "o-" + std::to_string(i);
    CHECK(again.load(user) == h.load(user));
    CHECK(again.events(again.load(user).id) == h.events(h.load(user).id));
  }
  CHECK(again.outbox() == h.outbox());
}

TEST_CASE("backup and restore overwrite nothing and leave nothing half done") {
  harness h{kind::sqlite};
  fill(h);
  const temp_dir out;
  const auto target = out.file("backup");
  back_up(h.path(), target);
  CHECK_THROWS_WITH(back_up(h.path(), target), Catch::Contains("exists already"));
  CHECK_THROWS_WITH(back_up(out.file("nothing"), out.file("b2")), Catch::Contains("no database"));
  CHECK_THROWS_WITH(restore(target, h.path()), Catch::Contains("another Zhuqi"));
  h.close();
  const auto occupied = out.file("d/zhuqi.db");
  restore(target, occupied);
  CHECK_THROWS_WITH(restore(target, occupied), Catch::Contains("exists already"));

  std::ofstream{out.file("garbage")} << std::string(10'000, 'g');
  CHECK_THROWS(restore(out.file("garbage"), out.file("e/zhuqi.db")));
  CHECK_FALSE(std::filesystem::exists(out.file("e/zhuqi.db")));
  CHECK_FALSE(std::filesystem::exists(out.file("e/zhuqi.db.unfinished")));
}

TEST_CASE("a backup with damaged pages is not restored") {
  harness h{kind::sqlite};
  fill(h, 400);
  const temp_dir out;
  const auto target = out.file("backup");
  back_up(h.path(), target);
  const auto root = number(target, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'");
  std::fstream file{target, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp((root - 1) * 4096 + 12);  // inside the cell pointers of the table's root
  file << std::string(64, '\xff');
  file.close();
  CHECK_THROWS(restore(target, out.file("f/zhuqi.db")));
  CHECK_FALSE(std::filesystem::exists(out.file("f/zhuqi.db")));
}

TEST_CASE("verify finds nothing in a sound database, running or not") {
  harness h{kind::sqlite, {.fold_every = 10}};
  fill(h);
  const auto running = verify(h.path());
  CHECK(running.findings.empty());
  CHECK(running.conversations == 7);
  CHECK(running.events == 80);
  CHECK(running.states == 40);
  CHECK(running.keys == 40);
  h.close();
  CHECK(verify(h.path()).findings.empty());
}

TEST_CASE("verify names each kind of damage") {
  struct row {
    const char* damage;
    const char* rule;
  };
  const std::vector<row> rows{
      {"DELETE FROM event WHERE id = 20", "event.seq"},
      {"UPDATE event SET seq = seq + 1 WHERE id = 80", "event.seq"},
      {"UPDATE event SET prev = 3 WHERE id = 60", "event.chain"},
      {"UPDATE event SET conversation = 6 WHERE id = 60", "event.chain"},
      {"DELETE FROM event WHERE id = 80", "state.newest"},
      {"UPDATE state SET last_event = 1 WHERE turn = 30", "state.event"},
      {"DELETE FROM state WHERE turn = 40", "head.turn"},
      {"UPDATE head SET turn = 1 WHERE conversation = 3", "head.turn"},
      {"DELETE FROM head WHERE conversation = 3", "head.turn"},
      {"DELETE FROM conversation WHERE id = 2", "conversation.unknown"},
      {"INSERT INTO conversation VALUES (99, 'city', 'o-99', 0)", "conversation.stateless"},
      {"DELETE FROM open_thread", "open_thread.missing"},
      {"UPDATE open_thread SET epoch = 9", "open_thread.owner"},
      {"DELETE FROM wakeup", "wakeup.missing"},
      {"INSERT INTO wakeup VALUES (5, 3)", "wakeup.stale"},
      {"UPDATE outbox SET seq = 99 WHERE id = 1", "outbox.event"},
      {"UPDATE inbox SET turn = 4000 WHERE turn = 4", "inbox.turn"},
      {"UPDATE inbox SET turn = 5 WHERE turn = 4", "inbox.turn"},
      {"PRAGMA foreign_keys = OFF; INSERT INTO live_script VALUES (1, 'gone')", "file.foreign_key"},
  };
  harness h{kind::sqlite};
  fill(h);
  h.close();
  const temp_dir out;
  for (const auto& [damage, rule] : rows) {
    const auto copy = out.file("copy");
    std::filesystem::copy_file(h.path(), copy, std::filesystem::copy_options::overwrite_existing);
    execute(copy, damage);
    const auto report = verify(copy);
    CAPTURE(damage);
    CHECK(
        std::any_of(report.findings.begin(), report.findings.end(), [&](const finding& f) { return f.rule == rule; }));
  }
}

TEST_CASE("verify and the rest refuse what is not ours") {
  const temp_dir out;
  CHECK_THROWS_WITH(verify(out.file("nothing")), Catch::Contains("no database"));
  SQLite::Database{out.file("theirs"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}.exec("CREATE TABLE x (y)");
  CHECK_THROWS_WITH(verify(out.file("theirs")), Catch::Contains("not a Zhuqi database"));
}

TEST_CASE("threads that wait for a person are listed as long as they do, with when they came") {
  harness h{kind::sqlite};
  auto c = h.load("o-1");
  std::uint64_t message = 0;
  const auto owned_by = [&](owner_kind who, std::int64_t epoch, unix_ms at) {
    auto turn = turn_after(c, "a", ++message, at);
    turn.after.owner = who;
    turn.after.epoch = {epoch};
    c = h.commit(turn).after;
    return number(h.path(), "SELECT ifnull(max(since_ms), 0) FROM open_thread");
  };
  CHECK(owned_by(owner_kind::bot, 0, noon) == 0);
  CHECK(owned_by(owner_kind::queue, 1, noon + 1) == noon.value + 1);
  CHECK(owned_by(owner_kind::queue, 1, noon + 2) == noon.value + 1);
  CHECK(owned_by(owner_kind::human, 2, noon + 3) == noon.value + 3);
  CHECK(owned_by(owner_kind::bot, 3, noon + 4) == 0);
}
