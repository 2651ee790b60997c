// The table of WeChat's message and event types.

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "handlers/wechat/codec.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::wechat {

namespace {

namespace event = dialogs::event;

constexpr std::size_t detail_bytes = 2 * 1024;  // one line in the event log, not a place to park a body

std::string lower(std::string_view name) {
  std::string out{name};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return out;
}

std::string bounded(std::string_view value) { return std::string{text::truncate(value, detail_bytes)}; }

/// Fields that every body has and that stand elsewhere by now.
bool is_common(std::string_view path) {
  static constexpr std::array<std::string_view, 7> names{"ToUserName", "FromUserName", "CreateTime", "MsgType",
                                                         "Event",      "Encrypt",      "MsgId"};
  return std::find(names.begin(), names.end(), path) != names.end();
}

/// "EventKey=…; Status=…": whatever the event brought, for the log and the officials.
std::string detail_of(const wire_fields& fields) {
  std::string out;
  for (const auto& field : fields.all()) {
    if (is_common(field.path) || field.value.empty()) continue;
    if (!out.empty()) out += "; ";
    out += field.path + "=" + field.value;
    if (out.size() > detail_bytes) break;
  }
  return bounded(out);
}

dialogs::any_event text_of(const wire_fields& f, remark& note) {
  // A tapped msgmenu item brings its label as Content and its id as bizmsgmenuid; people and the log go by the label.
  std::string_view words = f.get("Content");
  if (words.empty()) words = f.get("bizmsgmenuid");
  if (words.size() > limits::user_text_bytes) note = remark::text_cut;
  return event::text{std::string{text::truncate(words, limits::user_text_bytes)}};
}

std::string link_note(const wire_fields& f) {
  std::string note{f.get("Title")};
  if (!f.get("Description").empty()) note += (note.empty() ? "" : ": ") + std::string{f.get("Description")};
  return bounded(note);
}

dialogs::any_event media(std::string kind, std::string_view ref, std::string_view note) {
  return event::media{std::move(kind), bounded(ref), bounded(note)};
}

dialogs::any_event message_event(const wire_fields& f, const std::string& type, remark& note) {
  if (type == "text") return text_of(f, note);
  // PicUrl is an address an outsider chose: the media id is asked for at the platform instead.
  if (type == "image") return media("image", f.get("MediaId"), "");
  if (type == "voice") return media("voice", f.get("MediaId"), f.get("Recognition"));
  if (type == "video" || type == "shortvideo") return media("video", f.get("MediaId"), "");
  if (type == "location") {
    return media("location", std::string{f.get("Location_X")} + "," + std::string{f.get("Location_Y")}, f.get("Label"));
  }
  if (type == "link") return media("link", f.get("Url"), link_note(f));
  if (type == "miniprogrampage") return media("miniprogram", f.get("PagePath"), f.get("Title"));
  // The platform gives no handle for a file: it cannot be fetched, only answered.
  if (type == "file") return media("file", "", f.get("Title"));
  note = remark::unknown_type;
  return media("unknown", "", type);
}

std::string scene_of(std::string_view event_key) {
  static constexpr std::string_view prefix = "qrscene_";
  if (event_key.starts_with(prefix)) event_key.remove_prefix(prefix.size());
  return bounded(event_key);
}

dialogs::any_event platform_event(const wire_fields& f) {
  const std::string name = lower(f.get("Event"));
  const std::string_view key = f.get("EventKey");
  if (name == "subscribe") return event::entered{scene_of(key)};
  if (name == "scan") return event::entered{bounded(key)};
  if (name == "unsubscribe") return event::left{};
  if (name == "click") return event::menu{bounded(key)};
  // The user scanned something and waits for our answer; scancode_push only tells us.
  if (name == "scancode_waitmsg") return media("scan", f.get("ScanCodeInfo.ScanResult"), key);
  return event::notice{name.empty() ? "event" : bounded(name), detail_of(f)};
}

}  // namespace

dialogs::any_event event_of(const wire_fields& fields, remark& note) {
  const std::string type = lower(fields.get("MsgType"));
  return type == "event" ? platform_event(fields) : message_event(fields, type, note);
}

}  // namespace zhuqi::wechat
