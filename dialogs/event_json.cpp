// Writers are by hand (every turn writes at least two bodies); readers go through the checked parser (replay, outbox).
#include "dialogs/event_json.hpp"

#include "bot/base/json.hpp"
#include "dialogs/json_writer.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs {
namespace {

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

using view = std::string_view;

/// Members that must be strings; anything else spoils the whole.
class strings_of {
 public:
  explicit strings_of(const json& object) : object_{object}, good_{object.is_object()} {}

  std::string operator()(const char* key) {
    const auto found = good_ ? object_.find(key) : object_.end();
    if (!good_ || found == object_.end() || !found->is_string()) {
      good_ = false;
      return {};
    }
    return found->get<std::string>();
  }
  std::string optional(const char* key) { return good_ && object_.contains(key) ? (*this)(key) : std::string{}; }
  /// 0 where it is missing.
  std::int64_t number(const char* key) {
    const auto found = good_ ? object_.find(key) : object_.end();
    if (!good_ || found == object_.end()) return 0;
    good_ = found->is_number_integer();
    return good_ ? found->get<std::int64_t>() : 0;
  }
  std::vector<std::string> list(const char* key) {
    std::vector<std::string> out;
    const auto found = good_ ? object_.find(key) : object_.end();
    if (!good_ || found == object_.end()) return out;
    good_ = found->is_array();
    for (const json& v : *found) {
      good_ = good_ && v.is_string();
      if (good_) out.push_back(v.get<std::string>());
    }
    return out;
  }
  std::map<std::string, std::string> map(const char* key) {
    std::map<std::string, std::string> out;
    const auto found = good_ ? object_.find(key) : object_.end();
    good_ = good_ && found != object_.end() && found->is_object();
    if (!good_) return out;
    for (const auto& [name, value] : found->items()) {
      good_ = good_ && value.is_string();
      if (good_) out.emplace(name, value.get<std::string>());
    }
    return out;
  }
  bool good() const { return good_; }

 private:
  const json& object_;
  bool good_;
};

constexpr std::array<view, 6> act_names{"take", "transfer", "release", "hand_back", "close", "accept"};

std::optional<event::official::act> act_from_name(view name) {
  const auto found = std::find(act_names.begin(), act_names.end(), name);
  if (found == act_names.end()) return std::nullopt;
  return static_cast<event::official::act>(found - act_names.begin());
}

constexpr std::array<view, 3> revisit_names{"reached", "unreachable", "declined"};

}  // namespace

std::string_view name_of(event::revisited::outcome o) { return revisit_names[static_cast<std::size_t>(o)]; }
std::optional<event::revisited::outcome> revisit_named(std::string_view name) {
  const auto found = std::find(revisit_names.begin(), revisit_names.end(), name);
  if (found == revisit_names.end()) return std::nullopt;
  return static_cast<event::revisited::outcome>(found - revisit_names.begin());
}

std::string_view name_of(event::official::act a) { return act_names[static_cast<std::size_t>(a)]; }

std::string_view event_kind(const any_event& e) {
  return std::visit(overloaded{[](const event::text&) -> view { return "user.text"; },
                               [](const event::media&) -> view { return "user.media"; },
                               [](const event::entered&) -> view { return "user.entered"; },
                               [](const event::left&) -> view { return "user.left"; },
                               [](const event::menu&) -> view { return "user.menu"; },
                               [](const event::timer&) -> view { return "timer"; },
                               [](const event::notice&) -> view { return "notice"; },
                               [](const event::service_result&) -> view { return "service.result"; },
                               [](const event::moved&) -> view { return "moved"; },
                               [](const event::official&) -> view { return "official"; },
                               [](const event::queued&) -> view { return "queue.place"; },
                               [](const event::revisited&) -> view { return revisit_kind; }},
                    e);
}

std::string event_body(const any_event& e, std::string_view origin_id) {
  std::string out;
  {
    json_object o{out};
    const auto id = [&] {
      if (!origin_id.empty()) o.member("id", origin_id);
    };
    std::visit(
        overloaded{[&](const event::text& t) { id(), o.member("text", view{t.text}); },
                   [&](const event::media& m) {
                     if (m.bytes != 0) o.member("bytes", m.bytes);
                     id();
                     o.member("kind", view{m.kind});
                     o.member("note", view{m.note});
                     o.member("ref", view{m.ref});
                     if (!m.type.empty()) o.member("type", view{m.type});
                   },
                   [&](const event::entered& n) { id(), o.member("scene", view{n.scene}); },
                   [&](const event::left&) { id(); }, [&](const event::menu& m) { id(), o.member("key", view{m.key}); },
                   [&](const event::timer& t) {
                     o.member("due", t.due.value);
                     id();
                     o.member("name", view{t.name});
                   },
                   [&](const event::notice& n) {
                     o.member("detail", view{n.detail});
                     id();
                     o.member("kind", view{n.kind});
                   },
                   [&](const event::service_result& r) {
                     o.member("call", view{r.id});
                     if (!r.error.empty()) o.member("error", view{r.error});
                     o.member("fields", r.fields);
                   },
                   [&](const event::moved& m) {
                     o.member("dialog", view{m.dialog});
                     o.member("state", view{m.state});
                     o.member("types", m.types);
                   },
                   [&](const event::official& a) {
                     o.member("act", name_of(a.what));
                     if (!a.dialog.empty()) o.member("dialog", view{a.dialog});
                     id();
                     if (!a.note.empty()) o.member("note", view{a.note});
                     if (!a.state.empty()) o.member("state", view{a.state});
                     if (!a.to.empty()) o.member("to", view{a.to});
                   },
                   [&](const event::queued& q) {
                     o.member("ahead", q.ahead);
                     o.member("minutes", q.minutes);
                   },
                   [&](const event::revisited& r) {
                     o.member("grade", r.grade);
                     id();
                     o.member("result", name_of(r.result));
                     o.member("text", view{r.text});
                   }},
        e);
  }
  return out;
}

