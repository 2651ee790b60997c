// What every store promises about dedupe keys, wakeups, scripts and forgetting.

#include "tests/contract/harness.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

#define EVERY_STORE GENERATE(kind::memory, kind::sqlite)

TEST_CASE("a retry gets the stored reply and changes nothing, whatever it thinks the state is") {
  harness h{EVERY_STORE};
  const auto unknown = h.load("o-1");
  const auto first = h.commit(turn_after(unknown, "a", 1));
  auto retry = turn_after(first.after, "a", 1);
  retry.reply = "another answer";
  for (const auto& before : {unknown, first.after}) {
    retry.before = before;
    const auto outcome = h.commit(retry);
    CHECK(outcome.status == commit_status::duplicate);
    CHECK(outcome.reply == first.reply);
  }
  CHECK(h.load("o-1") == first.after);
  CHECK(h.events(first.after.id).size() == 2);
}

TEST_CASE("copies of one message in one batch have one effect and one reply") {
  harness h{EVERY_STORE};
  const auto outcomes = h.commit_all(std::vector<turn_commit>(5, turn_after(h.load("o-1"), "a", 1)));
  CHECK(outcomes[0].status == commit_status::committed);
  for (std::size_t i = 1; i < 5; ++i) {
    CHECK(outcomes[i].status == commit_status::duplicate);
    CHECK(outcomes[i].reply == outcomes[0].reply);
  }
  CHECK(h.events({1}).size() == 2);
}

TEST_CASE("a retry is a duplicate even where it could not be written itself") {
  harness h{EVERY_STORE};
  const auto first = h.commit(turn_after(h.load("o-1"), "a", 1)).after;
  auto retry = turn_after(first, "a", 1);
  retry.outbox = {{9, "for no event of this turn", {}}};
  CHECK(h.commit(retry).status == commit_status::duplicate);
  retry.outbox.clear();
  retry.events[0].kind.clear();
  CHECK(h.commit(retry).status == commit_status::duplicate);
}

TEST_CASE("a known key with another body is told apart, and changes nothing") {
  harness h{EVERY_STORE};
  const auto first = h.commit(turn_after(h.load("o-1"), "a", 1)).after;
  auto forged = turn_after(first, "a", 1);
  forged.body_digest = digest_of(666);
  CHECK(h.commit(forged).status == commit_status::body_mismatch);
  CHECK(h.load("o-1") == first);
}

TEST_CASE("keys differ by time as well as by digest") {
  harness h{EVERY_STORE};
  auto c = h.commit(turn_after(h.load("o-1"), "a", 1)).after;
  auto later = turn_after(c, "a", 1);
  later.key->created_s += 1;
  CHECK(h.commit(later).status == commit_status::committed);
}

TEST_CASE("turns without a key are never duplicates") {
  harness h{EVERY_STORE};
  auto c = h.load("o-1");
  for (int i = 0; i < 3; ++i) {
    auto turn = turn_after(c, "timer", 1);
    turn.key.reset();
    const auto outcome = h.commit(turn);
    REQUIRE(outcome.status == commit_status::committed);
    c = outcome.after;
  }
}

TEST_CASE("a duplicate survives the restart of the store with its reply") {
  harness h{kind::sqlite};
  const auto first = h.commit(turn_after(h.load("o-1"), "a", 1));
  h.reopen();
  const auto retry = h.commit(turn_after(h.load("o-1"), "a", 1));
  CHECK(retry.status == commit_status::duplicate);
  CHECK(retry.reply == first.reply);
}

