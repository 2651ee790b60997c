// One list of members for each struct serves writing and reading, so that the two cannot drift apart. What is empty
// or zero is left out; a name of an enum never is, so that no order of an enum has a meaning in stored bytes. What is
// read must give the same bytes when it is written again: that refuses every other form.
#include "dialogs/casework/case_json.hpp"

#include "bot/base/json.hpp"

#include <limits>
#include <type_traits>

namespace zhuqi::dialogs::casework {
namespace {

template <class A>
void members(A& a, unit& u) {
  a("department", u.department);
  a("region", u.region);
}
template <class A>
void members(A& a, actor& x) {
  a("as", x.as);
  a("department", x.department);
  a("id", x.id);
  a("region", x.region);
}
template <class A>
void members(A& a, time_limit& t) {
  a("amount", t.amount);
  a("unit", t.unit);
}
template <class A>
void members(A& a, case_clock& c) {
  a("alarms", c.alarms);
  a("base", c.base);
  a("calendar", c.calendar);
  a("department", c.department);
  a("due", c.due);
  a("ended", c.ended);
  a("kind", c.kind);
  a("limits", c.limits);
  a("provisional_year", c.provisional_year);
  a("started", c.started);
  a("status", c.status);
}
template <class A>
void members(A& a, custody& c) {
  a("by", c.by);
  a("holder", c.holder);
  a("how", c.how);
  a("since", c.since);
}
template <class A>
void members(A& a, assist& x) {
  a("answer", x.answer);
  a("asked", x.asked);
  a("from", x.from);
  a("status", x.status);
  a("task", x.task);
}
template <class A>
void members(A& a, extension_request& x) {
  a("by", x.by);
  a("days", x.days);
  a("reason", x.reason);
  a("text", x.text);
}
template <class A>
void members(A& a, opening& o) {
  a("dishonest", o.dishonest);
  a("enterprise", o.enterprise);
  a("intake", o.intake);
  a("language", o.language);
  a("matter", o.matter);
  a("number", o.number);
  a("region", o.region);
  a("summary", o.summary);
}
template <class A>
void members(A& a, act_fields& f) {
  a("basis", f.basis);
  a("clock", f.clock);
  a("days", f.days);
  a("grade", f.grade);
  a("ground", f.ground);
  a("how_hard", f.how_hard);
  a("on", f.on);
  a("reason", f.reason);
  a("staff", f.staff);
  a("text", f.text);
  a("to", f.to);
  a("until", f.until);
}
template <class A>
void members(A& a, clock_change& c) {
  a("clock", c.clock);
  a("op", c.op);
}
template <class A>
void members(A& a, case_event& e) {
  a("at", e.at);
  a("by", e.by);
  a("clocks", e.clocks);
  a("fields", e.fields);
  a("from", e.from);
  a("opened", e.opened);
  a("rules", e.rules);
  a("seq", e.seq);
  a("to", e.to);
  a("what", e.what);
}
template <class A>
void members(A& a, case_file& c) {
  a("assists", c.assists);
  a("chain", c.chain);
  a("changed", c.changed);
  a("clocks", c.clocks);
  a("disputed", c.disputed);
  a("draft_basis", c.draft_basis);
  a("draft_reply", c.draft_reply);
  a("drafted_by", c.drafted_by);
  a("extension", c.extension);
  a("extensions", c.extensions);
  a("grade", c.grade);
  a("ground", c.ground);
  a("handler", c.handler);
  a("how_hard", c.how_hard);
  a("lead", c.lead);
  a("level", c.level);
  a("on", c.on);
  a("opened", c.opened);
  a("outcome", c.outcome);
  a("redos", c.redos);
  a("reopened", c.reopened);
  a("returns", c.returns);
  a("seq", c.seq);
  a("signed_at", c.signed_at);
  a("state", c.state);
  a("supervised", c.supervised);
  a("supplements", c.supplements);
  a("transfers", c.transfers);
  a("urged", c.urged);
  a("urges", c.urges);
  a("what", c.what);
}

json written(const std::string& v) { return v; }
json written(bool v) { return v; }
json written(unix_ms v) { return v.value; }
json written(lang v) { return tag(v); }
template <class T>
json written(const T& v);
template <class T>
json written(const std::optional<T>& v);
template <class T>
json written(const std::vector<T>& all);

class writer {
 public:
  explicit writer(json& object) : object_{object} {}
  template <class T>
  void operator()(const char* key, T& value) {
    if (std::is_enum_v<T> || !(value == T{})) object_[key] = written(value);
  }

