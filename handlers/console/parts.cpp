#include "handlers/console/parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace zhuqi::console {

std::optional<std::size_t> page_limit(const call& c) {
  const auto given = c.query("limit");
  if (!given) return 50;
  std::size_t n = 0;
  const auto [rest, ec] = std::from_chars(given->data(), given->data() + given->size(), n);
  if (ec != std::errc{} || rest != given->data() + given->size() || n == 0 || n > limits::page_rows)
    return std::nullopt;
  return n;
}

namespace {

using storage::case_figure;
constexpr std::array<std::pair<std::string_view, case_figure>, 9> figures{{{"opened", case_figure::opened},
                                                                           {"closed", case_figure::closed},
                                                                           {"open_now", case_figure::open_now},
                                                                           {"overdue", case_figure::overdue_now},
                                                                           {"dispatched", case_figure::dispatched},
                                                                           {"response", case_figure::response},
                                                                           {"solved", case_figure::solved},
                                                                           {"satisfied", case_figure::satisfied},
                                                                           {"coverage", case_figure::coverage}}};

}  // namespace

std::vector<field> case_filters() {
  using enum field_kind;
  constexpr auto optional = presence::optional;
  return {{"state", field_kind::text, optional},
          {"q", field_kind::text, optional},
          {"matter", field_kind::text, optional},
          {"department", row_id, optional},
          {"from", number, optional},
          {"to", number, optional},
          {"figure", field_kind::text, optional, 20},
          {"part", field_kind::text, optional, 4},
          {"as_of", number, optional}};
}

std::optional<storage::case_question> case_question_of(office& o, const call& c, staff::permission p) {
  const auto& me = c.who().person;
  storage::case_question q;
  q.scope = staff::scope_of(me, p);
  q.who = {me.id, me.roles, me.department, me.region};
  q.now = o.time.now();
  q.state = c.query("state").value_or("");
  q.text = c.query("q").value_or("");
  q.matter = c.query("matter").value_or("");
  q.department = {c.query_number("department")};
  q.from = {c.query_number("from")};
  q.to = {c.query_number("to")};
  if (const auto name = c.query("figure")) {
    const auto figure = std::ranges::find(figures, *name, &std::pair<std::string_view, case_figure>::first);
    if (figure == figures.end()) return std::nullopt;
    // The period and the department are the figure's then: of what happened, not of when the case was opened.
    q.counted = {figure->second,
                 c.query("part") == "good",
                 q.from,
                 q.to ? q.to : q.now + 1,
                 {c.query_number("as_of", q.now.value)},
                 q.department};
    q.from = q.to = {};
    q.department = {};
  }
  return q;
}

std::optional<page_cursor> cursor_in(const std::string& text) {
  page_cursor at;
  const auto* end = text.data() + text.size();
  const auto [dot, ec] = std::from_chars(text.data(), end, at.key);
  if (ec != std::errc{} || dot == end || *dot != '.') return std::nullopt;
  const auto [rest, ec2] = std::from_chars(dot + 1, end, at.id);
  return ec2 == std::errc{} && rest == end ? std::optional{at} : std::nullopt;
}

json cursor_json(const page_cursor& next) { return std::to_string(next.key) + "." + std::to_string(next.id); }

json case_cursor_json(const storage::case_cursor& next) {
  return next.id ? cursor_json({next.key, next.id.value}) : json();
}

json person_json(office& o, staff_id id) {
  const auto* row = o.people.find(id);
  if (row == nullptr) return nullptr;
  return {{"id", std::to_string(id.value)}, {"name", row->display_name}};
}

std::optional<std::string_view> why_no_revisit(office& o, const call& c) {
  constexpr std::int64_t window_ms = std::chrono::milliseconds{limits::call_back_window}.count();
  const auto& thread = c.thread().thread;
  if (!thread || !thread->revisit || o.time.now() - thread->revisit > window_ms) {
    return c.english() ? "Nobody has to be asked about this conversation, or somebody was already."
                       : "这次会话不需要回访，或者已经回访过。";
  }
  if (std::ranges::find(thread->served, c.who().person.id) != thread->served.end()) {
    return c.english() ? "Somebody who did not serve this conversation has to call back."
                       : "回访要由没有接办过这次会话的人进行。";
  }
  return std::nullopt;
}

json note_json(office& o, const storage::note& n) {
  json to = json::array();
  for (const staff_id id : n.to) to.push_back(person_json(o, id));
  return {{"id", std::to_string(n.id)},
          {"at", n.at.value},
          {"by", person_json(o, n.author)},
          {"text", n.text},
          {"to", std::move(to)},
          {"whisper", n.meant_for == storage::audience::whispered}};
}

bool sees(office& o, const staff::person& who, const storage::note& n, const staff::target& thread) {
  if (n.meant_for == storage::audience::colleagues || n.author == who.id) return true;
  if (std::ranges::find(n.to, who.id) != n.to.end()) return true;
  return may(who, staff::permission::thread_whisper, thread, o.people.where());
}

}  // namespace zhuqi::console
