// Built on yaml-cpp's event interface and not on its nodes: YAML::Load resolves aliases, keeps the last of duplicate keys and
// has no bounds. Events carry the marks, and a bound is an exception thrown out of the handler.
#include "dialogs/tree_yaml.hpp"

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

namespace zhuqi::dialogs {
namespace {

struct refused {
  diagnostic why;
};

source_mark mark_of(const YAML::Mark& m) { return m.is_null() ? source_mark{} : source_mark{m.line + 1, m.column + 1}; }

class tree_builder final : public YAML::EventHandler {
 public:
  tree_builder(std::string_view file, std::vector<diagnostic>& diagnostics) : file_{file}, diagnostics_{diagnostics} {}

  yaml_node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // At a stray ',' or ']' the parser gives empty documents for ever, without moving on.
    if (mark.pos == document_start_) refuse(rule::yaml_syntax, mark, {"unexpected character"});
    document_start_ = mark.pos;
    open_.clear();
    root_ = {};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(make(yaml_node::kind::nothing, mark, {}, anchor));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(rule::yaml_anchor, mark, {}); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    yaml_node n = make(yaml_node::kind::scalar, mark, tag, anchor);
    n.value = value;
    add(std::move(n));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(make(yaml_node::kind::list, mark, tag, anchor), mark);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(make(yaml_node::kind::mapping, mark, tag, anchor), mark);
  }
  void OnMapEnd() override { end(); }

 private:
  struct level {
    yaml_node node;
    yaml_node key;
    bool has_key = false;
  };

  [[noreturn]] void refuse(rule what, const YAML::Mark& mark, std::vector<std::string> args) {
    const source_mark at = mark_of(mark);
    throw refused{{file_, at.line, at.column, what, std::move(args)}};
  }

  yaml_node make(yaml_node::kind what, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) refuse(rule::yaml_anchor, mark, {});
    // "?" is a plain scalar, "!" a quoted one; everything else was written by hand.
    if (!tag.empty() && tag != "?" && tag != "!") refuse(rule::yaml_tag, mark, {tag});
    yaml_node n;
    n.what = what;
    n.where = mark_of(mark);
    return n;
  }

  void begin(yaml_node n, const YAML::Mark& mark) {
    if (open_.size() >= limits::script_depth)
      refuse(rule::nested_too_deep, mark, {std::to_string(limits::script_depth)});
    if (is_key()) refuse(rule::yaml_syntax, mark, {"a key must be a plain word"});
    open_.push_back({std::move(n), {}, false});
  }

  void end() {
    yaml_node done = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(done));
  }

  bool is_key() const {
    return !open_.empty() && open_.back().node.what == yaml_node::kind::mapping && !open_.back().has_key;
  }

  void add(yaml_node n) {
    if (open_.empty()) {
      root_ = std::move(n);
      return;
    }
    level& top = open_.back();
    if (top.node.what == yaml_node::kind::list) {
      top.node.items.push_back(std::move(n));
    } else if (!top.has_key) {
      top.key = std::move(n);
      top.has_key = true;
    } else {
      top.has_key = false;
      add_pair(top.node, std::move(top.key), std::move(n));
    }
  }

  void add_pair(yaml_node& mapping, yaml_node key, yaml_node value) {
    if (const yaml_node* first = mapping.find(key.value)) {
      diagnostics_.push_back({file_,
                              key.where.line,
                              key.where.column,
                              rule::duplicate_key,
                              {key.value, std::to_string(first->where.line)}});
      return;
    }
    mapping.pairs.push_back({std::move(key), std::move(value)});
  }

  std::string file_;
  std::vector<diagnostic>& diagnostics_;
  yaml_node root_;
  std::vector<level> open_;
  int document_start_ = -1;
};

}  // namespace

const yaml_node* yaml_node::find(std::string_view key) const {
  for (const auto& [k, v] : pairs) {
    if (k.value == key) return &v;
  }
  return nullptr;
}

std::vector<yaml_node> parse_yaml(std::string_view file, std::string_view text, std::vector<diagnostic>& diagnostics) {
  std::vector<yaml_node> documents;
  const auto refuse = [&](rule what, std::vector<std::string> args) {
    diagnostics.push_back({std::string{file}, 0, 0, what, std::move(args)});
  };
  if (text.size() > limits::script_bytes) {
    refuse(rule::file_too_large, {std::to_string(text.size()), std::to_string(limits::script_bytes)});
    return documents;
  }
  if (!text::is_utf8(text)) {
    refuse(rule::not_utf8, {});
    return documents;
  }
  tree_builder builder{file, diagnostics};
  try {
    std::istringstream in{std::string{text}};
    YAML::Parser parser{in};
    while (parser.HandleNextDocument(builder)) {
      yaml_node root = builder.take();
      if (root.what != yaml_node::kind::nothing) documents.push_back(std::move(root));
    }
  } catch (const refused& r) {
    diagnostics.push_back(r.why);
  } catch (const YAML::Exception& e) {
    const source_mark at = mark_of(e.mark);
    diagnostics.push_back({std::string{file}, at.line, at.column, rule::yaml_syntax, {e.msg}});
  }
  return documents;
}

}  // namespace zhuqi::dialogs
