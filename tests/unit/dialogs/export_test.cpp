// Diagrams and exports: the same set gives the same bytes, and nothing that has meaning is lost.
#include "bot/base/json.hpp"
#include "dialogs/export_edges.hpp"
#include "dialogs/export_mermaid.hpp"
#include "dialogs/export_scxml.hpp"
#include "dialogs/export_xml.hpp"
#include "dialogs/export_xstate.hpp"
#include "tests/unit/dialogs/subsidy.hpp"

#include <set>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

/// Whether every tag closes the one that is open, and which ids there are; enough of XML for what is written by hand.
struct xml_shape {
  bool well_formed = true;
  std::multiset<std::string> ids;
};

xml_shape shape_of(const std::string& xml) {
  xml_shape out;
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at)) {
    std::size_t end = at;
    bool quoted = false;
    while (++end < xml.size() && (quoted || xml[end] != '>')) {
      if (xml[end] == '"') quoted = !quoted;
      if (xml[end] == '<') out.well_formed = false;
    }
    const std::string tag = xml.substr(at + 1, end - at - 1);
    const std::string name =
        tag.substr(tag.starts_with('/') ? 1 : 0, tag.find_first_of(" /", 1) - (tag.starts_with('/') ? 1 : 0));
    if (tag.starts_with('/')) {
      out.well_formed = out.well_formed && !open.empty() && open.back() == tag.substr(1);
      if (!open.empty()) open.pop_back();
    } else if (!tag.starts_with('?') && !tag.ends_with('/')) {
      open.push_back(name);
    }
    if ((name == "state" || name == "final") && tag.find(" id=\"") != std::string::npos) {
      const std::size_t from = tag.find(" id=\"") + 5;
      out.ids.insert(tag.substr(from, tag.find('"', from) - from));
    }
    at = end;
  }
  out.well_formed = out.well_formed && open.empty();
  return out;
}

}  // namespace

TEST_CASE("the exports of the example are these") {
  const auto scripts = subsidy();
  expect_same_as(golden_folder / "export/job_subsidy.mmd", to_mermaid(*scripts, "job_subsidy"));
  // The version covers the shipped sentences as well, which may change under this example.
  const auto unversioned = [&](std::string text) {
    const std::size_t at = text.find(scripts->version());
    REQUIRE(at != std::string::npos);
    return text.replace(at, scripts->version().size(), "VERSION");
  };
  expect_same_as(golden_folder / "export/job_subsidy.scxml", unversioned(to_scxml(*scripts, "job_subsidy")));
  expect_same_as(golden_folder / "export/job_subsidy.xstate.json", unversioned(to_xstate(*scripts, "job_subsidy")));
  CHECK_THAT(to_mermaid(*scripts), Catch::Contains("main_menu__subsidy ==> job_subsidy"));
}

TEST_CASE("SCXML is well-formed, has every state once, and leads only to states that it has") {
  const auto shipped = load_library(library::files()).scripts;
  for (const auto& scripts : {subsidy(), shipped}) {
    if (scripts == nullptr) continue;
    const std::string xml = to_scxml(*scripts);
    const xml_shape shape = shape_of(xml);
    CHECK(shape.well_formed);
    for (const std::string& id : shape.ids) CHECK(shape.ids.count(id) == 1);
    for (const dialog& d : scripts->dialogs()) {
      for (const state& s : d.states) {
        INFO(d.id << '.' << s.id);
        CHECK(shape.ids.contains(d.id + '.' + s.id));
        CHECK_THAT(xml, Catch::Contains(xml_escaped(spoken_by(s))));
      }
      for (const edge& e : edges_of(d)) {
        CHECK(shape.ids.contains(d.id + '.' + e.to));
        CHECK_THAT(xml, Catch::Contains(xml_escaped(e.guard)));
      }
      for (const std::string& o : d.outcomes) CHECK_THAT(xml, Catch::Contains("id=\"" + o + '"'));
    }
  }
}

TEST_CASE("XState JSON has every state, branch, guard, text and outcome") {
  const auto scripts = subsidy();
  const auto machine = parse_json(to_xstate(*scripts), 1 << 20);
  REQUIRE(machine);
  std::set<std::string> guards;
  std::set<std::string> texts;
  std::set<std::string> outcomes;
  const auto collect = [&](const auto& self, const json& at) -> void {
    if (at.is_object()) {
      for (const auto& [key, value] : at.items()) {
        if (value.is_string() && key == "expression") guards.insert(value.template get<std::string>());
        if (value.is_string() && key == "text") texts.insert(value.template get<std::string>());
        if (value.is_string() && key == "outcome") outcomes.insert(value.template get<std::string>());
        self(self, value);
      }
    } else if (at.is_array()) {
      for (const json& value : at) self(self, value);
    }
  };
  collect(collect, *machine);
  for (const dialog& d : scripts->dialogs()) {
    const json& states = (*machine)["states"][d.id]["states"];
    for (const state& s : d.states) {
      INFO(d.id << '.' << s.id);
      REQUIRE(states.contains(s.id));
      if (!spoken_by(s).empty()) CHECK(texts.contains(std::string{spoken_by(s)}));
      if (const auto* e = std::get_if<end_node>(&s.what)) CHECK(outcomes.contains(e->outcome));
    }
    for (const edge& e : edges_of(d)) {
      CHECK(states.contains(e.to));
      if (!e.guard.empty()) CHECK(guards.contains(e.guard));
    }
  }
}

TEST_CASE("marks of XML and controls are written so that any reader takes them") {
  CHECK(xml_escaped("a<b & \"c\"\n\x01"
                    "d") == "a&lt;b &amp; &quot;c&quot;&#10;d");
}
