#include "tests/unit/pipeline/rig.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::pipeline;
using namespace zhuqi::pipeline_tests;
using std::chrono::seconds;

TEST_CASE("A message is answered once, and only after its turn is durable") {
  rig r;
  r.store.held = true;
  std::vector<turn_reply> replies;
  r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"你好"}), replies);
  r.settle();
  CHECK(replies.empty());
  r.store.release();
  r.settle();
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].status == turn_status::answered);
  CHECK_FALSE(replies[0].bytes.empty());
  CHECK(r.log("o1").front().kind == "user.text");
  CHECK(r.log("o1").front().body.find("\"m1\"") != std::string::npos);
}

TEST_CASE("A retry gets the same bytes and moves nothing") {
  rig r;
  SECTION("after the first attempt is durable") {
    const auto first = r.say("o1", "m1", "1");
    const auto before = r.log("o1");
    const auto again = r.say("o1", "m1", "1");
    CHECK(again.status == turn_status::duplicate);
    CHECK(again.bytes == first.bytes);
    CHECK(r.log("o1") == before);
  }
  SECTION("while the first attempt is in flight: it joins it") {
    r.store.held = true;
    std::vector<turn_reply> replies;
    for (int i = 0; i < 5; ++i) r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"1"}), replies);
    r.settle();
    CHECK(r.store.commits == 1);
    r.store.release();
    r.settle();
    REQUIRE(replies.size() == 5);
    for (const auto& reply : replies) CHECK(reply.bytes == replies[0].bytes);
    CHECK(r.intake.stats().joined == 4);
  }
}

TEST_CASE("The same key with another body has no effect and raises an alarm") {
  rig r;
  SECTION("while the first is in flight") {
    r.store.held = true;
    std::vector<turn_reply> replies;
    r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"1"}), replies);
    r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"2"}), replies);
    REQUIRE(replies.size() == 1);
    CHECK(replies[0].status == turn_status::mismatch);
  }
  SECTION("after the first is durable") {
    (void)r.say("o1", "m1", "1");
    const auto before = r.log("o1");
    CHECK(r.say("o1", "m1", "2").status == turn_status::mismatch);
    CHECK(r.log("o1") == before);
  }
  CHECK(r.metrics.render().find("body_mismatch") != std::string::npos);
}

TEST_CASE("Turns of one conversation keep their order; others do not wait for them") {
  rig r;
  r.store.held = true;
  std::vector<turn_reply> ours;
  std::vector<turn_reply> theirs;
  for (int i = 0; i < 5; ++i) {
    r.submit(test_verifier::message("o1", "m" + std::to_string(i), dialogs::event::text{"words " + std::to_string(i)}),
             ours);
  }
  CHECK(r.store.commits == 1);
  r.submit(test_verifier::message("o2", "x", dialogs::event::text{"1"}), theirs);
  CHECK(r.store.commits == 2);
  r.store.release();
  r.settle();
  CHECK(ours.size() == 5);
  CHECK(theirs.size() == 1);
  std::vector<std::string> said;
  for (const auto& e : r.log("o1")) {
    if (e.kind == "user.text") said.push_back(e.body);
  }
  REQUIRE(said.size() == 5);
  for (int i = 0; i < 5; ++i)
    CHECK(said[static_cast<std::size_t>(i)].find("words " + std::to_string(i)) != std::string::npos);
}

TEST_CASE("Who waits past the deadline is told to try again, and the retry gets what became durable") {
  rig r;
  r.store.held = true;
  std::vector<turn_reply> replies;
  const auto start = std::chrono::steady_clock::now();
  r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"1"}), replies, start + seconds{4});
  r.intake.sweep(start + seconds{3});
  CHECK(replies.empty());
  r.intake.sweep(start + seconds{5});
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].status == turn_status::unavailable);
  r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"1"}), replies);
  r.store.release();
  r.settle();
  REQUIRE(replies.size() == 2);
  CHECK(replies[1].status == turn_status::answered);
  CHECK(r.store.commits == 1);
}

TEST_CASE("Every queue has a bound, and reaching it is said") {
  rig r;
  r.store.held = true;
  std::vector<turn_reply> replies;
  for (std::size_t i = 0; i < limits::lane_depth + 10; ++i) {
    r.submit(test_verifier::message("o1", "m" + std::to_string(i), dialogs::event::text{"x"}), replies);
  }
  CHECK(replies.size() == 9);  // one runs, lane_depth wait
  for (const auto& reply : replies) CHECK(reply.status == turn_status::unavailable);
  r.store.release();
  r.settle();
  CHECK(replies.size() == limits::lane_depth + 10);
  CHECK(r.intake.idle());
}

TEST_CASE("A turn that lost a race for its conversation is run again on the new state") {
  rig r;
  (void)r.say("o1", "m0", "1");
  r.store.fake = {storage::commit_status::version_conflict, storage::commit_status::version_conflict};
  CHECK(r.say("o1", "m1", "2").status == turn_status::answered);
  SECTION("but not for ever") {
    r.store.fake.assign(20, storage::commit_status::version_conflict);
    CHECK(r.say("o1", "m2", "3").status == turn_status::unavailable);
    CHECK(r.intake.idle());
  }
}

TEST_CASE("A turn that the store refuses leaves the user's words and a person to read them") {
  rig r;
  (void)r.say("o1", "m0", "1");
  r.store.fake = {storage::commit_status::failed};
  CHECK(r.say("o1", "m1", "important").status == turn_status::answered);
  const auto log = r.log("o1");
  CHECK(log[log.size() - 3].body.find("important") != std::string::npos);
  CHECK(log[log.size() - 2].kind == "fallback");
  CHECK(log.back().kind == "handoff");
  CHECK(r.head("o1").owner == storage::owner_kind::queue);
  CHECK(r.head("o1").epoch == epoch_no{1});
}

TEST_CASE("A disk that is full means: try again, nothing changed") {
  rig r;
  (void)r.say("o1", "m0", "1");
  const auto before = r.log("o1");
  r.store.fake = {storage::commit_status::unavailable};
  CHECK(r.say("o1", "m1", "2").status == turn_status::unavailable);
  CHECK(r.log("o1") == before);
  CHECK(r.say("o1", "m1", "2").status == turn_status::answered);
}

TEST_CASE("After stop() nothing new is taken, and what is in flight finishes") {
  rig r;
  r.store.held = true;
  std::vector<turn_reply> replies;
  r.submit(test_verifier::message("o1", "m1", dialogs::event::text{"1"}), replies);
  r.intake.stop();
  r.submit(test_verifier::message("o2", "m1", dialogs::event::text{"1"}), replies);
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].status == turn_status::unavailable);
  CHECK_FALSE(r.intake.idle());
  r.store.release();
  r.settle();
  CHECK(replies.size() == 2);
  CHECK(r.intake.idle());
}
