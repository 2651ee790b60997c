#include "storage/sqlite/case_figures.hpp"

#include "storage/sqlite/case_query.hpp"

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
    response();
    solved();
    satisfied();
    coverage();
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
  /// Rows of (department, numerator, denominator).
  void rates(const case_query& q, case_rate case_rates::*which) {
    each(q, [&](const execution& row) {
      departments_[row.integer(0)].rates.*which = {row.integer(1), row.integer(2)};
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
    case_query q;
    q.add(
        "SELECT e.department, count(*) FROM case_event e JOIN case_head c ON c.id = e.case_id"
        " WHERE e.action IN ('dispatch', 'uphold_return', 'transfer') AND e.at_ms >= ? AND e.at_ms < ? AND ");
    q.value(from_).value(to_).scope(q_.scope).add(" GROUP BY e.department");
    each(q, [&](const execution& row) { departments_[row.integer(0)].dispatched = row.integer(1); });
  }

  void response() {
    case_query q;
    q.add(
        "SELECT c.lead_department, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM case_event k WHERE k.case_id = c.id"
        " AND k.action = 'contact' AND k.at_ms <= c.contact_due_ms AND k.at_ms <= ?)), count(*)"
        " FROM case_head c WHERE c.contact_due_ms >= ? AND c.contact_due_ms < ? AND c.contact_due_ms <> 0"
        " AND EXISTS (SELECT 1 FROM case_event d WHERE d.case_id = c.id AND d.action = 'dispatch' AND d.at_ms <= ?)"
        " AND ");
    q.value(q_.as_of.value).value(from_).value(to_).value(q_.as_of.value);
    q.scope(q_.scope).add(" GROUP BY c.lead_department");
    rates(q, &case_rates::response);
  }

  void solved() {
    case_query q;
    q.add(
        "SELECT l.department, count(*) FILTER (WHERE l.action = 'confirm_solved'), count(*) FROM"
        " (SELECT e.case_id, e.action, e.department, max(e.seq) FROM case_event e"
        " WHERE e.action IN ('confirm_solved', 'redo', 'close_disputed') AND e.at_ms >= ? AND e.at_ms < ?"
        " GROUP BY e.case_id) l JOIN case_head c ON c.id = l.case_id WHERE ");
    q.value(from_).value(to_).scope(q_.scope).add(" GROUP BY l.department");
    rates(q, &case_rates::solved);
  }

  void satisfied() {
    case_query q;
    q.add(
        "SELECT l.department, count(*) FILTER (WHERE l.value >= 3), count(*) FROM"
        " (SELECT e.case_id, e.value, e.department, max(e.seq) FROM case_event e"
        " WHERE e.action = 'rate' AND e.at_ms >= ? AND e.at_ms < ? GROUP BY e.case_id) l"
        " JOIN case_head c ON c.id = l.case_id WHERE ");
    q.value(from_).value(to_).scope(q_.scope).add(" GROUP BY l.department");
    rates(q, &case_rates::satisfied);
  }

  void coverage() {
    case_query q;
    q.add(
        "SELECT l.department, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM case_event k WHERE k.case_id = l.case_id"
        " AND k.action = 'rate' AND k.at_ms <= ?)), count(*) FROM"
        " (SELECT e.case_id, e.department, max(e.seq) FROM case_event e"
        " WHERE e.action = 'approve_reply' AND e.at_ms >= ? AND e.at_ms < ? GROUP BY e.case_id) l"
        " JOIN case_head c ON c.id = l.case_id WHERE ");
    q.value(q_.as_of.value).value(from_).value(to_).scope(q_.scope).add(" GROUP BY l.department");
    rates(q, &case_rates::coverage);
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
