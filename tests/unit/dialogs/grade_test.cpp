// After an official's service: five grades, one tap; a bad one brings the conversation back to the officials. And what somebody is
// told who comes to the queue.
#include "tests/unit/dialogs/talk.hpp"

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

using act = event::official::act;
constexpr unix_ms noon{1'793'491'200'000};

/// A conversation whose official has just ended it, in `language`.
snapshot ended(lang language = lang::zh_cn) {
  snapshot s = step(shipped(), {}, event::entered{"lang:" + std::string{tag(language)}}, {noon}).next;
  s.owner = talker::human;
  return step(shipped(), s, event::official{act::close, "", "", ""}, {noon}).next;
}

std::vector<std::int64_t> grades_in(const step_result& r) {
  std::vector<std::int64_t> out;
  for (const auto& e : r.effects) {
    if (const auto* g = std::get_if<effect::graded>(&e)) out.push_back(g->grade);
  }
  return out;
}

}  // namespace

TEST_CASE("grade: the end of a service asks for one of five, best first, in every language") {
  for (const lang l : all_langs) {
    snapshot s = ended(l);
    s.owner = talker::human;
    const auto r = step(shipped(), s, event::official{act::close, "", "", ""}, {noon});
    REQUIRE(r.messages.size() == 1);
    CHECK(r.messages.front().options.size() == 5);
    for (const auto& o : r.messages.front().options) CHECK(!o.label.empty());
    CHECK(r.next.owner == talker::closed);
    CHECK(deserialize(serialize(r.next)).value() == r.next);
  }
}

TEST_CASE("grade: a number or the words of the list count, anything else is a new request") {
  struct row {
    const char* said;
    std::vector<std::int64_t> grades;
    talker owner;
  };
  const std::vector<row> rows{{"1", {5}, talker::closed},          {"2", {4}, talker::closed},
                              {"3", {3}, talker::closed},          {"4", {2}, talker::queue},
                              {"5", {1}, talker::queue},           {"非常满意", {5}, talker::closed},
                              {"不满意", {2}, talker::queue},      {"６", {}, talker::bot},
                              {"房租补贴怎么领", {}, talker::bot}, {"你好", {}, talker::bot}};
  for (const auto& r : rows) {
    INFO(r.said);
    const auto answer = step(shipped(), ended(), event::text{r.said}, {noon + 60'000});
    CHECK(grades_in(answer) == r.grades);
    CHECK(answer.next.owner == r.owner);
    CHECK(!answer.messages.empty());
    // It counts once: the next number is a word like any other.
    const auto again = step(shipped(), answer.next, event::text{"1"}, {noon + 120'000});
    CHECK(grades_in(again).empty());
  }
}

TEST_CASE("grade: a bad one hands the conversation to the officials with the reason") {
  const auto r = step(shipped(), ended(), event::text{"5"}, {noon + 1});
  const auto* h = std::get_if<effect::handoff>(&r.effects.back());
  REQUIRE(h != nullptr);
  CHECK(h->queue == shipped().system().queue);
  CHECK(h->note.find("非常不满意") != std::string::npos);
}

TEST_CASE("grade: after a week, or once an official is back, a number means something else again") {
  const auto late = step(shipped(), ended(), event::text{"1"}, {noon + 8LL * 24 * 3'600'000});
  CHECK(grades_in(late).empty());
  snapshot s = step(shipped(), ended(), event::official{act::take, "", "", ""}, {noon}).next;
  CHECK(!s.grade_asked);
  s = step(shipped(), ended(), event::entered{""}, {noon}).next;
  CHECK(!s.grade_asked);
}

TEST_CASE("queue: who comes to it is told who waits before and how long it takes, and only then") {
  snapshot s = step(shipped(), {}, event::text{"人工"}, {noon}).next;
  REQUIRE(s.owner == talker::queue);
  CHECK(step(shipped(), s, event::queued{0, 5}, {noon}).messages.front().text.find("下一位") != std::string::npos);
  const auto third = step(shipped(), s, event::queued{2, 20}, {noon}).messages.front().text;
  CHECK(third.find("2 位") != std::string::npos);
  CHECK(third.find("20 分钟") != std::string::npos);
  s.owner = talker::human;
  CHECK(step(shipped(), s, event::queued{2, 20}, {noon}).messages.empty());
}

TEST_CASE(
    "revisit: a grade that was given by telephone counts as one that was tapped, whoever talks to the user by then") {
  using outcome = event::revisited::outcome;
  snapshot talking = step(shipped(), ended(), event::text{"你好"}, {noon + 1}).next;
  REQUIRE(talking.owner == talker::bot);
  for (const snapshot& before : {ended(), talking}) {
    for (int grade = 1; grade <= 5; ++grade) {
      const auto r = step(shipped(), before, event::revisited{outcome::reached, grade, "说了什么"}, {noon + 2});
      INFO(grade);
      CHECK(grades_in(r) == std::vector<std::int64_t>{grade});
      CHECK(!r.next.grade_asked);
      CHECK(r.next.owner == (grade <= 2 ? talker::queue : before.owner));
      CHECK(r.messages.size() == (grade <= 2 ? 1 : 0));
      if (grade > 2) continue;
      const auto* h = std::get_if<effect::handoff>(&r.effects.back());
      REQUIRE(h != nullptr);
      CHECK(h->note.find("说了什么") != std::string::npos);
      CHECK(r.next.timers.empty());
    }
  }
}

TEST_CASE("revisit: without a grade, or while a person has the conversation, nothing changes for the user") {
  using outcome = event::revisited::outcome;
  for (const auto& e : {event::revisited{outcome::reached, 0, "x"}, event::revisited{outcome::unreachable, 1, "x"},
                        event::revisited{outcome::declined, 1, "x"}}) {
    const auto r = step(shipped(), ended(), e, {noon + 1});
    CHECK(r.next == ended());
    CHECK((r.messages.empty() && r.effects.empty()));
  }
  for (const auto t : {talker::queue, talker::human}) {
    snapshot s = ended();
    s.owner = t;
    CHECK(step(shipped(), s, event::revisited{outcome::reached, 1, "x"}, {noon + 1}).next == s);
  }
}
