// Files as expectations: each defect of tests/golden/broken with its findings, each conversation of tests/golden/runs with every
// word of the bot. ZHUQI_UPDATE_GOLDEN=1 rewrites them; the diff is what a reviewer reads.
#include "bot/base/limits.hpp"
#include "tests/unit/dialogs/talk.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;
namespace fs = std::filesystem;

namespace {

const fs::path golden{ZHUQI_SOURCE_DIR "/tests/golden"};

std::string contents(const fs::path& p) {
  std::ifstream in{p, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void expect_golden(const fs::path& file, const std::string& actual) {
  if (std::getenv("ZHUQI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream{file, std::ios::binary} << actual;
  }
  INFO(file.string() << " (ZHUQI_UPDATE_GOLDEN=1 rewrites it)");
  CHECK(contents(file) == actual);
}

/// A file or a folder of files, checked like `zhuqi script check` does.
std::vector<diagnostic> check(const fs::path& path) {
  std::vector<std::pair<std::string, std::string>> texts;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::recursive_directory_iterator{path}) {
      if (entry.path().extension() == ".yaml") {
        texts.emplace_back(entry.path().lexically_relative(path).generic_string(), contents(entry.path()));
      }
    }
    std::sort(texts.begin(), texts.end());
  } else {
    texts.emplace_back(path.filename().string(), contents(path));
  }
  std::vector<script_file> files;
  bool whole = false;
  for (const auto& [name, text] : texts) {
    files.push_back({name, text});
    whole = whole || name == "system.yaml";
  }
  return load_scripts(files, whole ? completeness::whole : completeness::part).diagnostics;
}

/// One line of a transcript as an event: plain text, or !enter SCENE, !media KIND, !menu KEY, !timer NAME.
any_event event_of(const std::string& line, const snapshot& now) {
  const auto rest = [&](std::size_t from) { return line.size() > from ? line.substr(from) : std::string{}; };
  if (line.starts_with("!enter")) return event::entered{rest(7)};
  if (line.starts_with("!media ")) return event::media{rest(7), "", ""};
  if (line.starts_with("!menu ")) return event::menu{rest(6)};
  if (line.starts_with("!timer ")) {
    for (const pending_timer& t : now.timers) {
      if (t.name == rest(7)) return event::timer{t.name, t.due};
    }
  }
  return event::text{line};
}

std::string effect_line(const any_effect& e) {
  std::string out;
  const auto slots = [&](const std::map<std::string, std::string>& all) {
    for (const auto& [k, v] : all) out += "\n  " + k + " = " + v;
  };
  if (const auto* h = std::get_if<effect::handoff>(&e)) {
    out = "* handoff to " + h->queue + ": " + h->note;
    slots(h->slots);
  } else if (const auto* n = std::get_if<effect::ended>(&e)) {
    out = "* ended " + n->dialog + ": " + n->outcome;
    slots(n->slots);
  } else {
    out = "* withdrawn";
  }
  return out + "\n";
}

std::string replay(const std::string& transcript) {
  std::istringstream in{transcript};
  std::string out;
  talk t;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) out += line + "\n";
    if (!line.starts_with("> ")) continue;
    out += line + "\n";
    t.feed(event_of(line.substr(2), t.now));
    out += t.said + (t.said.empty() ? "(silence)\n" : "\n");
    for (const any_effect& e : t.effects) out += effect_line(e);
    out += "\n";
  }
  return out;
}

/// A file is named after its rule, with what kind of case it is behind: "guard-gap", "guard-gap-choice".
bool is_named_after(const fs::path& file, rule r) {
  const std::string stem = file.stem().string();
  const std::string id{rule_id(r)};
  return stem == id || stem.starts_with(id + "-");
}

}  // namespace

TEST_CASE("every defect is found at its place, by the rule that its file is named after") {
  std::set<std::string> rules_seen;
  int cases = 0;
  for (const auto& entry : fs::directory_iterator{golden / "broken"}) {
    const fs::path& path = entry.path();
    if (!fs::is_directory(path) && path.extension() != ".yaml") continue;
    ++cases;
    const std::vector<diagnostic> found = check(path);
    std::string actual;
    bool by_its_rule = false;
    for (const diagnostic& d : found) {
      const bool beside_the_point =
          d.what == rule::missing_text || d.what == rule::missing_words;  // small system files
      if (beside_the_point && !is_named_after(path, d.what)) continue;
      actual += to_line(d, lang::zh_cn) + "\n" + to_line(d, lang::en) + "\n";
      rules_seen.emplace(rule_id(d.what));
      by_its_rule = by_its_rule || is_named_after(path, d.what);
    }
    INFO(path.filename().string() << "\n" << actual);
    CHECK(by_its_rule);
    expect_golden(golden / "broken" / (path.stem().string() + ".txt"), actual);
  }
  CHECK(cases >= 60);
  rules_seen.emplace(rule_id(rule::file_too_large));  // made in its own test: the file would be half a megabyte
  for (int r = 0; r <= static_cast<int>(rule::missing_main_menu); ++r) {
    INFO(rule_id(static_cast<rule>(r)));
    CHECK(rules_seen.contains(std::string{rule_id(static_cast<rule>(r))}));
  }
}

TEST_CASE("a script of 10 MB is refused by its size") {
  const std::string big(10 * 1024 * 1024, '#');
  const auto loaded = load_scripts(std::vector<script_file>{{"big.yaml", big}}, completeness::part);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].what == rule::file_too_large);
}

TEST_CASE("every conversation of tests/golden/runs goes word for word as it is written down") {
  int runs = 0;
  for (const auto& entry : fs::directory_iterator{golden / "runs"}) {
    if (entry.path().extension() != ".txt") continue;
    ++runs;
    expect_golden(entry.path(), replay(contents(entry.path())));
  }
  CHECK(runs >= 6);
}
