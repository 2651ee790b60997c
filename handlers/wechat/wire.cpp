#include "handlers/wechat/wire.hpp"

#include "bot/base/json.hpp"
#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace zhuqi::wechat {

namespace {

constexpr std::string_view utf8_bom = "\xEF\xBB\xBF";

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// As text::to_valid_utf8 and text::strip_controls, without a copy where there is nothing to repair.
std::string clean(std::string text) {
  if (!text::is_utf8(text)) text = text::to_valid_utf8(text);
  // U+FFFE and U+FFFF (EF BF BE, EF BF BF) are rare enough to let strip_controls decide.
  const bool suspicious = std::any_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == '\xEF'; });
  return suspicious ? text::strip_controls(text) : text;
}

}  // namespace

namespace {

/// The text of an element. The platform does not split a "]]>" that a user typed: `<![CDATA[a]]>b]]>` parses as "a" and the
/// loose text "b]]>", and is put together again as what was typed.
std::string text_of(const pugi::xml_node& element) {
  static constexpr std::string_view end = "]]>";
  std::string text;
  bool after_cdata = false;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
    std::string_view value = child.value();
    if (after_cdata && child.type() == pugi::node_pcdata && value.ends_with(end)) {
      text += end;
      value.remove_suffix(end.size());
    }
    text += value;
    after_cdata = child.type() == pugi::node_cdata;
  }
  return text;
}

}  // namespace

/// Fills wire_fields from a parsed tree. Stops at the first bound that is exceeded.
class wire_builder {
 public:
  explicit wire_builder(data_format format) { out_.format_ = format; }

  void damage() { out_.state_ = soundness::damaged; }

  /// false: too many fields or too deep.
  bool add_xml(const pugi::xml_node& parent, const std::string& prefix, std::size_t depth) {
    if (depth > limits::xml_depth) return false;
    for (const pugi::xml_node& element : parent.children()) {
      if (element.type() != pugi::node_element) continue;
      std::string path = prefix.empty() ? element.name() : prefix + "." + element.name();
      if (depth == 2 && out_.has(path)) damage();
      if (!add_xml_element(element, std::move(path), depth)) return false;
    }
    return true;
  }

  bool add_json(const json& value, const std::string& path) {
    if (value.is_object()) {
      for (const auto& [key, member] : value.items()) {
        if (!add_json(member, path.empty() ? key : path + "." + key)) return false;
      }
      return true;
    }
    if (value.is_array()) {
      return std::all_of(value.begin(), value.end(), [&](const json& item) { return add_json(item, path); });
    }
    if (value.is_string()) return add(path, value.get<std::string>());
    // A number over int64 arrives as a double and would lose digits of an id: better no value than a wrong one.
    if (value.is_number_float() && path == "MsgId") return false;
    return add(path, value.is_null() ? std::string{} : value.dump());
  }

  wire_fields take() { return std::move(out_); }

 private:
  bool add_xml_element(const pugi::xml_node& element, std::string path, std::size_t depth) {
    const bool nested = element.find_child([](const pugi::xml_node& n) { return n.type() == pugi::node_element; });
    std::string text = text_of(element);
    if ((!nested || !text.empty()) && !add(path, std::move(text))) return false;
    return !nested || add_xml(element, path, depth + 1);
  }

  bool add(std::string path, std::string value) {
    if (out_.fields_.size() >= limits::callback_fields) return false;
    out_.fields_.push_back({clean(std::move(path)), clean(std::move(value))});
    return true;
  }

  wire_fields out_;
};

namespace {

result<wire_fields> parse_xml(std::string body) {
  pugi::xml_document document;
  // parse_doctype makes a DOCTYPE visible so that it can be refused; pugixml never acts on one.
  const pugi::xml_parse_result parsed = document.load_buffer_inplace(
      body.data(), body.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  wire_builder builder{data_format::xml};
  std::size_t roots = 0;
  for (const pugi::xml_node& node : document.children()) {
    if (node.type() == pugi::node_doctype) return errc::unsupported;
    if (node.type() == pugi::node_element) ++roots;
  }
  if (parsed.status == pugi::status_bad_doctype) return errc::unsupported;
  if (roots == 0) return errc::malformed;
  if (!parsed || roots > 1) builder.damage();
  if (!builder.add_xml(document.document_element(), {}, 2)) return errc::unsupported;
  return builder.take();
}

result<wire_fields> parse_json_body(std::string_view body) {
  const auto parsed = parse_json(body, limits::callback_body_bytes);
  if (!parsed) return parsed.error() == errc::too_large ? errc::unsupported : errc::malformed;
  if (!parsed->is_object()) return errc::malformed;
  wire_builder builder{data_format::json};
  if (!builder.add_json(*parsed, {})) return errc::unsupported;
  return builder.take();
}

}  // namespace

result<wire_fields> wire_fields::parse(std::string_view body) {
  if (body.size() > limits::callback_body_bytes) return errc::too_large;
  if (body.starts_with(utf8_bom)) body.remove_prefix(utf8_bom.size());
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return errc::malformed;
  body.remove_prefix(start);
  if (body.front() == '<') return parse_xml(clean(std::string{body}));
  if (body.front() == '{') return parse_json_body(clean(std::string{body}));
  return errc::malformed;
}

std::string_view wire_fields::get(std::string_view path) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const field& f) { return f.path == path; });
  return found == fields_.end() ? std::string_view{} : std::string_view{found->value};
}

bool wire_fields::has(std::string_view path) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const field& f) { return f.path == path; });
}

}  // namespace zhuqi::wechat
