// Writing and reading the stored form. A member that is empty is not written, so that a release which adds one leaves the
// bytes (and so the version) of older scripts as they are.
#include "dialogs/script_json.hpp"

#include "bot/base/json.hpp"
#include "dialogs/script.hpp"

#include <limits>

namespace zhuqi::dialogs {
namespace {

constexpr std::string_view format_name = "dz/1";
constexpr std::size_t max_canonical_bytes = 16 * 1024 * 1024;

// --- writing ---

void put(json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

void put(json& object, const char* key, const localized& value) {
  for (lang l : all_langs) {
    if (!value.in(l).empty()) object[key][std::string{tag(l)}] = value.in(l).source();
  }
}

void put(json& object, const char* key, const std::vector<std::string>& values) {
  if (!values.empty()) object[key] = values;
}

void put(json& object, const char* key, const std::vector<branch>& branches) {
  for (const branch& b : branches) {
    json row{{"to", b.to}};
    if (b.guard) row["if"] = b.guard->source();
    object[key].push_back(std::move(row));
  }
}

json type_json(const text_type& t) { return {{"type", "text"}, {"min", t.min_chars}, {"max", t.max_chars}}; }
json type_json(const yes_no_type&) { return {{"type", "bool"}}; }
json type_json(const phone_type&) { return {{"type", "phone"}}; }
json type_json(const uscc_type&) { return {{"type", "uscc"}}; }
json type_json(const choice_type& t) {
  json out{{"type", "choice"}, {"of", json::array()}};
  for (const choice_option& o : t.options) {
    json row{{"id", o.id}};
    put(row, "label", o.label);
    put(row, "aliases", o.aliases);
    out["of"].push_back(std::move(row));
  }
  return out;
}

json node_json(const ask_node& n) {
  json out{{"kind", "ask"}, {"into", n.into}, {"tries", n.tries}, {"on_fail", n.on_fail}};
  put(out, "ask", n.prompt);
  put(out, "why", n.why);
  for (const localized& r : n.retry) {
    json row = json::object();
    put(row, "text", r);
    out["retry"].push_back(std::move(row));
  }
  put(out, "next", n.next);
  return out;
}

json node_json(const say_node& n) {
  json out{{"kind", "say"}};
  put(out, "say", n.text);
  put(out, "next", n.next);
  return out;
}

json node_json(const call_node& n) {
  json out{{"kind", "call"}, {"call", n.dialog}};
  put(out, "say", n.say);
  put(out, "next", n.next);
  put(out, "end", n.outcome);
  return out;
}

json node_json(const handoff_node& n) {
  json out{{"kind", "handoff"}, {"queue", n.queue}, {"end", n.outcome}};
  put(out, "say", n.say);
  put(out, "note", n.note);
  return out;
}

json node_json(const end_node& n) {
  json out{{"kind", "end"}, {"end", n.outcome}};
  put(out, "say", n.say);
  if (n.keep == keeping::profile) out["save"] = "profile";
  return out;
}

json dialog_json(const dialog& d) {
  json out{
      {"id", d.id}, {"start", d.start}, {"outcomes", d.outcomes}, {"vars", json::array()}, {"states", json::array()}};
  put(out, "title", d.title);
  put(out, "on_human", d.on_human);
  put(out, "on_expire", d.on_expire);
  if (d.expire_ms != 0) out["expire_ms"] = d.expire_ms;
  if (!d.remind_ms.empty()) out["remind_ms"] = d.remind_ms;
  for (const variable& v : d.vars) {
    json row = std::visit([](const auto& t) { return type_json(t); }, v.type);
    row["id"] = v.id;
    put(row, "label", v.label);
    put(row, "slot", v.slot);
    out["vars"].push_back(std::move(row));
  }
  for (const own_interrupt& i : d.interrupts) {
    json row{{"when", i.words}};
    put(row, "say", i.say);
    put(row, "to", i.to);
    out["interrupts"].push_back(std::move(row));
  }
  for (const state& s : d.states) {
    json row = std::visit([](const auto& n) { return node_json(n); }, s.what);
    row["id"] = s.id;
    out["states"].push_back(std::move(row));
  }
  return out;
}

// --- reading: any surprise makes the whole malformed ---

class json_reader {
 public:
  bool good = true;

  const json& member(const json& object, const char* key) {
    static const json nothing;
    if (!object.is_object()) return spoil(nothing);
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
  }

  std::string text(const json& object, const char* key) {
    const json& v = member(object, key);
    if (v.is_null()) return {};
    if (!v.is_string()) return spoil(std::string{});
    return v.get<std::string>();
  }

  std::int64_t number(const json& object, const char* key) {
    const json& v = member(object, key);
    if (v.is_null()) return 0;
    if (!v.is_number_integer()) return spoil(std::int64_t{0});
    return v.get<std::int64_t>();
  }

  int small(const json& object, const char* key) {
    const std::int64_t v = number(object, key);
    if (v < 0 || v > std::numeric_limits<int>::max()) return spoil(0);
    return static_cast<int>(v);
  }

  std::vector<std::string> texts(const json& object, const char* key) {
    std::vector<std::string> out;
    for (const json& v : rows(object, key)) out.push_back(v.is_string() ? v.get<std::string>() : spoil(std::string{}));
    return out;
  }

  const json& rows(const json& object, const char* key) {
    static const json none = json::array();
    const json& v = member(object, key);
    if (v.is_null()) return none;
    return v.is_array() ? v : spoil(none);
  }

  localized translated(const json& object, const char* key) {
    localized out;
    const json& v = member(object, key);
    if (v.is_null()) return out;
    if (!v.is_object()) return spoil(out);
    for (const auto& [name, value] : v.items()) {
      const auto l = lang_from_tag(name);
      auto parsed = value.is_string() ? text_template::parse(value.get_ref<const std::string&>()) : std::nullopt;
      if (!l || !parsed) return spoil(out);
      out.in(*l) = std::move(*parsed);
    }
    return out;
  }

  std::vector<branch> branches(const json& object, const char* key) {
    std::vector<branch> out;
    for (const json& row : rows(object, key)) {
      branch b;
      b.to = text(row, "to");
      if (const std::string guard = text(row, "if"); !guard.empty()) {
        expression::parse_error error;
        b.guard = expression::parse(guard, error);
        good = good && b.guard.has_value();
      }
      out.push_back(std::move(b));
    }
    return out;
  }

  variable read_variable(const json& row) {
    variable v{text(row, "id"), yes_no_type{}, translated(row, "label"), text(row, "slot"), {}};
    const std::string type = text(row, "type");
    if (type == "text") {
      v.type = text_type{small(row, "min"), small(row, "max")};
    } else if (type == "phone") {
      v.type = phone_type{};
    } else if (type == "uscc") {
      v.type = uscc_type{};
    } else if (type == "choice") {
      choice_type c;
      for (const json& o : rows(row, "of"))
        c.options.push_back({text(o, "id"), translated(o, "label"), texts(o, "aliases"), {}});
      v.type = std::move(c);
    } else if (type != "bool") {
      good = false;
    }
    return v;
  }

  state read_state(const json& row) {
    state s{text(row, "id"), end_node{}, {}};
    const std::string kind = text(row, "kind");
    if (kind == "ask") {
      ask_node n;
      n.into = text(row, "into");
      n.prompt = translated(row, "ask");
      n.why = translated(row, "why");
      n.tries = small(row, "tries");
      n.on_fail = text(row, "on_fail");
      n.next = branches(row, "next");
      for (const json& r : rows(row, "retry")) n.retry.push_back(translated(r, "text"));
      s.what = std::move(n);
    } else if (kind == "say") {
      s.what = say_node{translated(row, "say"), branches(row, "next")};
    } else if (kind == "call") {
      s.what = call_node{translated(row, "say"), text(row, "call"), branches(row, "next"), text(row, "end")};
    } else if (kind == "handoff") {
      s.what = handoff_node{translated(row, "say"), text(row, "queue"), translated(row, "note"), text(row, "end")};
    } else if (kind == "end") {
      const keeping keep = text(row, "save") == "profile" ? keeping::profile : keeping::nothing;
      s.what = end_node{translated(row, "say"), text(row, "end"), keep};
    } else {
      good = false;
    }
    return s;
  }

  dialog read_dialog(const json& row) {
    dialog d;
    d.id = text(row, "id");
    d.title = translated(row, "title");
    d.start = text(row, "start");
    d.outcomes = texts(row, "outcomes");
    d.on_human = text(row, "on_human");
    d.on_expire = text(row, "on_expire");
    d.expire_ms = number(row, "expire_ms");
    for (const json& v : rows(row, "remind_ms"))
      d.remind_ms.push_back(v.is_number_integer() ? v.get<std::int64_t>() : spoil(0));
    for (const json& v : rows(row, "vars")) d.vars.push_back(read_variable(v));
    for (const json& i : rows(row, "interrupts")) {
      own_interrupt own;
      own.words = texts(i, "when");
      own.say = translated(i, "say");
      own.to = text(i, "to");
      d.interrupts.push_back(std::move(own));
    }
    for (const json& s : rows(row, "states")) d.states.push_back(read_state(s));
    return d;
  }

  system_script read_system(const json& row) {
    system_script out;
    out.queue = text(row, "queue");
    const json& all = member(row, "texts");
    const json& words = member(row, "words");
    for (std::size_t i = 0; i < out.texts.size(); ++i) {
      out.texts[i] = translated(all, std::string{system_text_name(static_cast<system_text>(i))}.c_str());
    }
    for (std::size_t i = 0; i < out.words.size(); ++i) {
      out.words[i] = texts(words, std::string{interrupt_name(static_cast<interrupt>(i))}.c_str());
    }
    return out;
  }

 private:
  template <class T>
  T&& spoil(T&& instead) {
    good = false;
    return std::forward<T>(instead);
  }
  template <class T>
  const T& spoil(const T& instead) {
    good = false;
    return instead;
  }
};

}  // namespace

std::string canonical_json(const script_source& source) {
  json out{
      {"format", format_name}, {"dialogs", json::array()}, {"languages", json::array()}, {"system", json::object()}};
  for (const dialog& d : source.dialogs) out["dialogs"].push_back(dialog_json(d));
  for (lang l : source.languages) out["languages"].push_back(tag(l));
  json& system = out["system"];
  put(system, "queue", source.system.queue);
  system["texts"] = json::object();
  system["words"] = json::object();
  for (std::size_t i = 0; i < source.system.texts.size(); ++i) {
    put(system["texts"], std::string{system_text_name(static_cast<system_text>(i))}.c_str(), source.system.texts[i]);
  }
  for (std::size_t i = 0; i < source.system.words.size(); ++i) {
    put(system["words"], std::string{interrupt_name(static_cast<interrupt>(i))}.c_str(), source.system.words[i]);
  }
  return dump_json(out);
}

result<script_source> script_from_json(std::string_view canonical) {
  const auto parsed = parse_json(canonical, max_canonical_bytes);
  if (!parsed) return parsed.error();
  json_reader in;
  script_source out;
  if (in.text(*parsed, "format") != format_name) return errc::malformed;
  out.languages.clear();
  for (const std::string& name : in.texts(*parsed, "languages")) {
    const auto l = lang_from_tag(name);
    if (!l) return errc::malformed;
    out.languages.push_back(*l);
  }
  for (const json& d : in.rows(*parsed, "dialogs")) out.dialogs.push_back(in.read_dialog(d));
  out.system = in.read_system(in.member(*parsed, "system"));
  if (!in.good || out.languages.empty() || out.languages.front() != lang::zh_cn) return errc::malformed;
  return out;
}

}  // namespace zhuqi::dialogs
