// Questions about cases: both stores side by side under the same random acts, and how long the answers take.

#include "tests/contract/case_shelf.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>
#include <chrono>
#include <random>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

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
    if (below(3) == 0) q.detail = case_detail::body;
    if (below(4) == 0) q.from = noon + 2'000;
    if (below(4) == 0) q.to = noon + 6'000;
    if (below(3) == 0) {
      q.counted = counted_in{case_figure(below(9)),    below(2) == 0,
                             noon + below(5) * 1'000,  noon + (5 + below(5)) * 1'000,
                             noon + below(10) * 1'000, {below(3) == 0 ? 1 + below(4) : 0}};
    }
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
  case_shelf model{kind::memory}, sqlite{kind::sqlite};
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
    const auto figures = sqlite->figures(f).value();
    REQUIRE(figures == model->figures(f).value());
    const auto behind = [&](case_figure which, bool good) {
      case_question of;
      of.scope = q.scope;
      of.counted = counted_in{which, good, f.from, f.to, f.as_of, {}};
      return std::int64_t(sqlite->list(of, {}, 100).value().cases.size());
    };
    CHECK(behind(case_figure::opened, false) == figures.opened);  // a figure is the length of the list behind it
    CHECK(behind(case_figure::closed, false) == figures.closed);
    CHECK(behind(case_figure::overdue_now, false) == figures.overdue_now);
    for (const auto& [which, rate] : {std::pair{case_figure::response, figures.rates.response},
                                      std::pair{case_figure::solved, figures.rates.solved},
                                      std::pair{case_figure::satisfied, figures.rates.satisfied},
                                      std::pair{case_figure::coverage, figures.rates.coverage}}) {
      CHECK(behind(which, false) == rate.denominator);
      CHECK(behind(which, true) == rate.numerator);
    }
  }
}

TEST_CASE("with 50,000 cases lists take milliseconds and a month's figures under two seconds", "[.speed]") {
  case_shelf d{kind::sqlite};
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
