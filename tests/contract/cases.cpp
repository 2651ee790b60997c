// The case port: one suite for every store.

#include "storage/sqlite/verify.hpp"
#include "tests/contract/case_shelf.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <set>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

TEST_CASE("a case is read as it was written, with its events, also after a restart") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  const auto w = opening("ZQ1");
  CHECK(d.apply(w).value() == case_applied{{1}, 1, false});
  d.reopen();
  auto expected = w.head;
  expected.id = {1};
  CHECK(d->load({1}).value() == expected);
  CHECK(d->find("ZQ1").value() == expected);
  CHECK(d->events({1}, 0, 10).value() == w.events);
  CHECK(d->load({2}).error() == errc::not_found);
  CHECK(d->find("ZQ2").error() == errc::not_found);
}

TEST_CASE("of two acts on one version the first one wins, and the second leaves nothing") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  REQUIRE(d.apply(opening("ZQ1")).has_value());
  const auto now = d->load({1}).value();
  CHECK(d.apply(next(now)).value() == case_applied{{1}, 2, false});
  auto late = next(now, "transfer");
  late.words = {{"u1", {}, {}, {}, "说明"}};
  CHECK(d.apply(late).error() == errc::conflict);
  CHECK(d->events({1}, 0, 10).value().size() == 2);
  CHECK(d->load({1}).value().seq == 2);
  auto nobody = next(now);
  nobody.head.id = {9};
  CHECK(d.apply(nobody).error() == errc::not_found);
}

TEST_CASE("what was fixed at the opening stays, whatever a later write carries") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  REQUIRE(d.apply(opening("ZQ1")).has_value());
  auto w = next(d->load({1}).value());
  w.head.number = "ZQ9";
  w.head.enterprise = "another";
  w.head.conversation = {5};
  w.head.state = "to_accept";
  REQUIRE(d.apply(w).has_value());
  const auto now = d->load({1}).value();
  CHECK(now.number == "ZQ1");
  CHECK(now.enterprise == "firm-1");
  CHECK(now.conversation == conversation_id{});
  CHECK(now.state == "to_accept");
}

TEST_CASE("a number is given once; the greatest of a day is known") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  REQUIRE(d.apply(opening("ZQ370600-260302-00001-11")).has_value());
  REQUIRE(d.apply(opening("ZQ370600-260302-00012-22")).has_value());
  REQUIRE(d.apply(opening("ZQ370600-260303-00003-33")).has_value());
  CHECK(d.apply(opening("ZQ370600-260302-00012-22")).error() == errc::conflict);
  CHECK(d->last_number("ZQ370600-260302-").value() == "ZQ370600-260302-00012-22");
  CHECK(d->last_number("ZQ370200-260302-").value().empty());
}

