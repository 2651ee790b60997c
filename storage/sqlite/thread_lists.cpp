#include "storage/sqlite/thread_lists.hpp"

#include "bot/base/limits.hpp"
#include "storage/sqlite/notes.hpp"
#include "storage/sqlite/staff_scope.hpp"
#include "storage/sqlite/thread_table.hpp"

#include <unordered_set>

namespace zhuqi::storage::sqlite {
namespace {

/// `rank`: the column that the list is ordered by.
std::string listed(const std::string& rank) {
  return "SELECT t.conversation, c.channel, c.user, t.owner_kind, t.staff, t.epoch, t.seq, " + rank +
         ", " ZHUQI_THREAD_COLUMNS " FROM thread t JOIN conversation c ON c.id = t.conversation";
}
constexpr int thread_at = 8;
constexpr std::int64_t window_ms = std::chrono::milliseconds{limits::call_back_window}.count();
// Superseded states that one page of the bot's list looks at: a day's worth stands between the newest ones.
constexpr std::int64_t most_states = 5'000;

conversation read_with_thread(const execution& row) {
  auto c = read_listed(row);
  c.thread = read_thread(row, thread_at);
  c.last_turn = c.thread->change;
  return c;
}

/// A condition with the values of its question marks.
struct condition {
  std::string sql;
  std::vector<std::int64_t> binds;