 private:
  json& object_;
};

template <class T>
json written(const T& v) {
  if constexpr (std::is_integral_v<T>) {
    return v;
  } else if constexpr (std::is_enum_v<T>) {
    return id_of(v);
  } else {
    json object = json::object();
    writer out{object};
    T copy = v;  // the list of members is shared with the reader, which has to write
    members(out, copy);
    return object;
  }
}
template <class T>
json written(const std::optional<T>& v) {
  return written(*v);
}
template <class T>
json written(const std::vector<T>& all) {
  json list = json::array();
  for (const T& one : all) list.push_back(written(one));
  return list;
}

bool read(const json& from, std::string& into) {
  if (!from.is_string()) return false;
  into = from.get_ref<const std::string&>();
  return true;
}
bool read(const json& from, bool& into) {
  into = from.is_boolean() && from.get<bool>();
  return from.is_boolean();
}
bool read(const json& from, lang& into) {
  const auto known = from.is_string() ? lang_from_tag(from.get_ref<const std::string&>()) : std::nullopt;
  into = known.value_or(into);
  return known.has_value();
}
bool read(const json& from, unix_ms& into) {
  if (!from.is_number_integer()) return false;
  into.value = from.get<std::int64_t>();
  return true;
}

template <class T>
bool read(const json& from, T& into);
template <class T>
bool read(const json& from, std::optional<T>& into) {
  return read(from, into.emplace());
}
template <class T>
bool read(const json& from, std::vector<T>& into) {
  if (!from.is_array()) return false;
  for (const json& one : from) {
    if (!read(one, into.emplace_back())) return false;
  }
  return true;
}

class reader {
 public:
  explicit reader(const json& object) : object_{object}, good_{object.is_object()} {}
  template <class T>
  void operator()(const char* key, T& value) {
    value = T{};
    if (!good_) return;
    const auto found = object_.find(key);
    good_ = found == object_.end() ? !std::is_enum_v<T> : read(*found, value);
  }
  bool good() const { return good_; }

 private:
  const json& object_;
  bool good_;
};

template <class T>
bool read(const json& from, T& into) {
  if constexpr (std::is_integral_v<T>) {
    const bool fits = from.is_number_integer() && from.get<std::int64_t>() >= std::numeric_limits<T>::min() &&
                      from.get<std::int64_t>() <= std::numeric_limits<T>::max();
    if (fits) into = from.get<T>();
    return fits;
  } else if constexpr (std::is_enum_v<T>) {
    const auto known = from.is_string() ? from_id<T>(from.get_ref<const std::string&>()) : std::nullopt;
    into = known.value_or(into);
    return known.has_value();
  } else {
    reader in{from};
    members(in, into);
    return in.good();
  }
}

template <class T>
result<T> whole(std::string_view bytes) {
  const auto parsed = parse_json(bytes, case_bytes);
  if (!parsed) return parsed.error();
  T out;
  if (!read(*parsed, out) || dump_json(written(out)) != bytes) return make_error_code(errc::malformed);
  return out;
}

}  // namespace

std::string serialize(const case_file& c) { return dump_json(written(c)); }
std::string serialize(const case_event& e) { return dump_json(written(e)); }

result<case_file> case_from_json(std::string_view bytes) { return whole<case_file>(bytes); }
result<case_event> event_from_json(std::string_view bytes) { return whole<case_event>(bytes); }

}  // namespace zhuqi::dialogs::casework
