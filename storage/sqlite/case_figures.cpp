#include "storage/sqlite/case_figures.hpp"

#include "storage/sqlite/case_counted.hpp"

#include <algorithm>
#include <map>

namespace zhuqi::storage::sqlite {
namespace {

constexpr std::int64_t most_matters = 20;

class figures {
 public:
  figures(SQLite::Database& db, const figures_question& q)
      : db_{db}, q_{q}, from_{q.from.value}, to_{std::min(q.to.value, q.as_of.value + 1)} {}

  case_figures read() {
    heads();
    matters();
    dispatched();
    rate(case_figure::response, &case_rates::response);
    rate(case_figure::solved, &case_rates::solved);
    rate(case_figure::satisfied, &case_rates::satisfied);
    rate(case_figure::coverage, &case_rates::coverage);
    for (auto& [id, d] : departments_) {
      add(out_.rates.response, d.rates.response);
      add(out_.rates.solved, d.rates.solved);
      add(out_.rates.satisfied, d.rates.satisfied);
      add(out_.rates.coverage, d.rates.coverage);
      d.department = {id};
      out_.departments.push_back(d);
    }
    return std::move(out_);
  }

 private:
  static void add(case_rate& sum, const case_rate& part) {
    sum.numerator += part.numerator;
    sum.denominator += part.denominator;
  }

  /// Runs the query and gives each row.
  template <class F>
  void each(const case_query& q, F&& take) {
    SQLite::Statement statement{db_, q.sql()};
    execution row{statement};
    q.bind(row);
    while (row.step()) take(row);
  }
  /// Per department: (department, good ones, all).
  template <class F>
  void per_department(case_figure which, F&& take) {
    case_query q;
    q.add("SELECT l.department, sum(l.good), count(*) FROM (");
    add_counted(q, {which, false, q_.from, q_.to, q_.as_of, {}});
    q.add(") l JOIN case_head c ON c.id = l.case_id WHERE ").scope(q_.scope).add(" GROUP BY l.department");
    each(q, take);
  }
  void rate(case_figure which, case_rate case_rates::*into) {
    per_department(which, [&](const execution& row) {
      departments_[row.integer(0)].rates.*into = {row.integer(1), row.integer(2)};
    });
  }

  void heads() {
    case_query q;
    q.add("SELECT count(*) FILTER (WHERE c.opened_ms >= ? AND c.opened_ms < ?)").value(from_).value(to_);
    q.add(", count(*) FILTER (WHERE c.closed_ms >= ? AND c.closed_ms < ? AND c.closed_ms <> 0)")
        .value(from_)
        .value(to_);
    q.add(", count(*) FILTER (WHERE c.closed_ms = 0), count(*) FILTER (WHERE c.closed_ms = 0 AND c.red_ms <= ?)")
        .value(q_.as_of.value);
    q.add(" FROM case_head c WHERE ").scope(q_.scope);
    each(q, [&](const execution& row) {
      out_.opened = row.integer(0);
      out_.closed = row.integer(1);
      out_.open_now = row.integer(2);
      out_.overdue_now = row.integer(3);
    });
  }

  void matters() {
    case_query q;
    q.add("SELECT c.matter, count(*) AS n FROM case_head c WHERE c.opened_ms >= ? AND c.opened_ms < ? AND ");
    q.value(from_).value(to_).scope(q_.scope).add(" GROUP BY c.matter ORDER BY n DESC, c.matter LIMIT ?");
    q.value(most_matters);
    each(q, [&](const execution& row) { out_.matters.push_back({row.text(0), row.integer(1)}); });
  }

  void dispatched() {
    per_department(case_figure::dispatched,
                   [&](const execution& row) { departments_[row.integer(0)].dispatched = row.integer(2); });
  }

  SQLite::Database& db_;
  const figures_question& q_;
  const std::int64_t from_, to_;
  case_figures out_;
  std::map<std::int64_t, department_figures> departments_;
};

}  // namespace

case_figures read_figures(SQLite::Database& db, const figures_question& q) { return figures{db, q}.read(); }

}  // namespace zhuqi::storage::sqlite