std::optional<any_event> event_from_body(std::string_view kind, std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  strings_of s{*parsed};
  any_event out;
  if (kind == "user.text") {
    out = event::text{s("text")};
  } else if (kind == "user.media") {
    out = event::media{s("kind"), s("ref"), s("note"), s.optional("type"), s.number("bytes")};
  } else if (kind == "user.entered") {
    out = event::entered{s("scene")};
  } else if (kind == "user.left") {
    out = event::left{};
  } else if (kind == "user.menu") {
    out = event::menu{s("key")};
  } else if (kind == "timer") {
    const auto due = parsed->find("due");
    if (due == parsed->end() || !due->is_number_integer()) return std::nullopt;
    out = event::timer{s("name"), {due->get<std::int64_t>()}};
  } else if (kind == "service.result") {
    out = event::service_result{s("call"), s.optional("error"), s.map("fields")};
  } else if (kind == "moved") {
    out = event::moved{s("dialog"), s("state"), s.map("types")};
  } else if (kind == "official") {
    const auto act = act_from_name(s("act"));
    if (!act) return std::nullopt;
    out = event::official{*act, s.optional("to"), s.optional("dialog"), s.optional("state"), s.optional("note")};
  } else if (kind == "queue.place") {
    out = event::queued{s.number("ahead"), s.number("minutes")};
  } else if (kind == revisit_kind) {
    const auto result = revisit_named(s("result"));
    if (!result) return std::nullopt;
    out = event::revisited{*result, s.number("grade"), s("text")};
  } else if (kind == "notice") {
    out = event::notice{s("kind"), s("detail")};
  } else {
    return std::nullopt;
  }
  return s.good() ? std::optional{std::move(out)} : std::nullopt;
}

std::string message_body(const message& m) {
  std::string out;
  out.reserve(64 + m.text.size() + 48 * m.options.size());
  {
    json_object o{out};
    o.member("hint", view{m.hint});
    o.key("options") += '[';
    for (std::size_t i = 0; i < m.options.size(); ++i) {
      if (i > 0) out += ',';
      json_object row{out};
      row.member("label", view{m.options[i].label});
      row.member("value", view{m.options[i].value});
    }
    out += ']';
    o.member("text", view{m.text});
  }
  return out;
}

result<message> message_from_body(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed || !parsed->is_object()) return make_error_code(errc::malformed);
  strings_of s{*parsed};
  message m{s("text"), {}, s("hint")};
  const auto options = parsed->find("options");
  if (options == parsed->end() || !options->is_array()) return make_error_code(errc::malformed);
  bool good = s.good();
  for (const json& row : *options) {
    strings_of o{row};
    m.options.push_back({o("value"), o("label")});
    good = good && o.good();
  }
  if (!good) return make_error_code(errc::malformed);
  return m;
}

std::string_view effect_kind(const any_effect& e) {
  return std::visit(overloaded{[](const effect::handoff&) -> view { return "handoff"; },
                               [](const effect::ended&) -> view { return "dialog.ended"; },
                               [](const effect::withdrawn&) -> view { return "withdrawn"; },
                               [](const effect::call&) -> view { return "service.call"; },
                               [](const effect::graded&) -> view { return "graded"; }},
                    e);
}

std::string effect_body(const any_effect& e) {
  std::string out;
  {
    json_object o{out};
    std::visit(overloaded{[&](const effect::handoff& h) {
                            if (!h.attach.empty()) o.member("attach", h.attach);
                            o.member("note", view{h.note});
                            o.member("queue", view{h.queue});
                            if (h.sla_ms != 0) o.member("sla_ms", h.sla_ms);
                            o.member("slots", h.slots);
                          },
                          [&](const effect::ended& n) {
                            o.member("dialog", view{n.dialog});
                            o.member("outcome", view{n.outcome});
                            o.member("slots", n.slots);
                          },
                          [](const effect::withdrawn&) {},
                          [&](const effect::call& c) {
                            o.member("args", c.args);
                            o.member("call", view{c.id});
                            o.member("once", std::int64_t{c.once ? 1 : 0});
                            o.member("service", view{c.service});
                            o.member("timeout_ms", c.timeout_ms);
                          },
                          [&](const effect::graded& g) { o.member("grade", g.grade); }},
               e);
  }
  return out;
}

std::optional<any_effect> effect_from_body(std::string_view kind, std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  strings_of s{*parsed};
  any_effect out;
  if (kind == "handoff") {
    out = effect::handoff{s("queue"), s("note"), s.map("slots"), s.number("sla_ms"), s.list("attach")};
  } else if (kind == "dialog.ended") {
    out = effect::ended{s("dialog"), s("outcome"), s.map("slots")};
  } else if (kind == "service.call") {
    out = effect::call{s("call"), s("service"), s.map("args"), s.number("timeout_ms"), s.number("once") == 1};
  } else if (kind == "graded") {
    out = effect::graded{s.number("grade")};
  } else if (kind == "withdrawn") {
    out = effect::withdrawn{};
  } else {
    return std::nullopt;
  }
  return s.good() ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace zhuqi::dialogs
