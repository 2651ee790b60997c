#include "dialogs/export_mermaid.hpp"

#include "dialogs/export_edges.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t label_characters = 24;

/// At most so many characters, in one line.
std::string shortened(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  for (const char c : text) {
    const bool starts = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (starts && ++characters > label_characters) return out + "…";
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

/// Inside double quotes Mermaid knows entities, written with # instead of &.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "#quot;"; break;
      case '#': out += "#35;"; break;
      case '&': out += "#amp;"; break;
      case '<': out += "#lt;"; break;
      case '>': out += "#gt;"; break;
      case '`': out += "#96;"; break;
      case '\n': out += ' '; break;
      default: out += c;
    }
  }
  return out + '"';
}

/// Shapes of the kinds: opening and closing brackets.
struct shape {
  std::string_view open, close;
};
shape shape_of(const node& what) {
  struct pick {
    shape operator()(const ask_node&) const { return {"{{", "}}"}; }
    shape operator()(const say_node&) const { return {"[", "]"}; }
    shape operator()(const do_node&) const { return {"[/", "/]"}; }
    shape operator()(const call_node&) const { return {"[[", "]]"}; }
    shape operator()(const handoff_node&) const { return {"[\\", "/]"}; }
    shape operator()(const end_node&) const { return {"([", "])"}; }
  };
  return std::visit(pick{}, what);
}

/// What stands beside the sentence: whom it calls, where it hands over to, how it ends.
std::string detail_of(const node& what) {
  struct pick {
    std::string operator()(const ask_node&) const { return {}; }
    std::string operator()(const say_node&) const { return {}; }
    std::string operator()(const do_node& n) const { return "svc." + n.service_id; }
    std::string operator()(const call_node& n) const {
      return n.next.empty() ? n.dialog + " → " + n.outcome : n.dialog;
    }
    std::string operator()(const handoff_node& n) const { return "转人工 " + n.queue + " → " + n.outcome; }
    std::string operator()(const end_node& n) const { return "→ " + n.outcome; }
  };
  return std::visit(pick{}, what);
}

std::string edge_label(const edge& e) {
  switch (e.how) {
    case passage::by::branch: return e.guard;
    case passage::by::on_fail: return "多次答错";
    case passage::by::unknown: return "不清楚";
    case passage::by::on_error: return "服务失败";
    case passage::by::closed: return "非工作时间";
    case passage::by::interrupt: return "插话";
    case passage::by::on_human: return "人工";
    case passage::by::on_expire: return "过期";
    case passage::by::entry: break;
  }
  return {};
}

void draw(const dialog& d, std::string& out) {
  const auto id = [&](const std::string& state) { return d.id + "__" + state; };
  out += "  subgraph " + d.id + "[" + in_quotes(d.title.in(lang::zh_cn).source()) + "]\n";
  out += "    " + id("_start") + "(( )) --> " + id(d.start) + '\n';
  for (const state& s : d.states) {
    const auto [open, close] = shape_of(s.what);
    std::string label = s.id;
    if (const std::string spoken = shortened(spoken_by(s)); !spoken.empty()) label += ": " + spoken;
    if (const std::string detail = detail_of(s.what); !detail.empty()) label += " [" + detail + ']';
    out.append("    ").append(id(s.id)).append(open).append(in_quotes(label)).append(close) += '\n';
  }
  const std::vector<edge> edges = edges_of(d);
  const bool everywhere = std::any_of(edges.begin(), edges.end(), [](const edge& e) { return e.from.empty(); });
  if (everywhere) out += "    " + id("_any") + ">" + in_quotes("任一提问") + "]\n";
  for (const edge& e : edges) {
    const std::string label = edge_label(e);
    const bool usual = e.how == passage::by::branch;
    out += "    " + id(e.from.empty() ? "_any" : e.from) + (usual ? " -->" : " -.->");
    if (!label.empty()) out += "|" + in_quotes(label) + "|";
    out += ' ' + id(e.to) + '\n';
  }
  out += "  end\n";
}

}  // namespace

std::string to_mermaid(const script_set& scripts, std::string_view dialog_id) {
  std::string out = "flowchart TD\n";
  for (const dialog& d : scripts.dialogs()) {
    if (dialog_id.empty() || d.id == dialog_id) draw(d, out);
  }
  for (const dialog& d : scripts.dialogs()) {
    for (const state& s : d.states) {
      const auto* call = std::get_if<call_node>(&s.what);
      if (call == nullptr || !dialog_id.empty()) continue;
      out += "  " + d.id + "__" + s.id + " ==> " + call->dialog + '\n';
    }
  }
  return out;
}

}  // namespace zhuqi::dialogs
