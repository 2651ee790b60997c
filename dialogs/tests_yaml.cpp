// The reader of *.test.yaml. Names are looked up in the scripts that the tests are for, so that a mistyped state is a
// finding at its place and not a conversation that fails.
#include "dialogs/cel/civil.hpp"
#include "dialogs/script_tests.hpp"
#include "dialogs/understand.hpp"
#include "dialogs/yaml_fields.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t most_cases = 1'000;
constexpr std::size_t most_steps = 1'000;

class test_reader {
 public:
  test_reader(const yaml_findings& findings, const script_set& scripts) : findings_{findings}, scripts_{scripts} {}

  std::optional<script_test> read(const yaml_node& root) {
    const yaml_fields f{findings_, root, "test", {"test", "at", "cases"}};
    for (std::string_view key : {"test", "cases"}) f.require(key);
    script_test out{f.text("test"), findings_.file, root.where, {}};
    d_ = scripts_.find(out.dialog);
    if (d_ == nullptr && f.has("test")) {
      findings_.add(f.raw("test")->where, rule::unknown_dialog, {out.dialog, ids_of(scripts_.dialogs())});
    }
    at_ = instant(f, std::nullopt);
    const yaml_node* cases = f.list("cases");
    if (cases == nullptr || d_ == nullptr) return std::nullopt;
    if (too_many(*cases, "cases", most_cases)) return std::nullopt;
    for (const yaml_node& one : cases->items) out.cases.push_back(read_case(one));
    return out;
  }

  void read_mocks(const yaml_node& mocks, mock_table& into) const {
    for (const auto& [key, value] : mocks.pairs) {
      const auto& services = scripts_.source().services;
      const auto s =
          std::find_if(services.begin(), services.end(), [&](const service& x) { return x.id == key.value; });
      if (s == services.end()) {
        findings_.add(key.where, rule::unknown_service, {key.value, ids_of(services)});
        continue;
      }
      auto& replies = into[key.value];
      if (value.what == yaml_node::kind::list) {
        for (const yaml_node& one : value.items) replies.push_back(read_reply(*s, one));
      } else {
        replies.push_back(read_reply(*s, value));
      }
    }
  }

 private:
  bool too_many(const yaml_node& list, const char* key, std::size_t most) const {
    if (list.items.size() <= most) return false;
    findings_.add(list.where, rule::bad_value, {key, std::to_string(list.items.size()), "1–" + std::to_string(most)});
    return true;
  }

  std::optional<unix_ms> instant(const yaml_fields& f, std::optional<unix_ms> fallback) const {
    if (!f.has("at")) return fallback;
    const auto at = parse_instant(f.text("at"));
    if (!at) findings_.add(f.raw("at")->where, rule::bad_value, {"at", f.text("at"), "2026-03-02T10:00:00+08:00"});
    return at;
  }

  test_case read_case(const yaml_node& node) {
    const yaml_fields f{findings_, node, "case", {"name", "at", "profile", "mock", "lang", "steps"}};
    for (std::string_view key : {"name", "steps"}) f.require(key);
    test_case out;
    out.where = node.where;
    out.name = f.text("name");
    const auto at = instant(f, at_);
    if (!at && f.usable() && !f.has("at") && !complained_) {
      complained_ = true;
      f.require("at");
    }
    out.at = at.value_or(unix_ms{});
    if (f.has("lang")) {
      const auto l = lang_from_tag(f.text("lang"));
      if (!l) findings_.add(f.raw("lang")->where, rule::unknown_language, {f.text("lang")});
      out.language = l.value_or(lang::zh_cn);
    }
    read_profile(f, out);
    if (const yaml_node* mocks = f.mapping("mock")) read_mocks(*mocks, out.mocks);
    const yaml_node* steps = f.list("steps");
    if (steps == nullptr || too_many(*steps, "steps", most_steps)) return out;
    for (const yaml_node& step : steps->items) read_step(step, out.steps);
    return out;
  }

  void read_profile(const yaml_fields& f, test_case& out) const {
    const yaml_node* slots = f.mapping("profile");
    if (slots == nullptr) return;
    const yaml_fields values{findings_, *slots, "profile"};
    for (const auto& [key, value] : slots->pairs) {
      const variable* v = scripts_.slot_variable(key.value);
      if (v == nullptr) findings_.add(key.where, rule::unknown_key, {key.value, "slot: …"});
      std::string text = values.text(key.value);
      if (v != nullptr && !text.empty() && !fits(v->type, text)) {
        auto canonical = read_constant(v->type, text);
        if (!canonical) {
          findings_.add(value.where, rule::bad_value, {key.value, text, std::string{type_name_of(v->type)}});
          continue;
        }
        text = *std::move(canonical);
      }
      if (v != nullptr) out.profile.emplace_back(key.value, std::move(text));
    }
  }

  mocked_reply read_reply(const service& s, const yaml_node& node) const {
    mocked_reply out;
    if (node.what == yaml_node::kind::scalar && node.value == "silent") {
      out.silent = true;
      return out;
    }
    const yaml_fields f{findings_, node, s.id};
    for (const auto& [key, value] : node.pairs) {
      std::string text = f.text(key.value);
      if (key.value == "error") {
        out.error = std::move(text);
        continue;
      }
      const auto field =
          std::find_if(s.returns.begin(), s.returns.end(), [&](const service::field& r) { return r.id == key.value; });
      if (field == s.returns.end()) {
        std::string known = "error";
        for (const service::field& r : s.returns) known.append(", ").append(r.id);
        findings_.add(key.where, rule::unknown_key, {key.value, known});
        continue;
      }
      auto canonical = fits(field->type, text) ? std::optional{text} : read_constant(field->type, text);
      if (!canonical) {
        findings_.add(value.where, rule::bad_value, {key.value, text, std::string{type_name_of(field->type)}});
      }
      out.fields.emplace(key.value, canonical.value_or(text));
    }
    return out;
  }

