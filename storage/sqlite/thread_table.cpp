#include "storage/sqlite/thread_table.hpp"

#include <algorithm>
#include <charconv>

namespace zhuqi::storage::sqlite {
namespace {

// Beyond every time that a due date has (year 5138), so that what nobody waits for comes after what somebody waits for.
constexpr std::int64_t after_all_due = 100'000'000'000'000;

/// Owners that are no member of the staff (tests, other systems) are nobody here.
std::int64_t staff_of(const conversation& c) {
  std::int64_t id = 0;
  if (c.owner == owner_kind::human) std::from_chars(c.owner_id.data(), c.owner_id.data() + c.owner_id.size(), id);
  return id;
}

/// "3,17"; the newest last.
std::string list_of(const std::vector<staff_id>& people) {
  std::string out;
  for (const staff_id id : people) out.append(out.empty() ? "" : ",").append(std::to_string(id.value));
  return out;
}

std::vector<staff_id> served_in(std::string_view list) {
  std::vector<staff_id> out;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    staff_id id;
    std::from_chars(list.data(), list.data() + end, id.value);
    out.push_back(id);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

}  // namespace

std::int64_t rank_of(const thread_row& t) { return t.due ? t.due.value : after_all_due - t.last_at.value; }

thread_row read_thread(const execution& row, int first) {
  const auto number = [&](int i) { return row.integer(first + i); };
  const auto text = [&](int i) { return row.text(first + i); };
  thread_row t;
  t.change = {number(0)};
  t.department = {number(1)};
  t.region = {number(2)};
  t.sla_ms = number(3);
  t.opened = {number(4)};
  t.waiting = {number(5)};
  t.due = {number(6)};
  t.accept_by = {number(7)};
  t.last_at = {number(8)};
  t.closed = {number(9)};
  t.queue = text(10);
  t.matter = text(11);
  t.reason = text(12);
  t.enterprise = text(13);
  t.language = text(14);
  t.last_who = text(15);
  t.last_text = text(16);
  t.outcome = text(17);
  t.grade = number(18);
  t.served = served_in(text(19));
  t.revisit = {number(20)};
  t.revisit_tries = number(21);
  return t;
}

conversation read_listed(const execution& row, int first) {
  conversation c;
  c.id = {row.integer(first)};
  c.channel = row.text(first + 1);
  c.user = row.text(first + 2);
  c.owner = static_cast<owner_kind>(row.integer(first + 3));
  if (const auto staff = row.integer(first + 4); staff != 0) c.owner_id = std::to_string(staff);
  c.epoch = {row.integer(first + 5)};
  c.seq = {row.integer(first + 6)};
  return c;
}

predicate seen_from(const row_scope& scope, region_id home) {
  const std::string region = "ifnull(t.region, " + std::to_string(home.value) + ")";
  return scope_predicate(scope, {"t.staff", "t.department", region.c_str()});
}

thread_writer::thread_writer(SQLite::Database& db)
    : put_{db,
           "INSERT OR REPLACE INTO thread VALUES"
           " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"} {}

void thread_writer::write(const conversation& after) {
  const thread_row& t = *after.thread;
  execution{put_}
      .bind(after.id.value)
      .bind(after.last_turn.value)
      .bind(static_cast<std::int64_t>(after.owner))
      .bind(staff_of(after))
      .bind(after.epoch.value)
      .bind(after.seq.value)
      .bind(t.department.value)
      .bind(t.region.value)
      .bind(t.sla_ms)
      .bind(t.opened.value)
      .bind(t.waiting.value)
      .bind(t.due.value)
      .bind(t.accept_by.value)
      .bind(t.last_at.value)
      .bind(t.closed.value)
      .bind(rank_of(t))
      .bind(t.queue)
      .bind(t.matter)
      .bind(t.reason)
      .bind(t.enterprise)
      .bind(t.language)
      .bind(t.last_who)
      .bind(t.last_text)
      .bind(t.outcome)
      .bind(t.grade)
      .bind(list_of(t.served))
      .bind(t.revisit.value)
      .bind(t.revisit_tries)
      .run();
}

}  // namespace zhuqi::storage::sqlite
