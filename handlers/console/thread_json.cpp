#include "handlers/console/thread_json.hpp"

#include "bot/base/crypto.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::console {
namespace {

/// A short name for somebody whose enterprise is unknown; says nothing about who it is on the platform.
std::string visitor_code(const storage::conversation& c) {
  const auto digest = crypto::sha256(c.channel + '\n' + c.user);
  auto code = crypto::hex(std::span{digest}.first<3>());
  std::ranges::transform(code, code.begin(),
                         [](char ch) { return ch >= 'a' ? static_cast<char>(ch - 'a' + 'A') : ch; });
  return code;
}

json department_json(office& o, department_id d) {
  if (!d) return nullptr;
  return {{"id", std::to_string(d.value)}, {"name", o.people.name_of(d)}};
}

struct shown_kind {
  std::string_view kind;
  std::array<std::string_view, 3> members;  ///< the unused rest is ""
};
const std::array shown{
    shown_kind{"user.text", {"id", "text"}},
    shown_kind{"user.media", {"id", "kind", "note"}},
    shown_kind{"bot.text", {"text", "options", "hint"}},
    shown_kind{"staff.text", {"id", "text", "name"}},
    shown_kind{"case.text", {"id", "text", "case_no"}},
    shown_kind{"handoff", {"queue", "note", "slots"}},
    shown_kind{"dialog.ended", {"dialog", "outcome"}},
    shown_kind{"revisit", {"result", "grade", "text"}},
    shown_kind{"withdrawn", {}},
    shown_kind{"user.entered", {}},
    shown_kind{"user.left", {}},
};

std::string_view who_of(std::string_view kind, std::string_view actor) {
  if (actor == "user" || actor == "bot") return actor;
  return kind == "official" || kind == "revisit" || kind == "staff.text" || kind == "case.text" ? "staff" : "system";
}

json official_body(office& o, const json& body) {
  json out{{"what", string_or_empty(body, "act")}, {"reason", string_or_empty(body, "note")}};
  if (const auto to = string_or_empty(body, "to"); !to.empty())
    out["to_name"] = o.people.shown_name(staff_id{pipeline::decimal(to)});
  for (const char* name : {"dialog", "state"}) {
    if (auto value = string_or_empty(body, name); !value.empty()) out[name] = std::move(value);
  }
  return out;
}

}  // namespace

std::string_view name_of(storage::owner_kind owner) {
  switch (owner) {
    case storage::owner_kind::bot: return "bot";
    case storage::owner_kind::queue: return "queue";
    case storage::owner_kind::human: return "human";
    case storage::owner_kind::closed: return "closed";
  }
  ZHUQI_ASSERT(false);
}

json thread_json(office& o, const storage::conversation& c) {
  static const storage::thread_row never;
  const storage::thread_row& t = c.thread ? *c.thread : never;
  const auto target = target_of(o, c);
  json owner{{"kind", name_of(c.owner)}, {"id", nullptr}, {"name", ""}, {"department", ""}};
  if (const auto* row = o.people.find(target.owner)) {
    owner["id"] = std::to_string(row->id.value);
    owner["name"] = row->display_name;
    owner["department"] = o.people.name_of(row->department);
  }
  return {{"id", std::to_string(c.id.value)},
          {"channel", c.channel},
          {"enterprise", t.enterprise},
          {"visitor", visitor_code(c)},
          {"matter", t.matter},
          {"queue", t.queue},
          {"reason", t.reason},
          {"owner", std::move(owner)},
          {"epoch", c.epoch.value},
          {"seq", c.seq.value},
          {"change", t.change.value},
          {"department", department_json(o, t.department)},
          {"region", {{"id", std::to_string(target.region.value)}, {"name", o.people.name_of(target.region)}}},
          {"opened", t.opened.value},
          {"waiting_since", t.waiting.value},
          {"due", t.due.value},
          {"accept_by", t.accept_by.value},
          {"language", t.language},
          {"last", {{"at", t.last_at.value}, {"who", t.last_who}, {"text", t.last_text}}},
          {"closed_at", t.closed.value},
          {"outcome", t.outcome},
          {"grade", t.grade},
          {"revisit", t.revisit ? json{{"since", t.revisit.value}, {"tries", t.revisit_tries}} : json()}};
}

json event_json(office& o, const storage::stored_event& e) {
  json out{{"seq", e.seq.value}, {"at", e.at.value},       {"epoch", e.epoch.value},        {"kind", "internal"},
           {"name", ""},         {"body", json::object()}, {"who", who_of(e.kind, e.actor)}};
  const auto body = parse_json(e.body);
  if (!body || !body->is_object()) return out;
  if (e.kind == "official") {
    out["kind"] = "official";
    out["name"] = o.people.shown_name(staff_id{pipeline::decimal(e.actor)});
    out["body"] = official_body(o, *body);
    return out;
  }
  const auto found = std::ranges::find(shown, e.kind, &shown_kind::kind);
  if (found == shown.end()) return out;
  out["kind"] = e.kind == "dialog.ended" ? "ended" : e.kind;
  if (e.kind == "revisit") out["name"] = o.people.shown_name(staff_id{pipeline::decimal(e.actor)});
  if (e.kind == "staff.text") {
    const auto said = string_or_empty(*body, "name");
    out["name"] = said.empty() ? o.people.shown_name(staff_id{pipeline::decimal(e.actor)}) : said;
  }
  for (const std::string_view member : found->members) {
    if (const auto value = body->find(member); !member.empty() && value != body->end())
      out["body"][std::string{member}] = *value;
  }
  return out;
}

json events_json(office& o, const std::vector<storage::stored_event>& events) {
  json list = json::array();
  for (const auto& e : events) list.push_back(event_json(o, e));
  return list;
}

}  // namespace zhuqi::console
