// What only a store on disk can get wrong: crashes, full disks, broken disks, a log that grows for ever, a second
// process.

#include "storage/sqlite/verify.hpp"
#include "tests/contract/harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

namespace {

[[noreturn]] void no_fatal(const std::string& what) { throw std::runtime_error{what}; }

/// Child: commits one turn after the other for 50 users and writes "user message\n" for each acknowledged one. Never
/// returns.
[[noreturn]] void commit_for_ever(const std::string& path, int acknowledged, std::uint64_t first_message) {
  auto store = make_sqlite_store(
      {.path = path, .fold_every = 100, .wal_checkpoint_pages = 100}, [](auto f) { f(); },
      no_fatal);  // answers on the writer's thread: the caller is this one
  for (std::uint64_t message = first_message;; ++message) {
    const auto user = "o-" + std::to_string(message % 50);
    store->load("city", user, [&](const result<conversation>& c) {
      store->commit(turn_after(*c, "m" + std::to_string(message), message), [=](const commit_outcome& o) {
        if (o.status != commit_status::committed && o.status != commit_status::version_conflict) ::_exit(3);
        if (o.status != commit_status::committed) return;
        const auto line = std::to_string(message) + "\n";
        if (::write(acknowledged, line.data(), line.size()) < 0) ::_exit(4);
      });
    });
    if (message % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

std::vector<std::uint64_t> lines_until_end(int fd) {
  std::string all;
  char buffer[4096];
  for (ssize_t n; (n = ::read(fd, buffer, sizeof buffer)) > 0;) all.append(buffer, static_cast<std::size_t>(n));
  std::vector<std::uint64_t> messages;
  std::size_t from = 0;
  for (std::size_t end; (end = all.find('\n', from)) != std::string::npos; from = end + 1) {
    messages.push_back(std::stoull(all.substr(from, end - from)));
  }
  return messages;
}

std::string findings_of(const std::string& path) {
  std::string all;
  for (const auto& f : verify(path).findings) all += f.rule + ": " + f.what + "\n";
  return all;
}

}  // namespace

TEST_CASE("after kill -9 every acknowledged turn is there once, and the database is sound") {
  const temp_dir dir;
  const auto path = dir.file("zhuqi.db");
  std::uint64_t next_message = 1;
  std::vector<std::uint64_t> acknowledged;
  for (int round = 0; round < 8; ++round) {
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(pipe_ends[0]);
      commit_for_ever(path, pipe_ends[1], next_message);
    }
    ::close(pipe_ends[1]);
    pollfd first_answer{pipe_ends[0], POLLIN, 0};
    REQUIRE(::poll(&first_answer, 1, 60'000) == 1);
    std::this_thread::sleep_for(std::chrono::milliseconds{20 + 35 * round});
    ::kill(child, SIGKILL);
    const auto got = lines_until_end(pipe_ends[0]);
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    acknowledged.insert(acknowledged.end(), got.begin(), got.end());
    next_message += 1'000'000;

    CHECK(findings_of(path).empty());
  }
  CHECK(acknowledged.size() > 50);
  auto store = make_sqlite_store(
      {.path = path}, [](auto f) { f(); }, no_fatal);
  std::map<std::string, int> heard;
  for (int i = 0; i < 50; ++i) {
    store->load("city", "o-" + std::to_string(i), [&](const result<conversation>& c) {
      store->events(c->id, {}, 1'000'000, [&](const result<std::vector<stored_event>>& events) {
        for (const auto& e : *events) heard[e.body] += e.kind == "user.text" ? 1 : 0;
      });
    });
  }
  for (const auto message : acknowledged) {
    CAPTURE(message);
    REQUIRE(heard["m" + std::to_string(message)] == 1);
  }
}

TEST_CASE("under constant load the log is emptied again and again, and the folds go on") {
  harness h{kind::sqlite, {.fold_every = 2'000, .wal_checkpoint_pages = 500}};
  std::uintmax_t biggest = 0;
  std::vector<conversation> users;
  users.reserve(64);
  for (int i = 0; i < 64; ++i) users.push_back(stranger("o-" + std::to_string(i)));
  std::uint64_t message = 0;
  int going = 0;
  const std::function<void(std::size_t)> speak = [&](std::size_t i) {
    ++going;
    h.get().commit(turn_after(users[i], std::string(400, 'x'), ++message), [&, i](const commit_outcome& o) {
      --going;
      users[i] = o.after;
      if (message % 256 == 0) biggest = std::max(biggest, std::filesystem::file_size(h.path() + "-wal"));
      if (message < 30'000) speak(i);
    });
  };
  for (std::size_t i = 0; i < users.size(); ++i) speak(i);
  h.posts().run_until([&] { return going == 0; });
  const auto stats = h.get().stats();
  CAPTURE(biggest, stats.checkpoints, stats.batches, stats.slowest_restart_us);
  CHECK(stats.checkpoints >= 3);
  CHECK(biggest < 500 * 4096 * 8);
  CHECK(stats.unfolded_turns < 3 * 2'000);
  CHECK(findings_of(h.path()).empty());
}

TEST_CASE("answers leave by one post per group commit") {
  harness h{kind::sqlite};
  std::vector<turn_commit> turns;
  for (std::uint64_t i = 0; i < 2'000; ++i) turns.push_back(turn_after(stranger("o-" + std::to_string(i)), "a", i));
  h.commit_all(std::move(turns));
  CHECK(h.posts().posts() == h.get().stats().batches);
  CHECK(h.get().stats().batches < 500);
  CHECK(h.get().stats().turns == 2'000);
}

TEST_CASE("a poison turn costs its batch a second writing, and no other batch") {
  harness h{kind::sqlite};
  auto poison = turn_after(stranger("o-1"), "a", 1);
  poison.events[0].kind.clear();
  CHECK(h.commit(poison).status == commit_status::failed);
  CHECK(h.get().stats().replays == 1);
  CHECK(h.commit(turn_after(stranger("o-2"), "a", 2)).status == commit_status::committed);
  CHECK(h.get().stats().replays == 1);
}

TEST_CASE("reads on another thread see whole turns while others are written") {
  harness h{kind::sqlite, {.fold_every = 50, .wal_checkpoint_pages = 50}};
  auto c = h.commit(turn_after(stranger("o-1"), "0", 1)).after;
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::thread other{[&] {
    turn_id newest;
    while (!stop) {
      h.get().load("city", "o-1", [&](const result<conversation>& r) {
        if (!r || r->last_turn < newest || r->seq.value != 2 * r->last_turn.value) ++wrong;
        if (r) newest = r->last_turn;
      });
      h.get().events(c.id, {}, 10, [&](const result<std::vector<stored_event>>& r) {
        if (!r || r->size() < 2 || r->back().seq.value % 2 != 0) ++wrong;
      });
    }
  }};
  for (std::uint64_t i = 2; i < 1'000; ++i) c = h.commit(turn_after(c, std::to_string(i), i)).after;
  stop = true;
  other.join();
  CHECK(wrong == 0);
}

TEST_CASE("a second process is refused the data directory, in words") {
  harness h{kind::sqlite};
  CHECK_THROWS_WITH(make_sqlite_store(
                        {.path = h.path()}, [](auto f) { f(); }, no_fatal),
                    Catch::Contains("another Zhuqi") && Catch::Contains(std::to_string(::getpid())));
}

TEST_CASE("a disk error stops the store: it says so once and takes nothing more") {
  harness h{kind::sqlite};
  const auto c = h.commit(turn_after(stranger("o-1"), "a", 1)).after;
  h.close();
  std::int64_t root = 0;
  {
    SQLite::Database db{h.path(), SQLite::OPEN_READONLY};
    root =
        db.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_conversation_1'").getInt64();
  }
  std::fstream file{h.path(), std::ios::in | std::ios::out | std::ios::binary};
  file.seekp((root - 1) * 4096);
  file << std::string(4096, '\x7f');
  file.close();
  h.reopen();
  CHECK(h.commit(turn_after(stranger("o-2"), "b", 2)).status == commit_status::unavailable);
  CHECK(h.fatal().size() == 1);
  CHECK(h.commit(turn_after(c, "c", 3)).status == commit_status::unavailable);
  CHECK(h.fatal().size() == 1);
}

TEST_CASE("a full disk refuses turns, keeps reads, and is forgotten when there is room again") {
  const temp_dir dir;
  if (::geteuid() != 0 || ::mount("none", dir.path().c_str(), "tmpfs", 0, "size=4m") != 0) {
    WARN("SKIPPED: needs root to mount a small tmpfs");
    return;
  }
  {
    const auto filler = dir.file("filler");
    harness h{kind::sqlite, {.path = dir.file("zhuqi.db"), .wal_checkpoint_pages = 200}};
    const auto first = h.commit(turn_after(stranger("o-0"), "a", 0)).after;
    std::vector<commit_outcome> taken;
    std::uint64_t message = 0;
    commit_outcome last;
    do {
      ++message;
      last = h.commit(turn_after(stranger("o-" + std::to_string(message)), std::string(2'000, 'x'), message));
      if (last.status == commit_status::committed) taken.push_back(last);
    } while (last.status == commit_status::committed && message < 100'000);
    CHECK(last.status == commit_status::unavailable);
    CHECK_FALSE(last.diagnosis.empty());
    CHECK(taken.size() > 50);
    CHECK(h.load("o-0") == first);
    CHECK(h.fatal().empty());
    const auto refused = turn_after(stranger("o-" + std::to_string(message)), std::string(2'000, 'x'), message);

    REQUIRE(::mount("none", dir.path().c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0);
    CHECK(h.commit(refused).status == commit_status::committed);
    for (const auto& o : taken) CHECK(h.load(o.after.user) == o.after);
    h.close();
    CHECK(findings_of(h.path()).empty());
  }
  ::umount2(dir.path().c_str(), MNT_DETACH);
}
