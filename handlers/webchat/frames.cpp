#include "handlers/webchat/frames.hpp"

#include "bot/base/json.hpp"
#include "bot/base/limits.hpp"

#include <algorithm>
#include <initializer_list>

namespace zhuqi::webchat {
namespace {

// Latest time a client clock may show: beyond it numbers stop being times (2100-01-01).
constexpr std::int64_t latest_ms = 4'102'444'800'000;

std::string_view name(storage::owner_kind owner) {
  switch (owner) {
    case storage::owner_kind::bot: return "bot";
    case storage::owner_kind::queue: return "queue";
    case storage::owner_kind::human: return "human";
    case storage::owner_kind::closed: return "closed";
  }
  ZHUQI_ASSERT(false);
}

std::string_view name(refusal why) {
  switch (why) {
    case refusal::overloaded: return "overloaded";
    case refusal::unavailable: return "unavailable";
    case refusal::too_large: return "too_large";
    case refusal::mismatch: return "mismatch";
    case refusal::empty: return "empty";
  }
  ZHUQI_ASSERT(false);
}

bool is_uuid_v4(std::string_view id) {
  if (id.size() != 36 || id[14] != '4' || std::string_view{"89ab"}.find(id[19]) == std::string_view::npos) return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');
    if (dash ? id[i] != '-' : !hex) return false;
  }
  return true;
}

bool has_exactly(const json& frame, std::initializer_list<std::string_view> keys) {
  return frame.size() == keys.size() + 1 &&  // and "type"
         std::all_of(keys.begin(), keys.end(), [&](std::string_view key) { return frame.contains(key); });
}

bool is_seq(const json& value) {
  return value.is_number_unsigned() && value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
}

result<client_frame> parse_hello(const json& frame) {
  if (!has_exactly(frame, {"token", "after", "lang"}) || !is_seq(frame["after"]))
    return make_error_code(errc::malformed);
  const auto language = dialogs::lang_from_tag(string_or_empty(frame, "lang"));
  if (!language) return make_error_code(errc::malformed);
  hello out{std::nullopt, {frame["after"].get<std::int64_t>()}, *language};
  if (!frame["token"].is_null()) {
    if (!frame["token"].is_string()) return make_error_code(errc::malformed);
    out.token = frame["token"].get<std::string>();
  }
  return client_frame{std::move(out)};
}

result<client_frame> parse_send(const json& frame) {
  if (!has_exactly(frame, {"id", "at", "text"}) || !frame["text"].is_string()) return make_error_code(errc::malformed);
  send out{string_or_empty(frame, "id"), {int_or(frame, "at", -1)}, frame["text"].get<std::string>()};
  if (!is_uuid_v4(out.id) || out.at.value < 0 || out.at.value >= latest_ms) return make_error_code(errc::malformed);
  return client_frame{std::move(out)};
}

// Members of each kind that are the visitor's business. A kind that is not here goes out as "internal" without a body: its seq
// counts, the rest (collected answers, notes for the official) does not leave the house.
struct shown_kind {
  std::string_view kind;
  std::initializer_list<std::string_view> members;
};
const shown_kind shown[] = {
    {"user.text", {"id", "text"}},
    {"user.media", {"id", "kind", "note"}},
    {"user.entered", {}},
    {"bot.text", {"text", "options", "hint"}},
    {"staff.text", {"text", "name"}},
    {"case.text", {"id", "text", "case_no"}},
    {"handoff", {"queue"}},
    {"withdrawn", {}},
    {"returned", {}},
};

json shown_event(const storage::stored_event& event) {
  json out{{"seq", event.seq.value},
           {"at", event.at.value},
           {"kind", "internal"},
           {"actor", "bot"},
           {"body", json::object()}};
  const auto found =
      std::find_if(std::begin(shown), std::end(shown), [&](const auto& s) { return s.kind == event.kind; });
  if (found == std::end(shown)) return out;
  out["kind"] = event.kind;
  // Staff ids are the house's business too; who it was stands in the name the official chose to show.
  out["actor"] = event.actor == "user" || event.actor == "bot" ? event.actor : "staff";
  const auto body = parse_json(event.body);
  if (!body || !body->is_object()) return out;
  for (std::string_view member : found->members) {
    if (const auto value = body->find(member); value != body->end()) out["body"][std::string{member}] = *value;
  }
  return out;
}

}  // namespace

result<client_frame> parse_frame(std::string_view text) {
  const auto frame = parse_json(text, limits::ws_frame_bytes);
  if (!frame || !frame->is_object()) return make_error_code(errc::malformed);
  const std::string type = string_or_empty(*frame, "type");
  if (type == "hello") return parse_hello(*frame);
  if (type == "send") return parse_send(*frame);
  if (type == "ping" && has_exactly(*frame, {})) return client_frame{ping{}};
  if (type == "history" && has_exactly(*frame, {"before"}) && is_seq((*frame)["before"])) {
    return client_frame{history{{(*frame)["before"].get<std::int64_t>()}}};
  }
  return make_error_code(errc::malformed);
}

std::string welcome_frame(std::string_view token, seq_no last, storage::owner_kind owner) {
  return dump_json({{"type", "welcome"}, {"token", token}, {"seq", last.value}, {"owner", name(owner)}});
}

std::string events_frame(std::span<const storage::stored_event> events, page p) {
  json list = json::array();
  for (const auto& event : events) list.push_back(shown_event(event));
  return dump_json({{"type", "events"}, {"events", std::move(list)}, {"more", p == page::older_exist}});
}

std::string ack_frame(std::string_view id) { return dump_json({{"type", "ack"}, {"id", id}}); }

std::string nack_frame(std::string_view id, refusal why) {
  return dump_json({{"type", "nack"}, {"id", id}, {"reason", name(why)}});
}

std::string owner_frame(storage::owner_kind owner) { return dump_json({{"type", "owner"}, {"owner", name(owner)}}); }

std::string error_frame(std::string_view code) { return dump_json({{"type", "error"}, {"code", code}}); }

std::string pong_frame() { return dump_json({{"type", "pong"}}); }

}  // namespace zhuqi::webchat
