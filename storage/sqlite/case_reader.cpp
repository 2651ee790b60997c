#include "storage/sqlite/case_reader.hpp"

#include "storage/sqlite/case_columns.hpp"
#include "storage/sqlite/case_figures.hpp"
#include "storage/sqlite/case_query.hpp"

namespace zhuqi::storage::sqlite {
namespace {

std::string select_where(with_body body, std::string_view where) {
  std::string sql{select_cases(body)};
  return sql.append(where);
}

std::int64_t limit_of(std::size_t limit) { return static_cast<std::int64_t>(limit); }

std::vector<case_row> rows_of(execution& row, with_body body) {
  std::vector<case_row> found;
  while (row.step()) found.push_back(read_case(row, body));
  return found;
}

}  // namespace

case_reader::case_reader(const std::string& path)
    : db_{open_connection(path, role::reader)},
      by_id_{*db_, select_where(with_body::yes, " WHERE id = ?")},
      by_number_{*db_, select_where(with_body::yes, " WHERE number = ?")} {}

template <class T, class F>
result<T> case_reader::guarded(F&& read) {
  const std::lock_guard lock{mutex_};
  try {
    return read();
  } catch (const SQLite::Exception&) {
    return make_error_code(errc::unavailable);
  }
}

result<case_row> case_reader::load(case_id id) {
  return guarded<case_row>([&]() -> result<case_row> {
    execution row{by_id_};
    if (!row.bind(id.value).step()) return make_error_code(errc::not_found);
    return read_case(row, with_body::yes);
  });
}

result<case_row> case_reader::find(std::string_view number) {
  return guarded<case_row>([&]() -> result<case_row> {
    const std::string wanted{number};
    execution row{by_number_};
    if (!row.bind(wanted).step()) return make_error_code(errc::not_found);
    return read_case(row, with_body::yes);
  });
}

result<std::vector<case_event_row>> case_reader::events(case_id id, std::int64_t after, std::size_t limit) {
  return guarded<std::vector<case_event_row>>([&] {
    SQLite::Statement list{*db_,
                           "SELECT seq, at_ms, action, actor, value, department, body FROM case_event"
                           " WHERE case_id = ? AND seq > ? ORDER BY seq LIMIT ?"};
    execution row{list};
    return read_case_events(row.bind(id.value).bind(after).bind(limit_of(limit)));
  });
}

result<std::vector<case_row>> case_reader::of_conversation(conversation_id id, std::size_t limit) {
  return guarded<std::vector<case_row>>([&] {
    SQLite::Statement list{
        *db_, select_where(with_body::yes, " WHERE conversation = ? AND conversation <> 0 ORDER BY id DESC LIMIT ?")};
    execution row{list};
    row.bind(id.value).bind(limit_of(limit));
    return rows_of(row, with_body::yes);
  });
}

result<std::optional<case_applied>> case_reader::known(const case_act_key& key) {
  return guarded<std::optional<case_applied>>([&]() -> result<std::optional<case_applied>> {
    SQLite::Statement find{*db_, find_case_act};
    return read_known(find, key);
  });
}

result<visibility> case_reader::covered(case_id id, const row_scope& scope) {
  return guarded<visibility>([&] {
    case_query q;
    q.add("SELECT 1 FROM case_head c WHERE c.id = ? AND ").value(id.value).scope(scope);
    SQLite::Statement find{*db_, q.sql()};
    execution row{find};
    q.bind(row);
    return row.step() ? visibility::inside : visibility::outside;
  });
}

result<case_page> case_reader::list(const case_question& asked, case_cursor after, std::size_t limit) {
  return guarded<case_page>([&] {
    const bool by_due = is_by_due(asked.view);
    const auto detail = asked.detail == case_detail::body ? with_body::yes : with_body::no;
    case_query q;
    q.add(select_cases(detail)).add(" WHERE ").view(asked.view, asked).add(" AND ").scope(asked.scope);
    q.filters(asked);
    if (after.id) {
      q.add(by_due ? " AND (c.red_ms, c.id) > (?, ?)" : " AND (c.changed_ms, c.id) < (?, ?)")
          .value(after.key)
          .value(after.id.value);
    }
    q.add(by_due ? " ORDER BY c.red_ms, c.id LIMIT ?" : " ORDER BY c.changed_ms DESC, c.id DESC LIMIT ?");
    q.value(limit_of(limit) + 1);
    SQLite::Statement list{*db_, q.sql()};
    execution row{list};
    q.bind(row);
    case_page page{rows_of(row, detail), {}};
    if (page.cases.size() > limit) {
      page.cases.pop_back();
      const auto& last = page.cases.back();
      page.next = {by_due ? or_never(last.red) : last.changed.value, last.id};
    }
    return page;
  });
}

result<case_counts> case_reader::counts(const case_question& asked) {
  return guarded<case_counts>([&] {
    // Of what is open, the scope is asked once for each case and every view after it.
    case_query q;
    q.add("SELECT 0");
    for (std::size_t i = 0; i < case_view_count; ++i) {
      const auto view = static_cast<case_view>(i);
      if (is_by_due(view)) q.add(", count(*) FILTER (WHERE ").view(view, asked).add(")");
    }
    q.add(" FROM case_head c WHERE c.closed_ms = 0 AND ").scope(asked.scope).filters(asked);
    SQLite::Statement count{*db_, q.sql()};
    execution row{count};
    q.bind(row);
    row.step();
    case_counts out{};
    for (std::size_t i = 0, column = 1; i < case_view_count; ++i) {
      if (is_by_due(static_cast<case_view>(i))) out[i] = row.integer(static_cast<int>(column++));
    }
    return out;
  });
}

result<case_figures> case_reader::figures(const figures_question& q) {
  return guarded<case_figures>([&] { return read_figures(*db_, q); });
}

result<std::vector<case_row>> case_reader::due_alarms(unix_ms now, case_cursor after, std::size_t limit) {
  return guarded<std::vector<case_row>>([&] {
    SQLite::Statement list{*db_, select_where(with_body::yes,
                                              " WHERE alarm_ms <> 0 AND alarm_ms <= ? AND (alarm_ms, id) > (?, ?)"
                                              " ORDER BY alarm_ms, id LIMIT ?")};
    execution row{list};
    row.bind(now.value).bind(after.key).bind(after.id.value).bind(limit_of(limit));
    return rows_of(row, with_body::yes);
  });
}

result<std::vector<case_row>> case_reader::counted_otherwise(std::string_view calendar, case_id after,
                                                             std::size_t limit) {
  return guarded<std::vector<case_row>>([&] {
    const std::string version{calendar};
    SQLite::Statement list{
        *db_, select_where(with_body::yes, " WHERE id > ? AND calendar <> '' AND calendar <> ? ORDER BY id LIMIT ?")};
    execution row{list};
    row.bind(after.value).bind(version).bind(limit_of(limit));
    return rows_of(row, with_body::yes);
  });
}

result<std::vector<case_word>> case_reader::unsaid_words(std::size_t limit) {
  return guarded<std::vector<case_word>>([&] {
    SQLite::Statement list{*db_,
                           "SELECT w.uuid, w.case_id, c.number, w.conversation, w.text FROM case_word w"
                           " JOIN case_head c ON c.id = w.case_id WHERE w.said_ms = 0 ORDER BY w.id LIMIT ?"};
    execution row{list};
    row.bind(limit_of(limit));
    std::vector<case_word> found;
    while (row.step()) found.push_back({row.text(0), {row.integer(1)}, row.text(2), {row.integer(3)}, row.text(4)});
    return found;
  });
}

result<std::string> case_reader::last_number(std::string_view beginning) {
  return guarded<std::string>([&] {
    const std::string from{beginning};
    const std::string to = from + "~";  // greater than every digit and hyphen
    SQLite::Statement find{
        *db_, "SELECT number FROM case_head WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT 1"};
    execution row{find};
    return row.bind(from).bind(to).step() ? row.text(0) : std::string{};
  });
}

result<std::vector<load_row>> case_reader::loads() {
  return guarded<std::vector<load_row>>([&] {
    SQLite::Statement list{*db_,
                           "SELECT handler, count(*) FROM case_head WHERE closed_ms = 0 AND handler <> 0"
                           " GROUP BY handler ORDER BY handler"};
    execution row{list};
    std::vector<load_row> found;
    while (row.step()) found.push_back({{row.integer(0)}, row.integer(1)});
    return found;
  });
}

result<std::vector<competence_row>> case_reader::competences() {
  return guarded<std::vector<competence_row>>([&] {
    SQLite::Statement list{
        *db_, "SELECT matter, region_prefix, department FROM case_competence ORDER BY matter, region_prefix"};
    execution row{list};
    std::vector<competence_row> found;
    while (row.step()) found.push_back({row.text(0), row.text(1), {row.integer(2)}});
    return found;
  });
}

result<std::vector<duty_row>> case_reader::duties() {
  return guarded<std::vector<duty_row>>([&] {
    SQLite::Statement list{*db_,
                           "SELECT staff, capacity, on_duty, languages, last_given_ms FROM case_duty ORDER BY staff"};
    execution row{list};
    std::vector<duty_row> found;
    while (row.step()) {
      found.push_back({{row.integer(0)},
                       row.integer(1),
                       row.integer(2) != 0,
                       static_cast<std::uint32_t>(row.integer(3)),
                       {row.integer(4)}});
    }
    return found;
  });
}

result<staff_id> case_reader::liaison_of(std::string_view enterprise) {
  return guarded<staff_id>([&] {
    const std::string wanted{enterprise};
    SQLite::Statement find{*db_, "SELECT staff FROM enterprise_liaison WHERE enterprise = ?"};
    execution row{find};
    return row.bind(wanted).step() ? staff_id{row.integer(0)} : staff_id{};
  });
}

}  // namespace zhuqi::storage::sqlite
