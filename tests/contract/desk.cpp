// The desk port, as far as it is more than lists: notes that name people, what they have seen, and who is to be called back.

#include "storage/desk_store.hpp"

#include "bot/base/limits.hpp"
#include "storage/sqlite/desk_store.hpp"
#include "storage/sqlite/staff_store.hpp"
#include "tests/contract/harness.hpp"

#include <catch2/catch.hpp>
#include <optional>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

namespace {

constexpr std::int64_t day_ms = 24LL * 3'600'000;

/// A city with two departments and three people: 1 and 2 in the first, 3 in the second.
class desk {
 public:
  desk() {
    open();
    found();
  }

  desk_store* operator->() { return desk_.get(); }

  result<std::int64_t> apply(desk_change change) {
    std::optional<result<std::int64_t>> got;
    desk_->apply(std::move(change), {}, [&](result<std::int64_t> r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    return *got;
  }

  /// A conversation that stands as `t` says, closed unless it is with `owner`.
  conversation_id thread(thread_row t, owner_kind owner = owner_kind::closed) {
    const auto user = "u" + std::to_string(++people_);
    auto turn = turn_after(stranger(user), "人工", static_cast<std::uint64_t>(people_), noon);
    turn.after.owner = owner;
    turn.after.epoch = {1};
    turn.after.thread = std::move(t);
    return file_.commit(std::move(turn)).after.id;
  }
  /// One that only the bot ever had.
  conversation_id with_bot() {
    const auto user = "u" + std::to_string(++people_);
    return file_.commit(turn_after(stranger(user), "你好", static_cast<std::uint64_t>(people_), noon)).after.id;
  }

  result<std::int64_t> write(conversation_id where, staff_id author, std::vector<staff_id> to,
                             audience who = audience::colleagues) {
    note n{0, where, noon, author, "请看", "note-" + std::to_string(++notes_), who, std::move(to)};
    return apply(add_note{n});
  }

  thread_query of(staff_id me, thread_view view) {
    thread_query q;
    q.view = view;
    q.scope.region = {1};
    q.me = me;
    q.my_department = {1};
    q.home = {1};
    q.now = noon;
    return q;
  }
  std::vector<conversation_id> ids(const thread_query& q) {
    std::vector<conversation_id> out;
    for (const auto& c : desk_->list_threads(q).value().rows) out.push_back(c.id);
    return out;
  }
  std::int64_t mentioned(staff_id me) { return desk_->count_threads(of(me, thread_view::waiting)).value().mentioned; }

  void reopen() {
    desk_.reset();
    file_.reopen();
    open();
  }

 private:
  void open() { desk_ = make_sqlite_desk_store(file_.get(), file_.path(), file_.posts().poster()); }
  void found() {
    const auto staff = make_sqlite_staff_store(file_.get(), file_.path(), file_.posts().poster());
    std::vector<staff_change> changes{add_region{{{}, {}, "990100", "市"}}, add_region{{{}, {}, "990200", "邻市"}},
                                      add_department{{{}, {}, {1}, "局"}}, add_department{{{}, {}, {1}, "他局"}}};
    for (const auto& [name, where] : {std::pair{"zhang", 1}, {"li", 1}, {"wang", 2}}) {
      staff_member s;
      s.login_name = s.display_name = name;
      s.department = {where};
      changes.emplace_back(add_staff{s});
    }
    std::optional<result<std::int64_t>> got;
    staff->apply(std::move(changes), {}, [&](result<std::int64_t> r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    REQUIRE(got->value() == 3);
  }

  harness file_{kind::sqlite};
  std::unique_ptr<desk_store> desk_;
  int people_ = 0;
  int notes_ = 0;
};

thread_row at(department_id d, region_id r) {
  thread_row t;
  t.department = d;
  t.region = r;
  t.opened = t.last_at = noon;
  return t;
}

}  // namespace

TEST_CASE("desk: a note keeps whom it names and whom it is for, over a restart") {
  desk d;
  const auto where = d.thread(at({1}, {1}));
  const auto first = d.write(where, {1}, {{2}, {3}}).value();
  const auto second = d.write(where, {2}, {}).value();
  const auto third = d.write(where, {1}, {{2}}, audience::whispered).value();
  for (const bool again : {false, true}) {
    if (again) d.reopen();
    const auto notes = d->notes(where, 10).value();
    REQUIRE(notes.size() == 3);
    CHECK(notes[0].id == first);
    CHECK(notes[0].to == std::vector<staff_id>{{2}, {3}});
    CHECK(notes[0].meant_for == audience::colleagues);
    CHECK(notes[1].id == second);
    CHECK(notes[1].to.empty());
    CHECK(notes[2].id == third);
    CHECK(notes[2].meant_for == audience::whispered);
  }
  CHECK(d->notes(where, 2).value().front().id == second);
}

TEST_CASE("desk: the same note twice is one, another note under its id is refused, and names nobody") {
  desk d;
  const auto where = d.thread(at({1}, {1}));
  const note n{0, where, noon, {1}, "请看", "x", audience::colleagues, {{2}}};
  const auto id = d.apply(add_note{n}).value();
  CHECK(d.apply(add_note{n}).value() == id);
  auto other = n;
  other.text = "别的";
  other.to = {{3}};
  CHECK(d.apply(add_note{other}).error() == errc::conflict);
  auto nobody = n;
  nobody.client_id = "y";
  nobody.to = {{99}};
  CHECK(d.apply(add_note{nobody}).error() == errc::not_found);
  CHECK(d->notes(where, 10).value().size() == 1);
  CHECK(d.mentioned({2}) == 1);
  CHECK(d.mentioned({3}) == 0);
}

TEST_CASE("desk: who is named has the conversation on a list, newest note first, until they have seen it") {
  desk d;
  const auto a = d.thread(at({1}, {1})), b = d.with_bot(), c = d.thread(at({2}, {1}), owner_kind::queue);
  const auto early = d.write(a, {1}, {{2}}).value();
  d.write(b, {1}, {{2}}).value();
  d.write(c, {1}, {{2}, {3}}).value();
  const auto late = d.write(a, {3}, {{2}}).value();
  CHECK(d.mentioned({2}) == 3);
  CHECK(d.mentioned({3}) == 1);
  CHECK(d.mentioned({1}) == 0);
  const auto mine = d.of({2}, thread_view::mentioned);
  CHECK(d.ids(mine) == std::vector{a, c, b});
  // Seen up to a note: what came after it still waits.
  REQUIRE(d.apply(see_mentions{{2}, a, early, noon}));
  CHECK(d.mentioned({2}) == 3);
  REQUIRE(d.apply(see_mentions{{2}, a, late, noon}));
  CHECK(d.ids(mine) == std::vector{c, b});
  REQUIRE(d.apply(see_mentions{{2}, c, INT64_MAX, noon}));
  CHECK(d.ids(mine) == std::vector{b});
  CHECK(d.mentioned({3}) == 1);  // what others have seen is theirs
  d.reopen();
  CHECK(d.ids(mine) == std::vector{b});
}

TEST_CASE("desk: pages of mentions hold each conversation once, and nothing that is out of sight") {
  desk d;
  std::vector<conversation_id> expected;
  for (int i = 0; i < 7; ++i) {
    expected.insert(expected.begin(), d.thread(at({1}, {1})));
    d.write(expected.front(), {1}, {{2}}).value();
    d.write(expected.front(), {1}, {{2}}).value();
  }
  const auto hidden = d.thread(at({9}, {2}));
  d.write(hidden, {1}, {{2}}).value();
  auto q = d.of({2}, thread_view::mentioned);
  q.limit = 3;
  std::vector<conversation_id> found;
  for (bool more = true; more;) {
    const auto page = d->list_threads(q).value();
    for (const auto& c : page.rows) found.push_back(c.id);
    more = page.next.has_value();
    if (more) q.after = *page.next;
  }
  CHECK(found == expected);
  CHECK(d.mentioned({2}) == 7);
}

TEST_CASE("desk: beyond a hundred nothing counts mentions further") {
  desk d;
  for (std::size_t i = 0; i < limits::counted_mentions + 5; ++i) d.write(d.thread(at({1}, {1})), {1}, {{2}}).value();
  CHECK(d.mentioned({2}) == std::int64_t{limits::counted_mentions});
}

TEST_CASE("desk: who is to be called back, the oldest end first, for thirty days, within the scope") {
  desk d;
  const auto ended = [&](std::int64_t days_ago, department_id where, region_id region, owner_kind owner) {
    auto t = at(where, region);
    t.served = {{1}, {17}};
    t.revisit = noon + -days_ago * day_ms;
    t.revisit_tries = 2;
    return d.thread(t, owner);
  };
  const auto young = ended(1, {1}, {1}, owner_kind::closed);
  const auto back_at_the_bot = ended(29, {1}, {1}, owner_kind::bot);
  const auto same_day = ended(1, {2}, {1}, owner_kind::closed);
  ended(31, {1}, {1}, owner_kind::closed);
  ended(2, {9}, {2}, owner_kind::closed);
  d.thread(at({1}, {1}));
  auto q = d.of({2}, thread_view::revisit);
  CHECK(d.ids(q) == std::vector{back_at_the_bot, young, same_day});
  q.limit = 1;
  q.after = *d->list_threads(q).value().next;
  CHECK(d.ids(q) == std::vector{young});
  q.after = *d->list_threads(q).value().next;
  CHECK(d.ids(q) == std::vector{same_day});
  const auto row = *d->list_threads(q).value().rows.front().thread;
  CHECK(row.served == std::vector<staff_id>{{1}, {17}});
  CHECK(row.revisit_tries == 2);
}
