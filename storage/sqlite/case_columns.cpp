#include "storage/sqlite/case_columns.hpp"

namespace zhuqi::storage::sqlite {

execution& bind_moving(execution& e, const case_row& r) {
  return e.bind(r.seq)
      .bind(r.last_actor)
      .bind(r.calendar)
      .bind(r.state)
      .bind(r.track)
      .bind(r.outcome)
      .bind(r.grade)
      .bind(r.alarm_title)
      .bind(r.lead_department.value)
      .bind(r.lead_region.value)
      .bind(r.handler.value)
      .bind(r.level)
      .bind(r.redos)
      .bind(std::int64_t{r.supervised})
      .bind(std::int64_t{r.disputed})
      .bind(r.changed.value)
      .bind(r.closed.value)
      .bind(r.due.value)
      .bind(r.unit_due.value)
      .bind(r.contact_due.value)
      .bind(or_never(r.blue))
      .bind(or_never(r.yellow))
      .bind(or_never(r.orange))
      .bind(or_never(r.red))
      .bind(r.alarm.value);
}

case_row read_case(const execution& row, with_body body) {
  case_row r;
  int at = 0;
  const auto number = [&] { return row.integer(at++); };
  const auto text = [&] { return row.text(at++); };
  r.id = {number()};
  r.number = text();
  r.conversation = {number()};
  r.title = text();
  r.enterprise = text();
  r.company = text();
  r.contact = text();
  r.source = text();
  r.matter = text();
  r.region = {number()};
  r.opened = {number()};
  r.seq = number();
  r.last_actor = text();
  r.calendar = text();
  r.state = text();
  r.track = text();
  r.outcome = text();
  r.grade = text();
  r.alarm_title = text();
  r.lead_department = {number()};
  r.lead_region = {number()};
  r.handler = {number()};
  r.level = number();
  r.redos = number();
  r.supervised = number() != 0;
  r.disputed = number() != 0;
  r.changed = {number()};
  r.closed = {number()};
  r.due = {number()};
  r.unit_due = {number()};
  r.contact_due = {number()};
  r.blue = or_zero(number());
  r.yellow = or_zero(number());
  r.orange = or_zero(number());
  r.red = or_zero(number());
  r.alarm = {number()};
  if (body == with_body::yes) r.body = text();
  return r;
}

std::vector<case_event_row> read_case_events(execution& row) {
  std::vector<case_event_row> found;
  while (row.step()) {
    found.push_back(
        {row.integer(0), {row.integer(1)}, row.text(2), row.text(3), row.integer(4), {row.integer(5)}, row.text(6)});
  }
  return found;
}

result<std::optional<case_applied>> read_known(SQLite::Statement& find, const case_act_key& key) {
  execution row{find};
  if (!row.bind_blob(key.id.data(), key.id.size()).step()) return std::optional<case_applied>{};
  const std::string_view asked{reinterpret_cast<const char*>(key.content.data()), key.content.size()};
  if (row.text(0) != asked) return make_error_code(errc::malformed);
  return std::optional{case_applied{{row.integer(1)}, row.integer(2), true}};
}

const char* select_cases(with_body body) {
  return body == with_body::yes ? "SELECT id, " ZHUQI_CASE_FIXED ", " ZHUQI_CASE_MOVING
                                  ", b.body FROM case_head c JOIN case_body b ON b.case_id = c.id"
                                : "SELECT id, " ZHUQI_CASE_FIXED ", " ZHUQI_CASE_MOVING " FROM case_head c";
}

}  // namespace zhuqi::storage::sqlite
