// The case port: one suite for every store, and both stores side by side under the same random acts and questions.

#include "storage/memory/case_store.hpp"
#include "storage/memory/staff_store.hpp"
#include "storage/sqlite/case_store.hpp"
#include "storage/sqlite/staff_store.hpp"
#include "tests/contract/harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <random>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

namespace {

/// A city 1 with district 2 and another city 3; departments: 1 centre and 2 industry (below 1) in the city, 3 in the
/// district, 4 in the other city; staff 1 to 4 work in the department of their number.
class desk {
 public:
  explicit desk(kind k) : kind_{k}, file_{k} {
    open();
    const auto place = [](std::int64_t parent, std::string code) {
      return add_region{{{}, {parent}, code, "r" + code}};
    };
    const auto office = [](std::int64_t parent, std::int64_t region) {
      return add_department{{{}, {parent}, {region}, "局"}};
    };
    std::vector<staff_change> all{place(0, "370600"), place(1, "370602"), place(0, "370200"), office(0, 1),
                                  office(1, 1),       office(0, 2),       office(0, 3)};
    for (std::int64_t i = 1; i <= 4; ++i) {
      staff_member s;
      s.login_name = "staff" + std::to_string(i);
      s.display_name = "某人";
      s.department = {i};
      s.roles = {staff_role::handler};
      all.emplace_back(add_staff{s});
    }
    std::optional<result<std::int64_t>> got;
    people_->apply(all, {}, [&](auto r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    REQUIRE(got->has_value());
  }

  case_store* operator->() { return cases_.get(); }
  harness& file() { return file_; }
  result<case_applied> apply(case_write w) {
    return wait<case_applied>([&](auto done) { cases_->apply(std::move(w), done); });
  }
  void put(std::vector<case_setting> s) {
    REQUIRE(wait<void>([&](auto done) { cases_->put(std::move(s), done); }).has_value());
  }
  void said(const std::string& uuid) {
    REQUIRE(wait<void>([&](auto done) { cases_->word_said(uuid, noon, done); }).has_value());
  }
  std::size_t prune(unix_ms before) {
    return wait<std::size_t>([&](auto done) { cases_->prune_keys(before, done); }).value();
  }
  void reopen() {
    if (kind_ == kind::memory) return;
    cases_.reset();
    people_.reset();
    file_.reopen();
    open();
  }

 private:
  template <class T, class Ask>
  result<T> wait(Ask&& ask) {
    std::optional<result<T>> got;
    ask([&](result<T> r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    return *got;
  }
  void open() {
    if (kind_ == kind::memory) {
      people_ = make_memory_staff_store(file_.posts().poster());
      cases_ = make_memory_case_store(file_.get(), *people_, file_.posts().poster());
    } else {
      people_ = make_sqlite_staff_store(file_.get(), file_.path(), file_.posts().poster());
      cases_ = make_sqlite_case_store(file_.get(), file_.path(), file_.posts().poster());
    }
  }
  const kind kind_;
  harness file_;
  std::unique_ptr<staff_store> people_;
  std::unique_ptr<case_store> cases_;
};

case_event_row event(std::int64_t seq, std::string action, std::int64_t department = 1, unix_ms at = noon) {
  return {seq, at, std::move(action), "7", -1, {department}, "{\"seq\":" + std::to_string(seq) + "}"};
}

case_write opening(std::string number, unix_ms at = noon) {
  case_write w;
  w.head.number = std::move(number);
  w.head.seq = 1;
  w.head.body = "{}";
  w.head.title = "零部件被扣";
  w.head.enterprise = "firm-1";
  w.head.company = "烟台某厂";
  w.head.matter = "supply";
  w.head.source = "staff";
  w.head.region = {1};
  w.head.state = "draft";
  w.head.track = "ordinary";
  w.head.lead_department = {1};
  w.head.lead_region = {1};
  w.head.opened = w.head.changed = at;
  w.events = {event(1, "open", 1, at)};
  w.parties = {{case_party_kind::origin, {}, {1}}, {case_party_kind::lead, {1}, {1}}};
  return w;
}

/// The next act on what stands.
case_write next(const case_row& now, std::string action = "inform") {
  case_write w;
  w.head = now;
  w.head.seq = now.seq + 1;
  w.head.changed = now.changed + 1'000;
  w.head.last_actor = "7";
  w.expected = now.seq;
  w.events = {event(now.seq + 1, std::move(action), now.lead_department.value, w.head.changed)};
  w.parties = {{case_party_kind::origin, {}, now.region},
               {case_party_kind::lead, now.lead_department, now.lead_region}};
  return w;
}

case_act_key key_of_act(std::uint8_t n, std::uint8_t content = 0) {
  case_act_key k;
  k.id[0] = n;
  k.content[0] = content;
  return k;
}

case_question asking(case_view view = case_view::all) {
  case_question q;
  q.scope.everything = true;
  q.view = view;
  q.now = noon;
  return q;
}

std::vector<std::string> numbers(const case_page& page) {
  std::vector<std::string> out;
  for (const auto& c : page.cases) out.push_back(c.number);
  return out;
}

}  // namespace

TEST_CASE("a case is read as it was written, with its events, also after a restart") {
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
  REQUIRE(d.apply(opening("ZQ370600-260302-00001-11")).has_value());
  REQUIRE(d.apply(opening("ZQ370600-260302-00012-22")).has_value());
  REQUIRE(d.apply(opening("ZQ370600-260303-00003-33")).has_value());
  CHECK(d.apply(opening("ZQ370600-260302-00012-22")).error() == errc::conflict);
  CHECK(d->last_number("ZQ370600-260302-").value() == "ZQ370600-260302-00012-22");
  CHECK(d->last_number("ZQ370200-260302-").value().empty());
}

TEST_CASE("the same act twice has one effect and one answer; an id does not stand for two acts") {
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
  d.put({competence_row{"supply", "3706", {2}}, competence_row{"", "", {1}}, liaison_row{"firm-1", {3}}});
  d.put({competence_row{"supply", "3706", {4}}, liaison_row{"firm-2", {3}}});
  CHECK(d->competences().value() == std::vector<competence_row>{{"", "", {1}}, {"supply", "3706", {4}}});
  CHECK(d->liaison_of("firm-1").value() == staff_id{3});
  d.put({competence_row{"", "", {}}, liaison_row{"firm-1", {}}});
  CHECK(d->competences().value().size() == 1);
  CHECK(d->liaison_of("firm-1").value() == staff_id{});
}

TEST_CASE("alarms come by their time; cases that another calendar counted are found") {
  desk d{GENERATE(kind::memory, kind::sqlite)};
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
  desk d{GENERATE(kind::memory, kind::sqlite)};
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

namespace {

/// Random acts for both stores alike.
class chance {
 public:
  explicit chance(unsigned seed) : engine_{seed} {}
  std::int64_t below(std::int64_t n) { return std::int64_t(engine_() % std::uint64_t(n)); }
  template <class T>
  T one_of(std::initializer_list<T> all) {
    return *(all.begin() + below(std::int64_t(all.size())));
  }

  void shake(case_write& w) {
    static constexpr std::array<std::int64_t, 5> region_of{0, 1, 1, 2, 3};
    auto& h = w.head;
    const auto lead = 1 + below(4);
    h.lead_department = {lead};
    h.lead_region = {region_of[std::size_t(lead)]};
    h.handler = {below(5)};
    h.state = one_of<std::string>({"to_accept", "in_progress", "closed"});
    h.closed = below(3) == 0 ? h.changed : unix_ms{};
    h.red = below(4) == 0 ? unix_ms{} : noon + (below(9) - 4) * 1'000;
    h.orange = h.red ? h.red + -1'000 : unix_ms{};
    h.contact_due = noon + below(5) * 1'000;
    w.parties = {{case_party_kind::origin, {}, h.region}, {case_party_kind::lead, h.lead_department, h.lead_region}};
    const auto helper = 1 + below(4);
    w.parties.push_back(
        {one_of({case_party_kind::assists, case_party_kind::assisted}), {helper}, {region_of[std::size_t(helper)]}});
    w.waits.clear();
    w.waits.push_back(
        {{one_of({staff_role::handler, staff_role::dispatcher})}, {below(3)}, {below(3)}, {1 + below(3)}, noon});
    for (auto& e : w.events) {
      if (e.action == "open") continue;
      e.action = one_of<std::string>(
          {"dispatch", "contact", "rate", "confirm_solved", "redo", "approve_reply", "transfer", "close_disputed"});
      e.value = e.action == "rate" ? below(5) : -1;
      e.department = h.lead_department;
    }
  }

  case_question question() {
    case_question q;
    q.scope = scope();
    const auto me = 1 + below(4);
    q.who = {{me}, {one_of({staff_role::handler, staff_role::dispatcher})}, {me}, {1 + below(3)}};
    q.view = static_cast<case_view>(below(std::int64_t(case_view_count)));
    q.now = noon + (below(5) - 2) * 1'000;
    if (below(4) == 0) q.state = "in_progress";
    if (below(4) == 0) q.text = one_of<std::string>({"烟台", "1", "无此"});
    if (below(5) == 0) q.matter = "supply";
    if (below(5) == 0) q.department = {1 + below(4)};
    if (below(4) == 0) q.from = noon + 2'000;
    if (below(4) == 0) q.to = noon + 6'000;
    return q;
  }
  row_scope scope() {
    row_scope s;
    s.everything = below(5) == 0;
    if (below(2) == 0) s.own = {1 + below(4)};
    if (below(2) == 0) s.department = {1 + below(4)};
    if (below(3) == 0) s.region = {1 + below(3)};
    return s;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("lists, counts, visibility and figures are the same in every store") {
  desk model{kind::memory}, sqlite{kind::sqlite};
  chance dice{20261122};
  for (auto* d : {&model, &sqlite}) d->put({liaison_row{"firm-2", {1}}, liaison_row{"firm-3", {4}}});
  for (int i = 0; i < 60; ++i) {
    auto w = opening("ZQ" + std::to_string(i), noon + dice.below(8) * 1'000);
    w.head.enterprise = "firm-" + std::to_string(dice.below(4));
    w.head.region = {1 + dice.below(3)};
    w.head.matter = dice.one_of<std::string>({"supply", "funds", "labour"});
    dice.shake(w);
    REQUIRE(model.apply(w).value() == sqlite.apply(w).value());
    for (int n = int(dice.below(6)); n > 0; --n) {
      auto act = next(model->load({i + 1}).value());
      dice.shake(act);
      REQUIRE(model.apply(act).value() == sqlite.apply(act).value());
    }
  }
  for (int i = 0; i < 400; ++i) {
    const auto q = dice.question();
    const auto limit = std::size_t(1 + dice.below(20));
    const auto expected = model->list(q, {}, limit).value(), found = sqlite->list(q, {}, limit).value();
    REQUIRE(numbers(found) == numbers(expected));
    REQUIRE(found.cases == expected.cases);
    REQUIRE(found.next == expected.next);
    if (found.next.id) {
      REQUIRE(numbers(sqlite->list(q, found.next, limit).value()) ==
              numbers(model->list(q, expected.next, limit).value()));
    }
    REQUIRE(sqlite->counts(q).value() == model->counts(q).value());
    for (const auto view : {case_view::todo, case_view::overdue}) {  // a count is the length of its list
      auto of = q;
      of.view = view;
      CHECK(std::int64_t(sqlite->list(of, {}, 100).value().cases.size()) ==
            sqlite->counts(q).value()[std::size_t(view)]);
    }
    const case_id some{1 + dice.below(60)};
    REQUIRE(sqlite->covered(some, q.scope).value() == model->covered(some, q.scope).value());
    const figures_question f{q.scope, noon + dice.below(5) * 1'000, noon + (5 + dice.below(5)) * 1'000,
                             noon + dice.below(10) * 1'000};
    REQUIRE(sqlite->figures(f).value() == model->figures(f).value());
  }
}

TEST_CASE("with 50,000 cases lists take milliseconds and a month's figures under two seconds", "[.speed]") {
  desk d{kind::sqlite};
  chance dice{1};
  SQLite::Database db{d.file().path(), SQLite::OPEN_READWRITE};
  db.exec("PRAGMA foreign_keys = OFF; BEGIN");
  db.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
      " INSERT INTO case_head SELECT i, 'ZQ' || i, 15, '7', '2026', 0, '诉求' || i, 'firm-' || (i % 5000), '企业' || "
      "i, '',"
      " 'staff', 'm' || (i % 12), 1, 'in_progress', 'ordinary', '', '', '', 1 + i % 4, 1, i % 300, 0, 0, 0, 0,"
      " 1793491200000 + i * 50000, 1793491200000 + i * 60000, CASE WHEN i % 10 < 8 THEN 1793491200000 + i * 60000 ELSE "
      "0"
      " END, 0, 0, 1793491200000 + i * 51000, 0, 0, 1793491200000 + i * 55000, 1793491200000 + i * 60000, 0"
      " FROM n");
  db.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
      " INSERT INTO case_body SELECT i, hex(zeroblob(1500)) FROM n");
  db.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000), s(k) AS (SELECT 1 UNION ALL"
      " SELECT k + 1 FROM s WHERE k < 15) INSERT INTO case_event SELECT i, k, 1793491200000 + i * 50000 + k * 500,"
      " CASE k WHEN 1 THEN 'open' WHEN 4 THEN 'dispatch' WHEN 6 THEN 'contact' WHEN 11 THEN 'approve_reply' WHEN 12 "
      "THEN"
      " 'confirm_solved' WHEN 13 THEN 'rate' ELSE 'inform' END, '7', k % 5, 1 + i % 4, hex(zeroblob(400)) FROM n, s");
  db.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) INSERT INTO case_party SELECT "
      "i, 0,"
      " 0, 1 FROM n UNION ALL SELECT i, 1, 1 + i % 4, 1 FROM n");
  db.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) INSERT INTO case_wait SELECT i, "
      "8,"
      " 0, 1 + i % 4, 1, 0 FROM n; COMMIT");
  const auto timed = [](const char* what, auto&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    WARN(what << ": " << double(took.count()) / 1000 << " ms");
    return took;
  };
  auto q = asking();
  q.now = noon + 2'000'000'000;
  q.who = {{7}, {staff_role::handler}, {2}, {1}};
  for (const auto& scope :
       {row_scope{true, {}, {}, {}}, row_scope{false, {7}, {2}, {}}, row_scope{false, {7}, {}, {1}}}) {
    q.scope = scope;
    for (std::size_t i = 0; i < case_view_count; ++i) {
      q.view = static_cast<case_view>(i);
      timed(("view " + std::to_string(i)).c_str(), [&] { CHECK(d->list(q, {}, 50).has_value()); });
    }
    timed("counts", [&] { CHECK(d->counts(q).has_value()); });
    const figures_question f{scope, noon, noon + 2'600'000'000, noon + 2'600'000'000};
    const auto took = timed("figures", [&] { CHECK(d->figures(f).value().opened > 10'000); });
    CHECK(took < std::chrono::seconds{2});
  }
  timed("text", [&] {
    q = asking();
    q.text = "企业49999";
    CHECK(d->list(q, {}, 50).value().cases.size() == 1);
  });
}