  condition& also(const std::string& more, std::initializer_list<std::int64_t> values = {}) {
    sql.append(sql.empty() ? "" : " AND ").append(more);
    binds.insert(binds.end(), values);
    return *this;
  }
  condition& also(const predicate& p) {
    also(p.sql);
    binds.insert(binds.end(), p.binds.begin(), p.binds.end());
    return *this;
  }
  void bind(execution& to) const {
    for (const auto value : binds) to.bind(value);
  }
};

condition where(const thread_query& q, thread_view view) {
  condition c;
  c.also(scope_predicate(q.scope, {"t.staff", "t.department", "t.region"}));
  switch (view) {
    case thread_view::waiting: return c.also("t.owner_kind = 1");
    case thread_view::mine: return c.also("t.owner_kind = 2 AND t.staff = ?", {q.me.value});
    case thread_view::department: {
      row_scope below;
      below.department = q.my_department;
      return c.also("t.owner_kind IN (1, 2)").also(scope_predicate(below, {"", "t.department", ""}));
    }
    case thread_view::overdue: return c.also("t.owner_kind IN (1, 2) AND t.due_ms BETWEEN 1 AND ?", {q.now.value});
    case thread_view::bot: return c.also("t.owner_kind = 0");
    case thread_view::closed: return c.also("t.owner_kind = 3");
    case thread_view::revisit:  // in the words of its index, with the earliest end that still counts
      return c.also("t.revisit_ms <> 0 AND t.revisit_ms >= ?", {q.now.value - window_ms});
    case thread_view::mentioned: break;  // of another table
  }
  ZHUQI_ASSERT(false);
}

std::vector<conversation> all_of(SQLite::Database& db, const std::string& rest,
                                 std::initializer_list<std::int64_t> binds) {
  SQLite::Statement list{db, listed("t.rank") + rest};
  execution row{list};
  for (const auto value : binds) row.bind(value);
  std::vector<conversation> found;
  while (row.step()) found.push_back(read_with_thread(row));
  return found;
}

/// Newest states first: the first row of a conversation is its newest.
thread_page bot_threads(SQLite::Database& db, const thread_query& q) {
  const auto within = seen_from(q.scope, q.home);
  SQLite::Statement list{db,
                         "SELECT s.conversation, c.channel, c.user, s.owner_kind, 0, s.epoch, s.seq, s.turn, s.at_ms, "
                         "t.conversation IS NOT NULL, ifnull(h.turn, 0), " +
                             within.sql +
                             ", " ZHUQI_THREAD_COLUMNS
                             " FROM state s JOIN conversation c ON c.id = s.conversation"
                             " LEFT JOIN thread t ON t.conversation = s.conversation"
                             " LEFT JOIN head h ON h.conversation = s.conversation"
                             " WHERE s.turn < ? ORDER BY s.turn DESC LIMIT ?"};
  execution row{list};
  for (const auto value : within.binds) row.bind(value);
  const auto before = q.after.rank == INT64_MIN ? INT64_MAX : q.after.rank;
  row.bind(before).bind(most_states);
  thread_page page;
  std::unordered_set<std::int64_t> seen;
  std::int64_t last = 0, looked = 0;
  while (page.rows.size() < q.limit && row.step()) {
    ++looked;
    last = row.integer(7);
    const bool superseded = !seen.insert(row.integer(0)).second || row.integer(10) > last;
    if (superseded || row.integer(3) != 0 || row.integer(11) == 0) continue;
    auto c = read_listed(row);
    c.last_turn = {last};
    if (row.integer(9) != 0) c.thread = read_thread(row, 12);
    page.rows.push_back(std::move(c));
  }
  if (page.rows.size() == q.limit || looked == most_states) page.next = thread_cursor{last, 0};
  return page;
}

}  // namespace

thread_page list_threads(SQLite::Database& db, const thread_query& q) {
  if (q.view == thread_view::bot) return bot_threads(db, q);
  if (q.view == thread_view::mentioned) return mentioned_threads(db, q);
  const std::string rank = q.view == thread_view::revisit ? "t.revisit_ms" : "t.rank";
  auto which = where(q, q.view);
  which.also("(" + rank + ", t.conversation) > (?, ?)", {q.after.rank, q.after.id});
  SQLite::Statement list{db, listed(rank) + " WHERE " + which.sql + " ORDER BY " + rank + ", t.conversation LIMIT ?"};
  execution row{list};
  which.bind(row);
  row.bind(static_cast<std::int64_t>(q.limit) + 1);
  thread_page page;
  page.rows.reserve(q.limit);
  thread_cursor last;
  while (row.step()) {
    if (page.rows.size() == q.limit) {
      page.next = last;
      break;
    }
    last = {row.integer(7), row.integer(0)};
    page.rows.push_back(read_with_thread(row));
  }
  return page;
}

/// In one walk over what is open: a page asks for them with every list.
thread_counts count_threads(SQLite::Database& db, const thread_query& q) {
  row_scope my_department;
  my_department.department = q.my_department;
  const auto below = scope_predicate(my_department, {"", "t.department", ""});
  const auto within = scope_predicate(q.scope, {"t.staff", "t.department", "t.region"});
  SQLite::Statement sql{db,
                        "SELECT count(*) FILTER (WHERE t.owner_kind = 1),"
                        " count(*) FILTER (WHERE t.owner_kind = 2 AND t.staff = ?),"
                        " count(*) FILTER (WHERE " +
                            below.sql +
                            "),"
                            " count(*) FILTER (WHERE t.due_ms BETWEEN 1 AND ?)"
                            " FROM thread t WHERE t.owner_kind IN (1, 2) AND " +
                            within.sql};
  execution row{sql};
  row.bind(q.me.value);
  for (const auto value : below.binds) row.bind(value);
  row.bind(q.now.value);
  for (const auto value : within.binds) row.bind(value);
  row.step();
  return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), count_mentioned(db, q)};
}

std::vector<conversation> changed_threads(SQLite::Database& db, turn_id change, std::size_t limit) {
  return all_of(db, " WHERE t.change > ? ORDER BY t.change LIMIT ?", {change.value, static_cast<std::int64_t>(limit)});
}

std::vector<conversation> overdue_transfers(SQLite::Database& db, unix_ms now, std::size_t limit) {
  return all_of(db, " WHERE t.accept_by_ms <> 0 AND t.accept_by_ms <= ? ORDER BY t.accept_by_ms LIMIT ?",
                {now.value, static_cast<std::int64_t>(limit)});
}

std::vector<conversation> threads_of(SQLite::Database& db, staff_id staff, std::size_t limit) {
  return all_of(db, " WHERE t.staff <> 0 AND t.staff = ? AND t.owner_kind = 2 ORDER BY t.rank, t.conversation LIMIT ?",
                {staff.value, static_cast<std::int64_t>(limit)});
}

}  // namespace zhuqi::storage::sqlite
