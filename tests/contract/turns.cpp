// What every store promises about turns: versions, order, ids, owners, events, outbox rows.

#include "tests/contract/harness.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

#define EVERY_STORE GENERATE(kind::memory, kind::sqlite)

TEST_CASE("somebody unknown is a conversation with id 0 that carries channel and user") {
  harness h{EVERY_STORE};
  const auto nobody = h.load("o-1");
  CHECK(nobody == stranger("o-1"));
  CHECK(h.load(conversation_id{7}).error() == errc::not_found);
  CHECK(h.events(conversation_id{7}).empty());
}

TEST_CASE("the first turn makes the conversation, and the next load sees what it left") {
  harness h{EVERY_STORE};
  const auto first = h.commit(turn_after(h.load("o-1"), "你好", 1));
  REQUIRE(first.status == commit_status::committed);
  CHECK(first.after.id == conversation_id{1});
  CHECK(first.after.last_turn == turn_id{1});
  CHECK(first.after.seq == seq_no{2});
  CHECK(first.first_seq == seq_no{1});
  CHECK(first.reply == "<xml>你好?</xml>");
  CHECK(h.load("o-1") == first.after);
  CHECK(h.load(first.after.id).value() == first.after);
}

TEST_CASE("the same user on another channel is another conversation") {
  harness h{EVERY_STORE};
  const auto city = h.commit(turn_after(h.load("o-1", "city"), "a", 1));
  const auto web = h.commit(turn_after(h.load("o-1", "web"), "a", 2));
  CHECK(city.after.id != web.after.id);
  CHECK(h.load("o-1", "web") == web.after);
}

TEST_CASE("every field of a state comes back as it was written") {
  harness h{EVERY_STORE};
  auto turn = turn_after(h.load("o-1"), "人工", 1);
  turn.after.owner = owner_kind::human;
  turn.after.owner_id = "staff-7";
  turn.after.epoch = {3};
  turn.after.wakeup = noon + 60'000;
  turn.after.snapshot = std::string{"with \0 and 汉字 and \xff", 23};
  const auto outcome = h.commit(turn);
  const auto loaded = h.load("o-1");
  CHECK(loaded == outcome.after);
  CHECK(loaded.owner == owner_kind::human);
  CHECK(loaded.owner_id == "staff-7");
  CHECK(loaded.epoch == epoch_no{3});
  CHECK(loaded.wakeup == noon + 60'000);
  CHECK(loaded.snapshot == turn.after.snapshot);
}

TEST_CASE("a turn on an old version is refused and leaves nothing") {
  harness h{EVERY_STORE};
  const auto unknown = h.load("o-1");
  const auto first = h.commit(turn_after(unknown, "a", 1)).after;
  const auto second = h.commit(turn_after(first, "b", 2)).after;

  CHECK(h.commit(turn_after(unknown, "late", 3)).status == commit_status::version_conflict);
  CHECK(h.commit(turn_after(first, "late", 4)).status == commit_status::version_conflict);
  CHECK(h.load("o-1") == second);
  CHECK(h.events(second.id).size() == 4);
  // Neither key was used up: the sender's message is done once the turn is tried on the right version.
  CHECK(h.commit(turn_after(second, "late", 4)).status == commit_status::committed);
}

TEST_CASE("a conversation that does not exist cannot be continued") {
  harness h{EVERY_STORE};
  auto invented = stranger("o-1");
  invented.id = {9};
  CHECK(h.commit(turn_after(invented, "a", 1)).status == commit_status::version_conflict);
  invented.last_turn = {1};
  CHECK(h.commit(turn_after(invented, "a", 1)).status == commit_status::version_conflict);
}

TEST_CASE("of several turns on one version, handed over at once, only the first is written") {
  harness h{EVERY_STORE};
  const auto unknown = h.load("o-1");
  std::vector<turn_commit> rivals;
  for (std::uint64_t i = 0; i < 5; ++i) rivals.push_back(turn_after(unknown, "turn " + std::to_string(i), i));
  const auto outcomes = h.commit_all(std::move(rivals));
  CHECK(outcomes[0].status == commit_status::committed);
  for (std::size_t i = 1; i < outcomes.size(); ++i) CHECK(outcomes[i].status == commit_status::version_conflict);
  CHECK(h.events({1}).size() == 2);
}

TEST_CASE("two turns of one conversation in one batch see each other") {
  harness h{EVERY_STORE};
  // The second's `before` is what the first is bound to leave, as a caller with a pipeline of its own may know.
  auto first = turn_after(h.load("o-1"), "a", 1);
  auto then = first.after;
  then.id = {1};
  then.last_turn = {1};
  then.last_event = {2};
  then.seq = {2};
  const auto outcomes = h.commit_all({first, turn_after(then, "b", 2)});
  REQUIRE(outcomes[1].status == commit_status::committed);
  CHECK(outcomes[1].first_seq == seq_no{3});
  CHECK(h.load("o-1") == outcomes[1].after);
}

TEST_CASE("answers come in the order of the commits") {
  harness h{EVERY_STORE};
  std::vector<int> order;
  for (int i = 0; i < 1'000; ++i) {
    h.get().commit(
        turn_after(stranger("o-" + std::to_string(i)), "a", static_cast<std::uint64_t>(i)),
        [&order, i](const commit_outcome& o) { order.push_back(o.after.last_turn.value == i + 1 ? i : -1); });
  }
  h.posts().run_until([&] { return order.size() == 1'000; });
  for (int i = 0; i < 1'000; ++i) REQUIRE(order[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("events are numbered 1, 2, 3 … in their conversation, whoever speaks in between elsewhere") {
  harness h{EVERY_STORE};
  auto one = h.load("o-1");
  auto two = h.load("o-2");
  for (std::uint64_t i = 0; i < 10; ++i) {
    one = h.commit(turn_after(one, "one " + std::to_string(i), 2 * i, noon + static_cast<std::int64_t>(i))).after;
    two = h.commit(turn_after(two, "two " + std::to_string(i), 2 * i + 1)).after;
  }
  const auto log = h.events(one.id);
  REQUIRE(log.size() == 20);
  for (std::size_t i = 0; i < log.size(); ++i) {
    CHECK(log[i].seq == seq_no{static_cast<std::int64_t>(i) + 1});
    CHECK(log[i].conversation == one.id);
    CHECK(log[i].at == noon + static_cast<std::int64_t>(i / 2));
  }
  CHECK(log[4].body == "one 2");
  CHECK(log[4].kind == "user.text");
  CHECK(log[5].actor == "bot");
}

TEST_CASE("events are paged by seq: the newest of those after it, oldest first") {
  harness h{EVERY_STORE};
  auto c = h.load("o-1");
  for (std::uint64_t i = 0; i < 10; ++i) c = h.commit(turn_after(c, std::to_string(i), i)).after;
  struct row {
    std::int64_t after;
    std::size_t limit;
    std::vector<std::int64_t> seqs;
  };
  for (const auto& [after, limit, seqs] : std::vector<row>{
           {0, 3, {18, 19, 20}}, {17, 100, {18, 19, 20}}, {18, 1, {20}}, {20, 100, {}}, {99, 100, {}}, {0, 0, {}}}) {
    std::vector<std::int64_t> got;
    for (const auto& e : h.events(c.id, seq_no{after}, limit)) got.push_back(e.seq.value);
    CHECK(got == seqs);
  }
}

TEST_CASE("a turn without events moves the state and not the log") {
  harness h{EVERY_STORE};
  const auto before = h.commit(turn_after(h.load("o-1"), "a", 1)).after;
  auto silent = turn_after(before, "b", 2);
  silent.key.reset();
  silent.events.clear();
  const auto outcome = h.commit(silent);
  REQUIRE(outcome.status == commit_status::committed);
  CHECK(outcome.after.seq == before.seq);
  CHECK(outcome.after.last_event == before.last_event);
  CHECK(outcome.after.last_turn == turn_id{2});
  const auto next = h.commit(turn_after(outcome.after, "c", 3));
  CHECK(next.first_seq == seq_no{3});
  CHECK(h.events(before.id).size() == 4);
}

TEST_CASE("events and outbox rows carry the epoch that the turn leaves") {
  harness h{EVERY_STORE};
  auto turn = turn_after(h.load("o-1"), "人工", 1);
  turn.after.owner = owner_kind::queue;
  turn.after.epoch = {1};
  turn.outbox = {{1, R"({"text":"有人会来"})", noon + 5}};
  const auto c = h.commit(turn).after;
  CHECK(h.events(c.id).front().epoch == epoch_no{1});
  const auto rows = h.outbox();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0] ==
        stored_outbox{1, c.id, seq_no{2}, epoch_no{1}, "city", "o-1", "queued", noon + 5, R"({"text":"有人会来"})"});
}

TEST_CASE("outbox rows come oldest first, and no more than asked for") {
  harness h{EVERY_STORE};
  auto c = h.load("o-1");
  for (std::uint64_t i = 0; i < 5; ++i) {
    auto turn = turn_after(c, std::to_string(i), i);
    turn.outbox = {{0, "a", {}}, {1, "b", {}}};
    c = h.commit(turn).after;
  }
  const auto rows = h.outbox(3);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].seq == seq_no{1});
  CHECK(rows[2].seq == seq_no{3});
  CHECK(h.outbox().size() == 10);
}

