// The stored form of a snapshot: canonical JSON, members that are empty or zero left out. Written at every turn and read at
// every load of a conversation that is not in memory, both by hand: with a million conversations nearly every turn loads one,
// and a document tree in between cost three times the step itself.
#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/json_cursor.hpp"
#include "dialogs/json_writer.hpp"
#include "dialogs/state.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs {
namespace {

constexpr std::array<std::string_view, 4> talker_names{"bot", "queue", "human", "closed"};

using results_map = std::map<std::string, std::map<std::string, std::string>>;

void put(json_object& o, std::string_view key, const std::vector<std::string>& names) {
  if (!names.empty()) o.member(key, names);
}

void put(json_object& o, std::string_view key, const std::string& text) {
  if (!text.empty()) o.member(key, std::string_view{text});
}

void put(json_object& o, std::string& out, std::string_view key, const results_map& results) {
  if (results.empty()) return;
  o.key(key);
  json_object rows{out};
  for (const auto& [state, fields] : results) rows.member(state, fields);  // ids need no escaping
}

void write(std::string& out, const frame& f) {
  json_object o{out};
  if (f.asides != 0) o.member("asides", std::int64_t{f.asides});
  if (f.attempt != 0) o.member("attempt", std::int64_t{f.attempt});
  put(o, "awaits", f.awaits);
  if (f.confirming) o.member("confirming", std::int64_t{1});
  o.member("dialog", std::string_view{f.dialog});
  put(o, "exact", f.exact);
  put(o, "last_do", f.last_do);
  put(o, "outcome", f.outcome);
  put(o, "replay", f.replay);
  put(o, out, "results", f.results);
  o.member("state", std::string_view{f.state});
  put(o, "trail", f.trail);
  if (!f.vars.empty()) o.member("vars", f.vars);
}

void write(std::string& out, const parked_dialog& p) {
  json_object o{out};
  o.member("at", p.at.value);
  o.member("dialog", std::string_view{p.dialog});
  put(o, out, "results", p.results);
  put(o, "trail", p.trail);
  if (!p.types.empty()) o.member("types", p.types);
  if (!p.vars.empty()) o.member("vars", p.vars);
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

bool read(json_cursor& in, std::vector<std::string>& names) {
  return in.array([&] { return in.text(names.emplace_back()); });
}

bool read(json_cursor& in, results_map& results) {
  return in.object([&](std::string_view key) { return in.texts(results[std::string{key}]); });
}

bool read(json_cursor& in, frame& f) {
  return in.object([&](std::string_view key) {
    if (key == "asides") return in.count(f.asides);
    if (key == "attempt") return in.count(f.attempt);
    if (key == "awaits") return in.text(f.awaits);
    if (key == "confirming") {
      int yes = 0;
      f.confirming = in.count(yes) && yes == 1;
      return f.confirming;
    }
    if (key == "dialog") return in.text(f.dialog);
    if (key == "exact") return read(in, f.exact);
    if (key == "last_do") return in.text(f.last_do);
    if (key == "outcome") return in.text(f.outcome);
    if (key == "replay") return read(in, f.replay);
    if (key == "results") return read(in, f.results);
    if (key == "state") return in.text(f.state);
    if (key == "trail") return read(in, f.trail);
    return key == "vars" && in.texts(f.vars);
  });
}

bool read(json_cursor& in, parked_dialog& p) {
  return in.object([&](std::string_view key) {
    if (key == "at") return in.integer(p.at.value);
    if (key == "dialog") return in.text(p.dialog);
    if (key == "results") return read(in, p.results);
    if (key == "trail") return read(in, p.trail);
    if (key == "types") return in.texts(p.types);
    return key == "vars" && in.texts(p.vars);
  });
}

bool read(json_cursor& in, pending_timer& t) {
  bool due = false;
  const bool good = in.object([&](std::string_view key) {
    if (key == "due") return due = in.integer(t.due.value);
    return key == "name" && in.text(t.name);
  });
  return good && due;
}

bool read_owner(json_cursor& in, talker& into) {
  std::string name;
  if (!in.text(name)) return false;
  const auto found = std::find(talker_names.begin(), talker_names.end(), name);
  into = static_cast<talker>(found - talker_names.begin());
  return found != talker_names.end();
}

bool read_language(json_cursor& in, lang& into) {
  std::string name;
  if (!in.text(name)) return false;
  const auto known = lang_from_tag(name);
  into = known.value_or(into);
  return known.has_value();
}

}  // namespace

std::string serialize(const snapshot& s) {
  std::string out;
  out.reserve(512);
  {
    json_object o{out};
    if (s.calls != 0) o.member("calls", s.calls);
    if (s.grade_asked) o.member("grade_asked", s.grade_asked.value);
    if (!s.known_since.empty()) {
      o.key("known_since");
      json_object since{out};
      for (const auto& [slot, at] : s.known_since) since.member(slot, at.value);
    }
    o.member("language", tag(s.language));
    o.member("owner", talker_names[static_cast<std::size_t>(s.owner)]);
    if (!s.parked.empty()) write_rows(o.key("parked"), s.parked);
    if (!s.profile.empty()) o.member("profile", s.profile);
    if (!s.stack.empty()) write_rows(o.key("stack"), s.stack);
    if (!s.timers.empty()) write_rows(o.key("timers"), s.timers);
    o.member("version", std::string_view{s.version});
  }
  return out;
}

result<snapshot> deserialize(std::string_view bytes) {
  if (bytes.size() > 2 * limits::snapshot_bytes || !text::is_utf8(bytes)) return make_error_code(errc::malformed);
  snapshot s;
  bool owner = false;
  bool language = false;
  json_cursor in{bytes};
  const bool good = in.object([&](std::string_view key) {
    if (key == "calls") return in.integer(s.calls);
    if (key == "grade_asked") return in.integer(s.grade_asked.value);
    if (key == "known_since") {
      return in.object([&](std::string_view slot) { return in.integer(s.known_since[std::string{slot}].value); });
    }
    if (key == "language") return language = read_language(in, s.language);
    if (key == "owner") return owner = read_owner(in, s.owner);
    if (key == "parked") return in.array([&] { return read(in, s.parked.emplace_back()); });
    if (key == "profile") return in.texts(s.profile);
    if (key == "stack") return in.array([&] { return read(in, s.stack.emplace_back()); });
    if (key == "timers") return in.array([&] { return read(in, s.timers.emplace_back()); });
    return key == "version" && in.text(s.version);
  });
  if (!good || !owner || !language || !in.at_end()) return make_error_code(errc::malformed);
  return s;
}

}  // namespace zhuqi::dialogs