TEST_CASE("the same act twice has one effect and one answer; an id does not stand for two acts") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  auto first = opening("ZQ1");
  first.key = key_of_act(1);
  REQUIRE(d.apply(first).value() == case_applied{{1}, 1, false});
  auto act = next(d->load({1}).value());
  act.key = key_of_act(2);
  REQUIRE(d.apply(act).value() == case_applied{{1}, 2, false});
  CHECK(d.apply(act).value() == case_applied{{1}, 2, true});
  CHECK(d.apply(first).value() == case_applied{{1}, 1, true});
  CHECK(d->known(key_of_act(2)).value() == std::optional{case_applied{{1}, 2, true}});
  CHECK(d->known(key_of_act(3)).value() == std::nullopt);
  CHECK(d->known(key_of_act(2, 9)).error() == errc::malformed);
  act.key = key_of_act(2, 9);
  CHECK(d.apply(act).error() == errc::malformed);
  CHECK(d->events({1}, 0, 10).value().size() == 2);
  CHECK(d.prune(noon + 1'000) == 1);
  CHECK(d.prune(noon + 9'000) == 1);
  CHECK(d.prune(noon + 9'000) == 0);
}

TEST_CASE("an official's capacity holds, whoever wrote in between") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  d.put({duty_row{{2}, 2, true, 1, {}}});
  for (int i = 0; i < 4; ++i) {
    auto w = opening("ZQ" + std::to_string(i));
    w.head.handler = {2};
    w.room = case_room{{2}, 2};
    CHECK(d.apply(w).has_value() == (i < 2));
  }
  CHECK(d->loads().value() == std::vector<load_row>{{{2}, 2}});
  CHECK(d->duties().value() == std::vector<duty_row>{{{2}, 2, true, 1, noon}});
  auto again = next(d->load({1}).value());  // a case that is theirs already takes no more room
  again.room = case_room{{2}, 2};
  CHECK(d.apply(again).has_value());
  auto closed = next(d->load({1}).value());
  closed.head.closed = noon;
  REQUIRE(d.apply(closed).has_value());
  CHECK(d->loads().value() == std::vector<load_row>{{{2}, 1}});
}

TEST_CASE("words wait until they are said, in their order, and are said no more") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  auto w = opening("ZQ1");
  w.head.conversation = {7};
  w.words = {{"a", {}, {}, {}, "第一句"}, {"b", {}, {}, {}, "第二句"}};
  REQUIRE(d.apply(w).has_value());
  d.reopen();
  CHECK(d->unsaid_words(10).value() ==
        std::vector<case_word>{{"a", {1}, "ZQ1", {7}, "第一句"}, {"b", {1}, "ZQ1", {7}, "第二句"}});
  CHECK(d->unsaid_words(1).value().size() == 1);
  d.said("a");
  d.said("a");
  CHECK(d->unsaid_words(10).value() == std::vector<case_word>{{"b", {1}, "ZQ1", {7}, "第二句"}});
  CHECK(d->of_conversation({7}, 10).value().size() == 1);
  CHECK(d->of_conversation({0}, 10).value().empty());
}

TEST_CASE("a turn's cases hold or fail with the turn") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  auto turn = turn_after(stranger("wang"), "提交", 1);
  auto w = opening("ZQ1");
  w.head.conversation = this_conversation;
  turn.cases = {w};
  turn.records = {{"checkin", "firm-1", "{}"}};
  const auto first = d.file().commit(turn);
  REQUIRE(first.status == commit_status::committed);
  CHECK(d->find("ZQ1").value().conversation == first.after.id);
  CHECK(d.file().commit(turn).status == commit_status::duplicate);

  auto other = turn_after(stranger("li"), "提交", 2);  // a number that is taken: nothing of the turn is written
  other.cases = {opening("ZQ1")};
  CHECK(d.file().commit(other).status == commit_status::version_conflict);
  CHECK(d.file().load("li").id == conversation_id{});
  other.cases = {opening("ZQ2")};
  CHECK(d.file().commit(other).status == commit_status::committed);

  const auto now = d->find("ZQ1").value();  // an official is faster than the turn
  auto urge = turn_after(first.after, "催办", 3);
  urge.cases = {next(now, "urge")};
  REQUIRE(d.apply(next(now)).has_value());
  CHECK(d.file().commit(urge).status == commit_status::version_conflict);
  urge.cases = {next(d->find("ZQ1").value(), "urge")};
  CHECK(d.file().commit(urge).status == commit_status::committed);
  CHECK(d->find("ZQ1").value().seq == 3);
}

TEST_CASE("competences and liaisons are replaced by their keys and taken away") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  d.put({competence_row{"supply", "3706", {2}}, competence_row{"", "", {1}}, liaison_row{"firm-1", {3}}});
  d.put({competence_row{"supply", "3706", {4}}, liaison_row{"firm-2", {3}}});
  CHECK(d->competences().value() == std::vector<competence_row>{{"", "", {1}}, {"supply", "3706", {4}}});
  CHECK(d->liaison_of("firm-1").value() == staff_id{3});
  d.put({competence_row{"", "", {}}, liaison_row{"firm-1", {}}});
  CHECK(d->competences().value().size() == 1);
  CHECK(d->liaison_of("firm-1").value() == staff_id{});
}

TEST_CASE("alarms come by their time; cases that another calendar counted are found") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  for (int i = 0; i < 4; ++i) {
    auto w = opening("ZQ" + std::to_string(i));
    w.head.alarm = i == 3 ? unix_ms{} : noon + (3 - i) * 1'000;
    w.head.calendar = i < 2 ? "2026" : i == 2 ? "2025" : "";
    REQUIRE(d.apply(w).has_value());
  }
  const auto due = d->due_alarms(noon + 2'000, {}, 10).value();
  REQUIRE(due.size() == 2);
  CHECK(due[0].number == "ZQ2");
  CHECK(due[1].number == "ZQ1");
  CHECK(d->due_alarms(noon + 2'000, {due[0].alarm.value, due[0].id}, 10).value().front().number == "ZQ1");
  const auto old = d->counted_otherwise("2026", {}, 10).value();
  REQUIRE(old.size() == 1);
  CHECK(old[0].number == "ZQ2");
  CHECK(d->counted_otherwise("2026", old[0].id, 10).value().empty());
}

TEST_CASE("pages of a list follow one another without gap or repetition") {
  case_shelf d{GENERATE(kind::memory, kind::sqlite)};
  for (int i = 0; i < 7; ++i) {
    auto w = opening("ZQ" + std::to_string(i), noon + i % 3 * 1'000);
    w.head.red = i < 4 ? noon + i % 2 * 1'000 : unix_ms{};
    w.head.handler = {2};
    REQUIRE(d.apply(w).has_value());
  }
  for (const auto view : {case_view::all, case_view::mine}) {
    auto q = asking(view);
    q.who.staff = {2};
    const auto whole = d->list(q, {}, 100).value();
    CHECK(whole.cases.size() == 7);
    CHECK(whole.next == case_cursor{});
    std::vector<std::string> paged;
    for (case_cursor at;;) {
      const auto page = d->list(q, at, 2).value();
      for (const auto& n : numbers(page)) paged.push_back(n);
      at = page.next;
      if (!at.id) break;
    }
    CHECK(paged == numbers(whole));
  }
}

TEST_CASE("verify counts the cases, and names what does not fit together") {
  case_shelf d{kind::sqlite};
  auto turn = turn_after(stranger("wang"), "提交", 1);
  auto w = opening("ZQ1");
  w.head.conversation = this_conversation;
  w.words = {{"u1", {}, {}, {}, "说明"}};
  turn.cases = {w};
  const auto talk = d.file().commit(turn).after;
  REQUIRE(d.apply(opening("ZQ2")).has_value());
  const std::string path = d.file().path();
  CHECK(verify(path).findings.empty());
  CHECK(verify(path).cases == 2);
  const auto rules = [&] {
    std::set<std::string> out;
    for (const auto& f : verify(path).findings) out.insert(f.rule);
    return out;
  };
  d.said("u1");  // marked, but nobody said it
  CHECK(rules() == std::set<std::string>{"case.word"});
  auto saying = turn_after(talk, "x", 2);
  saying.events = {{"case.text", "7", R"({"id":"u1","text":"说明"})"}};
  REQUIRE(d.file().commit(saying).status == commit_status::committed);
  CHECK(rules().empty());
  SQLite::Database db{path, SQLite::OPEN_READWRITE};
  db.exec("UPDATE case_head SET seq = 2 WHERE number = 'ZQ2'");
  CHECK(rules() == std::set<std::string>{"case.events"});
  db.exec("UPDATE case_head SET seq = 1, conversation = 99 WHERE number = 'ZQ2'");
  CHECK(rules() == std::set<std::string>{"case.conversation"});
  db.exec("UPDATE case_head SET conversation = 0 WHERE number = 'ZQ2'; DELETE FROM case_body WHERE case_id = 2");
  CHECK(rules() == std::set<std::string>{"case.body"});
}