TEST_CASE("a turn that cannot be written fails alone; its batch is written") {
  harness h{EVERY_STORE};
  const auto old = h.commit(turn_after(h.load("o-0"), "a", 1)).after;
  std::vector<turn_commit> turns;
  turns.reserve(9);
  for (int i = 0; i < 9; ++i) {
    turns.push_back(turn_after(stranger("o-" + std::to_string(i + 1)), "b", static_cast<std::uint64_t>(i) + 10));
  }
  turns[3].events[1].kind.clear();  // refused by a constraint of the schema
  turns[6].outbox = {{2, "for no event of this turn", {}}};
  turns.push_back(turn_after(old, "c", 99));
  const auto outcomes = h.commit_all(std::move(turns));
  std::int64_t turn = 1;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    CAPTURE(i, outcomes[i].diagnosis);
    if (i == 3 || i == 6) {
      CHECK(outcomes[i].status == commit_status::failed);
      CHECK_FALSE(outcomes[i].diagnosis.empty());
      CHECK(h.load("o-" + std::to_string(i + 1)).id == conversation_id{});
    } else {
      CHECK(outcomes[i].status == commit_status::committed);
      CHECK(outcomes[i].after.last_turn == turn_id{++turn});
    }
  }
  // Its key was not used up either.
  CHECK(h.commit(turn_after(stranger("o-4"), "b", 13)).status == commit_status::committed);
}

TEST_CASE("after close nothing is taken, and every answer was given") {
  harness h{EVERY_STORE};
  int answers = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    h.get().commit(turn_after(stranger("o-" + std::to_string(i)), "a", i),
                   [&](const commit_outcome& o) { answers += o.status == commit_status::committed ? 1 : 0; });
  }
  h.close();
  h.close();
  const auto late = h.commit(turn_after(stranger("late"), "a", 1'000));
  CHECK(late.status == commit_status::unavailable);
  CHECK(answers == 500);
}
