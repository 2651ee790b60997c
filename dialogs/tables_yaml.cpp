// The tables that dialogs share. Each document names its kind by its first key; what stands behind that key is only a name.
#include "dialogs/tables_yaml.hpp"

#include "dialogs/dialog_yaml.hpp"
#include "dialogs/understand.hpp"
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace zhuqi::dialogs {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int minutes_per_day = 24 * 60;

bool is_day(std::string_view text) {
  const auto day = values::date_from_canonical(text);
  return day && values::exists(*day);
}

template <class Table>
bool is_new(const yaml_findings& findings, source_mark where, const std::string& id, const Table& table) {
  const auto taken = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.id == id; });
  if (taken != table.end()) findings.add(where, rule::duplicate_id, {id, taken->file});
  return taken == table.end() && !id.empty();
}

/// "09:30" → 570; nothing for what is no time of the day.
std::optional<int> minutes_of(std::string_view s) {
  const auto digit = [&](std::size_t i) { return s[i] >= '0' && s[i] <= '9'; };
  if (s.size() != 5 || s[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int minutes = ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 + s[4] - '0';
  return s[3] < '6' && minutes <= minutes_per_day ? std::optional{minutes} : std::nullopt;
}

std::optional<office_hours::span> span_of(std::string_view s) {
  const std::size_t dash = s.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = minutes_of(s.substr(0, dash));
  const auto to = minutes_of(s.substr(dash + 1));
  if (!from || !to || *from >= *to) return std::nullopt;
  return office_hours::span{*from, *to};
}

/// "mon" or "mon-fri": the days from 0 (Monday); nothing for another word.
std::optional<std::pair<std::size_t, std::size_t>> days_of(std::string_view s) {
  const auto day = [](std::string_view name) {
    return static_cast<std::size_t>(std::find(weekdays.begin(), weekdays.end(), name) - weekdays.begin());
  };
  const std::size_t dash = s.find('-');
  const std::size_t first = day(s.substr(0, dash));
  const std::size_t last = dash == std::string_view::npos ? first : day(s.substr(dash + 1));
  if (last >= weekdays.size() || first > last) return std::nullopt;
  return std::pair{first, last};
}

std::vector<std::string> read_days(const yaml_findings& findings, const yaml_fields& f, std::string_view key) {
  std::vector<std::string> out = f.texts(key);
  for (const std::string& day : out) {
    if (!is_day(day)) findings.add(f.raw(key)->where, rule::bad_value, {std::string{key}, day, "2026-10-01"});
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<service::field> read_service_fields(const yaml_findings& findings, const yaml_fields& f,
                                                std::string_view key) {
  std::vector<service::field> out;
  const yaml_node* fields = f.mapping(key);
  if (fields == nullptr) return out;
  for (const auto& [name, type] : fields->pairs) {
    const std::string id = checked_id(findings, name);
    if (id.empty()) continue;
    // `args: {amount: money}` is short for `{amount: {type: money}}`.
    yaml_node written = type;
    if (type.what == yaml_node::kind::scalar) {
      written = {yaml_node::kind::mapping, type.where, {}, {}, {}};
      written.pairs.push_back({{yaml_node::kind::scalar, type.where, "type", {}, {}}, type});
    }
    out.push_back({id, read_type(findings, written, id, {})});
  }
  return out;
}

}  // namespace

void read_parameters(const yaml_findings& findings, const yaml_node& root, std::vector<parameter>& into) {
  for (const auto& [key, value] : root.pairs) {
    if (key.value == "parameters") continue;
    parameter p;
    p.id = checked_id(findings, key);
    p.file = findings.file;
    p.where = key.where;
    if (!is_new(findings, key.where, p.id, into)) continue;
    p.type = read_type(findings, value, p.id, {"values", "source"});
    const yaml_fields f{findings, value, p.id};
    if (!f.usable()) continue;
    f.require("values");
    p.source = f.text("source");
    if (const yaml_node* rows = f.list("values")) {
      for (const yaml_node& row : rows->items) {
        const yaml_fields r{findings, row, "values", {"from", "is"}};
        if (!r.usable()) continue;
        r.require("from");
        r.require("is");
        const std::string from = r.text("from");
        const bool later = p.values.empty() || p.values.back().from < from;
        if (!is_day(from) || !later)
          findings.add(row.where, rule::bad_value, {"from", from, "2024-01-01 < 2025-01-01"});
        const auto parsed = read_constant(p.type, r.text("is"));
        if (!parsed) findings.add(row.where, rule::bad_value, {"is", r.text("is"), std::string{type_name_of(p.type)}});
        p.values.push_back({from, parsed.value_or(std::string{})});
      }
    }
    into.push_back(std::move(p));
  }
}

void read_services(const yaml_findings& findings, const yaml_node& root, std::vector<service>& into) {
  for (const auto& [key, value] : root.pairs) {
    if (key.value == "services") continue;
    service s;
    s.id = checked_id(findings, key);
    s.file = findings.file;
    s.where = key.where;
    if (!is_new(findings, key.where, s.id, into)) continue;
    const yaml_fields f{findings, value, s.id, {"args", "returns", "timeout", "once"}};
    if (!f.usable()) continue;
    s.args = read_service_fields(findings, f, "args");
    s.returns = read_service_fields(findings, f, "returns");
    f.require("timeout");
    s.timeout_ms = f.duration("timeout").value_or(s.timeout_ms);
    s.once = f.flag("once");
    into.push_back(std::move(s));
  }
}

void read_hours(const yaml_findings& findings, const yaml_node& root, office_hours& into) {
  const yaml_fields f{findings, root, "hours", {"hours", "utc_offset", "week", "holidays", "workdays"}};
  if (into.known) {
    findings.add(root.where, rule::duplicate_id, {"hours", findings.file});
    return;
  }
  into.known = true;
  f.require("utc_offset");
  f.require("week");
  const std::string offset = f.text("utc_offset");
  const auto minutes = offset.size() == 6 ? minutes_of(std::string_view{offset}.substr(1)) : std::nullopt;
  if (minutes && *minutes <= 14 * 60 && (offset[0] == '+' || offset[0] == '-')) {
    into.utc_offset_min = offset[0] == '-' ? -*minutes : *minutes;
  } else if (f.has("utc_offset")) {
    findings.add(f.raw("utc_offset")->where, rule::bad_value, {"utc_offset", offset, "+08:00"});
  }
  if (const yaml_node* week = f.mapping("week")) {
    const yaml_fields days{findings, *week, "week"};
    for (const auto& [name, _] : week->pairs) {
      const auto range = days_of(name.value);
      if (!range) {
        findings.add(name.where, rule::bad_value, {"week", name.value, "mon, sat-sun, mon-fri"});
        continue;
      }
      for (const std::string& text : days.texts(name.value)) {
        const auto span = span_of(text);
        if (!span) findings.add(name.where, rule::bad_value, {name.value, text, "09:00-12:00"});
        for (std::size_t d = range->first; span && d <= range->second; ++d) into.week[d].push_back(*span);
      }
    }
  }
  for (auto& day : into.week) {
    std::sort(day.begin(), day.end(), [](const auto& a, const auto& b) { return a.from_min < b.from_min; });
  }
  into.holidays = read_days(findings, f, "holidays");
  into.workdays = read_days(findings, f, "workdays");
}

void read_faq(const yaml_findings& findings, const yaml_node& root, std::vector<faq_entry>& into) {
  const yaml_fields f{findings, root, "faq", {"faq", "entries"}};
  f.require("entries");
  const yaml_node* rows = f.list("entries");
  if (rows == nullptr) return;
  for (const yaml_node& row : rows->items) {
    const yaml_fields r{findings, row, "entries", {"id", "ask", "say", "cite"}};
    if (!r.usable()) continue;
    for (std::string_view key : {"id", "ask", "say"}) r.require(key);
    faq_entry e;
    e.id = r.id("id");
    e.questions = r.texts("ask");
    e.answer = r.sentence("say");
    e.cite = r.text("cite");
    e.file = findings.file;
    e.where = row.where;
    if (is_new(findings, row.where, e.id, into)) into.push_back(std::move(e));
  }
}

}  // namespace zhuqi::dialogs