TEST_CASE("keys are forgotten once both the sender's time and ours are past, not before") {
  harness h{EVERY_STORE};
  auto c = h.load("o-1");
  const auto hour = std::int64_t{3'600'000};
  struct row {
    std::uint64_t message;
    std::int64_t created;
    std::int64_t received;
    bool goes;
  };
  const std::vector<row> rows{
      {1, -3, -3, true}, {2, -3, 1, false}, {3, 1, -3, false}, {4, 1, 1, false}, {5, -1, -1, true}};
  std::vector<turn_commit> sent;
  for (const auto& r : rows) {
    auto turn = turn_after(c, "a", r.message, noon + r.received * hour);
    turn.key->created_s = (noon + r.created * hour).value / 1000;
    sent.push_back(turn);
    c = h.commit(turn).after;
  }
  CHECK(h.prune_inbox(noon) == 2);
  CHECK(h.prune_inbox(noon) == 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto retry = sent[i];
    retry.before = c;
    retry.after = c;
    const auto outcome = h.commit(retry);
    CAPTURE(i);
    CHECK(outcome.status == (rows[i].goes ? commit_status::committed : commit_status::duplicate));
    if (outcome.status == commit_status::committed) c = outcome.after;
  }
}

TEST_CASE("many keys are forgotten in steps") {
  harness h{EVERY_STORE};
  std::vector<turn_commit> turns;
  for (std::uint64_t i = 0; i < 5'000; ++i) {
    turns.push_back(turn_after(stranger("o-" + std::to_string(i)), "a", i, noon + static_cast<std::int64_t>(i) * 1000));
  }
  h.commit_all(std::move(turns));
  CHECK(h.prune_inbox(noon + 4'000'000) == 4'000);
  CHECK(h.prune_inbox(noon + 9'000'000) == 1'000);
}

TEST_CASE("forgetting superseded states is noticed by nobody") {
  harness h{EVERY_STORE};
  std::vector<conversation> newest;
  newest.reserve(30);
  std::uint64_t message = 0;
  for (int i = 0; i < 30; ++i) newest.push_back(stranger("o-" + std::to_string(i)));
  for (int round = 0; round < 60; ++round) {
    for (int i = 0; i < 30; ++i) {
      if (round % (i + 1) != 0) continue;
      auto& c = newest[static_cast<std::size_t>(i)];
      ++message;
      c = h.commit(turn_after(c, "a", message, noon + static_cast<std::int64_t>(message))).after;
    }
  }
  h.prune_states(noon + static_cast<std::int64_t>(message / 2));
  h.prune_states(noon + 1'000'000'000);
  h.reopen();
  for (auto& c : newest) {
    CHECK(h.load(c.user) == c);
    CHECK(h.events(c.id).size() == static_cast<std::size_t>(c.seq.value));
    CHECK(h.commit(turn_after(c, "b", ++message)).status == commit_status::committed);
  }
}

TEST_CASE("a conversation has at most the one wakeup row that its state names") {
  harness h{EVERY_STORE};
  auto c = h.load("o-1");
  std::uint64_t message = 0;
  const auto arm = [&](unix_ms due) {
    auto turn = turn_after(c, "a", ++message);
    turn.after.wakeup = due;
    c = h.commit(turn).after;
  };
  CHECK(h.next_wakeup() == unix_ms{});
  arm(noon + 1'000);
  CHECK(h.next_wakeup() == noon + 1'000);
  arm(noon + 500);
  CHECK(h.due(noon + 9'999) == std::vector<wakeup_row>{{noon + 500, c.id}});
  arm(noon + 2'000);
  CHECK(h.due(noon + 9'999) == std::vector<wakeup_row>{{noon + 2'000, c.id}});
  arm({});
  CHECK(h.next_wakeup() == unix_ms{});
}

TEST_CASE("a wakeup row is done with the turn that it caused, which may arm the next") {
  harness h{EVERY_STORE};
  auto turn = turn_after(h.load("o-1"), "a", 1);
  turn.after.wakeup = noon + 1'000;
  auto c = h.commit(turn).after;

  auto fired = turn_after(c, "timer", 2);
  fired.key.reset();
  fired.wakeup_done = wakeup_row{noon + 1'000, c.id};
  fired.after.wakeup = noon + 3'000;
  c = h.commit(fired).after;
  CHECK(h.due(noon + 9'999) == std::vector<wakeup_row>{{noon + 3'000, c.id}});

  fired = turn_after(c, "timer", 3);
  fired.key.reset();
  fired.wakeup_done = wakeup_row{noon + 3'000, c.id};
  fired.after.wakeup = {};
  REQUIRE(h.commit(fired).status == commit_status::committed);
  CHECK(h.next_wakeup() == unix_ms{});
}

TEST_CASE("a refused turn leaves the wakeups as they are") {
  harness h{EVERY_STORE};
  auto turn = turn_after(h.load("o-1"), "a", 1);
  turn.after.wakeup = noon + 1'000;
  const auto c = h.commit(turn).after;
  auto late = turn_after(h.load("o-1"), "b", 2);
  late.before.last_turn = {99};
  late.wakeup_done = wakeup_row{noon + 1'000, c.id};
  late.after.wakeup = {};
  CHECK(h.commit(late).status == commit_status::version_conflict);
  CHECK(h.next_wakeup() == noon + 1'000);
}

TEST_CASE("wakeups are due by time, oldest first, and no more than asked for") {
  harness h{EVERY_STORE};
  std::uint64_t message = 0;
  for (const auto offset : {300, 100, 200, 100, 400}) {
    auto turn = turn_after(stranger("o-" + std::to_string(message)), "a", message);
    ++message;
    turn.after.wakeup = noon + offset;
    h.commit(turn);
  }
  CHECK(h.next_wakeup() == noon + 100);
  CHECK(h.due(noon + 99).empty());
  CHECK(h.due(noon + 200) == std::vector<wakeup_row>{{noon + 100, {2}}, {noon + 100, {4}}, {noon + 200, {3}}});
  CHECK(h.due(noon + 999, 1) == std::vector<wakeup_row>{{noon + 100, {2}}});
}

TEST_CASE("before the first publish no script is live") {
  harness h{EVERY_STORE};
  CHECK(h.get().live_script().error() == errc::not_found);
  CHECK(h.get().load_script("none").error() == errc::not_found);
}

TEST_CASE("publishing makes a version live and keeps the old ones; a known one is not rewritten") {
  harness h{EVERY_STORE};
  const script_version one{"hash-1", "canonical one", noon};
  const script_version two{"hash-2", "canonical two", noon + 1};
  REQUIRE(h.publish(one));
  REQUIRE(h.publish(two));
  CHECK(h.get().live_script().value() == two);
  CHECK(h.get().load_script("hash-1").value() == one);
  REQUIRE(h.publish({"hash-1", "somebody's forgery", noon + 2}));
  CHECK(h.get().live_script().value() == one);
  h.reopen();
  CHECK(h.get().live_script().value() == one);
}

TEST_CASE("publishing says what becomes of those on other versions, until such a version is live again") {
  harness h{EVERY_STORE};
  REQUIRE(h.publish({"hash-1", "one", noon}));
  CHECK(h.get().script_moves().value().empty());
  const script_move walk{"hash-1", "", ""};
  REQUIRE(h.publish({"hash-2", "two", noon + 1}, {walk}));
  CHECK(h.get().script_moves().value() == std::vector{walk});
  const script_move send{"hash-1", "apology", "sorry"};
  REQUIRE(h.publish({"hash-3", "three", noon + 2}, {send}));
  h.reopen();
  CHECK(h.get().script_moves().value() == std::vector{send});
  REQUIRE(h.publish({"hash-1", "one", noon + 3}));
  CHECK(h.get().script_moves().value().empty());
}

TEST_CASE("a move away from a version that was never published fails the publishing as a whole") {
  harness h{EVERY_STORE};
  REQUIRE(h.publish({"hash-1", "one", noon}));
  CHECK_FALSE(h.publish({"hash-2", "two", noon + 1}, {{"never", "", ""}}));
  CHECK(h.get().live_script().value().hash == "hash-1");
  CHECK(h.get().script_moves().value().empty());
}
