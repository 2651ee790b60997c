// The stored form of a snapshot: canonical JSON, members that are empty or zero left out. Written at every turn by hand, read
// once per load through the checked parser.
#include "bot/base/json.hpp"
#include "dialogs/json_writer.hpp"
#include "dialogs/state.hpp"

#include <array>
#include <limits>

namespace zhuqi::dialogs {
namespace {

constexpr std::array<std::string_view, 4> talker_names{"bot", "queue", "human", "closed"};

void write(std::string& out, const frame& f) {
  json_object o{out};
  if (f.asides != 0) o.member("asides", std::int64_t{f.asides});
  if (f.attempt != 0) o.member("attempt", std::int64_t{f.attempt});
  o.member("dialog", std::string_view{f.dialog});
  o.member("state", std::string_view{f.state});
  if (!f.trail.empty()) {
    o.key("trail");
    char before = '[';
    for (const std::string& t : f.trail) {
      out += before;
      append_json(out, std::string_view{t});
      before = ',';
    }
    out += ']';
  }
  if (!f.vars.empty()) o.member("vars", f.vars);
}

void write(std::string& out, const pending_timer& t) {
  json_object o{out};
  o.member("due", t.due.value);
  o.member("name", std::string_view{t.name});
}

template <class Rows>
void write_rows(std::string& out, const Rows& rows) {
  char before = '[';
  for (const auto& row : rows) {
    out += before;
    write(out, row);
    before = ',';
  }
  out += ']';
}

// --- reading ---

bool read_text(const json& object, const char* key, std::string& into) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_string()) return false;
  into = found->get<std::string>();
  return true;
}

bool read_count(const json& object, const char* key, int& into) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_number_integer()) return false;
  const auto n = found->get<std::int64_t>();
  into = static_cast<int>(n);
  return n >= 0 && n <= std::numeric_limits<int>::max();
}

bool read_map(const json& object, const char* key, std::map<std::string, std::string>& into) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_object()) return false;
  for (const auto& [name, value] : found->items()) {
    if (!value.is_string()) return false;
    into.emplace(name, value.get<std::string>());
  }
  return true;
}

const json& rows_of(const json& object, const char* key) {
  static const json none = json::array();
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

bool read(const json& row, frame& f) {
  if (!row.is_object() || !read_text(row, "dialog", f.dialog) || !read_text(row, "state", f.state)) return false;
  if (!read_count(row, "attempt", f.attempt) || !read_count(row, "asides", f.asides)) return false;
  const json& trail = rows_of(row, "trail");
  if (!trail.is_array()) return false;
  for (const json& t : trail) {
    if (!t.is_string()) return false;
    f.trail.push_back(t.get<std::string>());
  }
  return read_map(row, "vars", f.vars);
}

bool read(const json& row, pending_timer& t) {
  if (!row.is_object() || !read_text(row, "name", t.name)) return false;
  const auto due = row.find("due");
  if (due == row.end() || !due->is_number_integer()) return false;
  t.due.value = due->get<std::int64_t>();
  return true;
}

template <class Row>
bool read_rows(const json& object, const char* key, std::vector<Row>& into) {
  const json& rows = rows_of(object, key);
  if (!rows.is_array()) return false;
  for (const json& row : rows) {
    if (!read(row, into.emplace_back())) return false;
  }
  return true;
}

bool read_owner(const json& object, talker& into) {
  std::string name;
  if (!read_text(object, "owner", name)) return false;
  for (std::size_t i = 0; i < talker_names.size(); ++i) {
    if (name == talker_names[i]) {
      into = static_cast<talker>(i);
      return true;
    }
  }
  return false;
}

}  // namespace

std::string serialize(const snapshot& s) {
  std::string out;
  out.reserve(512);
  {
    json_object o{out};
    o.member("language", tag(s.language));
    o.member("owner", talker_names[static_cast<std::size_t>(s.owner)]);
    if (!s.profile.empty()) o.member("profile", s.profile);
    if (!s.stack.empty()) write_rows(o.key("stack"), s.stack);
    if (!s.timers.empty()) write_rows(o.key("timers"), s.timers);
    o.member("version", std::string_view{s.version});
  }
  return out;
}

result<snapshot> deserialize(std::string_view bytes) {
  const auto parsed = parse_json(bytes, 2 * limits::snapshot_bytes);
  if (!parsed) return make_error_code(errc::malformed);
  snapshot s;
  std::string language;
  const json& o = *parsed;
  const bool good = o.is_object() && read_text(o, "version", s.version) && read_text(o, "language", language) &&
                    read_owner(o, s.owner) && read_map(o, "profile", s.profile) && read_rows(o, "stack", s.stack) &&
                    read_rows(o, "timers", s.timers);
  const auto l = lang_from_tag(language);
  if (!good || !l) return make_error_code(errc::malformed);
  s.language = *l;
  return s;
}

}  // namespace zhuqi::dialogs
