#include "bot/app/script_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace zhuqi::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view test_suffix = ".test.yaml";

bool is_wanted(const std::string& name, std::string_view suffix) {
  return name.ends_with(suffix) && (suffix == test_suffix || !name.ends_with(test_suffix));
}

/// Of the shipped set, what a set cannot run without. The menu is the shipped one only by itself: its entries need
/// their dialogs.
constexpr std::array<std::string_view, 2> system_files{"system.yaml", "choose_language.yaml"};

bool holds(const std::vector<named_text>& texts, std::string_view key) {
  return std::any_of(texts.begin(), texts.end(), [&](const named_text& t) {
    return t.text.starts_with(key) || t.text.find('\n' + std::string{key}) != std::string::npos;
  });
}

/// A menu that offers the given dialogs, for sets that have none.
std::string plain_menu(const dialogs::script_source& source) {
  std::string options;
  std::string branches;
  std::string states;
  for (const dialogs::dialog& d : source.dialogs) {
    if (!d.inputs.empty()) continue;  // made for being called
    std::string title;
    for (const char c : d.title.in(dialogs::lang::zh_cn).source()) title += c == '"' || c == '\\' ? '\'' : c;
    options += "      " + d.id + ": \"" + title + "\"\n";
    branches += "      - {if: 'choice == \"" + d.id + "\"', to: do_" + d.id + "}\n";
    states += "  do_" + d.id + ": {call: " + d.id + ", next: choose}\n";
  }
  return "dialog: main_menu\ntitle: 主菜单\nstart: choose\nvars:\n  choice:\n    type: choice\n    of:\n" + options +
         "outcomes: [human]\ndefaults: {tries: 3, on_fail: human, expire: never}\nstates:\n  choose:\n    ask: "
         "请选择。\n"
         "    into: choice\n    next:\n" +
         branches + "      - {to: human}\n" + states +
         "  human: {say: 已为您转接工作人员。, handoff: {queue: 综合服务}, end: human}\n";
}

}  // namespace

std::optional<std::string> read_text(const std::string& path) {
  std::error_code error;
  std::ifstream in{path, std::ios::binary};
  if (!in || fs::is_directory(path, error)) {
    std::cerr << "zhuqi: cannot read " << path << "; is the path right, and may you read it?\n";
    return std::nullopt;
  }
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

std::optional<std::vector<named_text>> read_files(const std::vector<std::string>& paths, std::string_view suffix) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator{path}) {
      if (is_wanted(entry.path().filename().string(), suffix)) files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  std::vector<named_text> out;
  for (const auto& file : files) {
    auto text = read_text(file);
    if (!text) return std::nullopt;
    out.push_back({file, *std::move(text)});
  }
  return out;
}

std::vector<dialogs::script_file> views_of(const std::vector<named_text>& texts) {
  std::vector<dialogs::script_file> files;
  files.reserve(texts.size());
  for (const auto& t : texts) files.push_back({t.name, t.text});
  return files;
}

std::optional<dialogs::loaded_scripts> load(const std::vector<std::string>& paths) {
  if (paths.empty()) return dialogs::load_library(dialogs::library::files());
  const auto texts = read_files(paths, ".yaml");
  if (!texts) return std::nullopt;
  std::error_code error;
  const bool folders =
      std::all_of(paths.begin(), paths.end(), [&](const auto& p) { return fs::is_directory(p, error); });
  const bool whole = folders && holds(*texts, "system:");
  return dialogs::load_scripts(views_of(*texts), whole ? dialogs::completeness::whole : dialogs::completeness::part);
}

runnable load_runnable(const std::vector<std::string>& paths, borrowing allowed) {
  std::optional<dialogs::loaded_scripts> loaded;
  if (paths.empty()) {
    loaded = dialogs::load_library(dialogs::library::files());
  } else {
    auto texts = read_files(paths, ".yaml");
    if (!texts) return {nullptr, exit_unreadable};
    if (texts->empty()) {
      std::cerr << "zhuqi: no .yaml file in " << paths.front() << "; name a script or a folder with scripts\n";
      return {nullptr, exit_unreadable};
    }
    if (allowed == borrowing::system_dialogs && !holds(*texts, "system:")) {
      const bool own_menu = holds(*texts, "dialog: main_menu");
      if (!own_menu) {
        const auto source = dialogs::read_yaml(views_of(*texts)).source;
        texts->push_back({std::string{borrowed_name} + "main_menu.yaml", plain_menu(source)});
      }
      for (const auto& f : dialogs::library::files()) {
        if (std::find(system_files.begin(), system_files.end(), f.name) == system_files.end()) continue;
        if (f.name == "choose_language.yaml" && holds(*texts, "dialog: choose_language")) continue;
        texts->push_back({std::string{borrowed_name} + std::string{f.name}, std::string{f.bytes}});
      }
    }
    loaded = dialogs::load_scripts(views_of(*texts), dialogs::completeness::whole);
  }
  if (loaded->scripts != nullptr) return {loaded->scripts, 0};
  for (const auto& d : loaded->diagnostics) std::cerr << dialogs::to_line(d, dialogs::lang::zh_cn) << '\n';
  std::cerr << "zhuqi: these scripts cannot run; mend what stands above (zhuqi script check PATH shows it again)\n";
  return {nullptr, exit_findings};
}

}  // namespace zhuqi::app