  /// A mapping; each of its keys is a step of its own, in the order written.
  void read_step(const yaml_node& node, std::vector<test_action>& into) const {
    const yaml_fields f{
        findings_, node, "step", {"user", "media", "menu", "wait", "bot", "says", "var", "outcome", "handoff"}};
    for (const auto& [key, value] : node.pairs) {
      const auto put = [&](test_step::any step) { into.push_back({std::move(step), key.where}); };
      const std::string& k = key.value;
      if (k == "user") put(test_step::user{user_text(f, value)});
      if (k == "media") put(test_step::media{read_media(value)});
      if (k == "menu") put(test_step::menu{f.text(k)});
      if (k == "wait") put(test_step::wait{f.duration(k).value_or(0)});
      if (k == "says") put(test_step::says{f.text(k)});
      if (k == "bot" && value.what == yaml_node::kind::mapping) {
        const yaml_fields inner{findings_, value, "bot", {"says"}};
        inner.require("says");
        put(test_step::says{inner.text("says")});
      } else if (k == "bot") {
        check_state(f.text(k), value.where);
        put(test_step::bot{f.text(k)});
      }
      if (k == "outcome") {
        check_outcome(f.text(k), value.where);
        put(test_step::outcome{f.text(k)});
      }
      if (k == "handoff") put(read_handoff(f, value));
      if (k == "var") read_variables(f, into);
    }
  }

  /// What a user types may be empty.
  std::string user_text(const yaml_fields& f, const yaml_node& value) const {
    return value.what == yaml_node::kind::nothing ? std::string{} : f.text("user");
  }

  event::media read_media(const yaml_node& node) const {
    event::media out;
    if (node.what == yaml_node::kind::scalar) {
      out.kind = node.value;
      return out;
    }
    const yaml_fields f{findings_, node, "media", {"kind", "ref", "note", "type", "mb"}};
    f.require("kind");
    out.kind = f.text("kind");
    out.ref = f.text("ref");
    out.note = f.text("note");
    out.type = f.text("type");
    out.bytes = std::int64_t{f.number("mb", 0, 10'000).value_or(0)} * 1024 * 1024;
    return out;
  }

  test_step::handoff read_handoff(const yaml_fields& f, const yaml_node& value) const {
    if (value.what != yaml_node::kind::mapping) return {f.text("handoff"), {}};
    const yaml_fields inner{findings_, value, "handoff", {"queue", "note"}};
    return {inner.text("queue"), inner.text("note")};
  }

  void read_variables(const yaml_fields& f, std::vector<test_action>& into) const {
    const yaml_node* vars = f.mapping("var");
    if (vars == nullptr) return;
    const yaml_fields values{findings_, *vars, "var"};
    for (const auto& [key, value] : vars->pairs) {
      const auto [d, name] = split(key.value);
      if (d == nullptr || !d->find_variable(name)) {
        findings_.add(key.where, rule::unknown_variable, {key.value, ids_of((d != nullptr ? d : d_)->vars)});
      }
      into.push_back({test_step::variable{key.value, values.text(key.value)}, key.where});
    }
  }

  /// "state" of the tested dialog, or "dialog.state".
  std::pair<const dialog*, std::string> split(const std::string& name) const {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return {d_, name};
    return {scripts_.find(name.substr(0, dot)), name.substr(dot + 1)};
  }

  void check_state(const std::string& name, source_mark where) const {
    const auto [d, state] = split(name);
    if (d == nullptr || !d->find_state(state)) {
      findings_.add(where, rule::unknown_target, {name, ids_of((d != nullptr ? d : d_)->states)});
    }
  }

  void check_outcome(const std::string& name, source_mark where) const {
    const auto [d, outcome] = split(name);
    const auto& known = (d != nullptr ? d : d_)->outcomes;
    if (d != nullptr && std::find(known.begin(), known.end(), outcome) != known.end()) return;
    findings_.add(where, rule::unknown_outcome, {name, joined_names(known)});
  }

  const yaml_findings& findings_;
  const script_set& scripts_;
  const dialog* d_ = nullptr;
  std::optional<unix_ms> at_;
  bool complained_ = false;
};

}  // namespace

mock_table read_mock_yaml(const script_file& file, const script_set& scripts, std::vector<diagnostic>& diagnostics) {
  mock_table out;
  const yaml_findings findings{std::string{file.name}, diagnostics};
  for (const yaml_node& root : parse_yaml(file.name, file.text, diagnostics)) {
    if (root.what == yaml_node::kind::mapping) {
      test_reader{findings, scripts}.read_mocks(root, out);
    } else {
      wrong_type(findings, root.where, "mock", a_mapping);
    }
  }
  return out;
}

std::optional<unix_ms> parse_instant(std::string_view text) {
  const auto at = cel::civil::parse_timestamp(text);
  if (!at) return std::nullopt;
  return unix_ms{at->seconds * 1000 + at->nanos / 1'000'000};
}

read_tests read_test_yaml(std::span<const script_file> files, const script_set& scripts) {
  read_tests out;
  for (const script_file& file : files) {
    const yaml_findings findings{std::string{file.name}, out.diagnostics};
    for (const yaml_node& root : parse_yaml(file.name, file.text, out.diagnostics)) {
      if (auto test = test_reader{findings, scripts}.read(root)) out.tests.push_back(*std::move(test));
    }
  }
  return out;
}

}  // namespace zhuqi::dialogs
