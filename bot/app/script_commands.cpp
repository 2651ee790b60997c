#include "bot/app/script_commands.hpp"

#include "bot/base/clock.hpp"
#include "bot/base/json.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/event_json.hpp"
#include "dialogs/library.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <variant>

namespace zhuqi::app {
namespace fs = std::filesystem;
namespace {

constexpr int exit_findings = 1;
constexpr int exit_unreadable = 2;

struct named_text {
  std::string name;
  std::string text;
};

// Files as given, folders with their .yaml files; nullopt (after saying so) where one cannot be read.
std::optional<std::vector<named_text>> read_files(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator{path}) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".yaml") && !name.ends_with(".test.yaml")) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<named_text> out;
  for (const auto& file : files) {
    std::ifstream in{file, std::ios::binary};
    if (!in) {
      std::cerr << "zhuqi: cannot read " << file.string() << '\n';
      return std::nullopt;
    }
    out.push_back({file.string(), {std::istreambuf_iterator<char>{in}, {}}});
  }
  return out;
}

std::optional<dialogs::loaded_scripts> load(const std::vector<std::string>& paths, dialogs::completeness wanted) {
  if (paths.empty()) return dialogs::load_library(dialogs::library::files());
  const auto texts = read_files(paths);
  if (!texts) return std::nullopt;
  std::vector<dialogs::script_file> files;
  for (const auto& t : *texts) files.push_back({t.name, t.text});
  return dialogs::load_scripts(files, wanted);
}

// A folder is a whole set; single files are work in progress.
dialogs::completeness completeness_of(const std::vector<std::string>& paths) {
  std::error_code error;
  const bool folders =
      std::all_of(paths.begin(), paths.end(), [&](const auto& p) { return fs::is_directory(p, error); });
  return folders ? dialogs::completeness::whole : dialogs::completeness::part;
}

std::string_view name_of(dialogs::talker t) {
  switch (t) {
    case dialogs::talker::bot: return "bot";
    case dialogs::talker::queue: return "queue";
    case dialogs::talker::human: return "human";
    case dialogs::talker::closed: return "closed";
  }
  return "bot";
}

void print_text(const dialogs::step_result& step) {
  for (const auto& m : step.messages) {
    std::cout << m.text << '\n';
    for (const auto& o : m.options) std::cout << "  " << o.value << ". " << o.label << '\n';
    if (!m.hint.empty()) std::cout << m.hint << '\n';
  }
  for (const auto& e : step.effects)
    std::cout << "[" << dialogs::effect_kind(e) << "] " << dialogs::effect_body(e) << '\n';
  std::cout << std::flush;
}

void print_json(const dialogs::step_result& step) {
  json messages = json::array();
  for (const auto& m : step.messages) messages.push_back(json::parse(dialogs::message_body(m)));
  json out{{"messages", std::move(messages)}, {"owner", name_of(step.next.owner)}};
  if (!step.next.stack.empty()) {
    const auto& frame = step.next.stack.back();
    out["state"] = frame.dialog + "." + frame.state;
    out["slots"] = frame.vars;
  }
  for (const auto& e : step.effects) {
    if (const auto* ended = std::get_if<dialogs::effect::ended>(&e))
      out["outcome"] = ended->dialog + "." + ended->outcome;
    if (std::holds_alternative<dialogs::effect::handoff>(e)) out["handoff"] = json::parse(dialogs::effect_body(e));
  }
  std::cout << dump_json(out) << std::endl;
}

}  // namespace

int check_scripts(const std::vector<std::string>& paths, output_form form) {
  const auto loaded = load(paths, completeness_of(paths));
  if (!loaded) return exit_unreadable;
  if (form == output_form::json) {
    std::cout << dialogs::to_json_text(loaded->diagnostics, loaded->questions, dialogs::lang::zh_cn) << '\n';
  } else {
    for (const auto& d : loaded->diagnostics) std::cout << dialogs::to_line(d, dialogs::lang::zh_cn) << '\n';
    if (loaded->diagnostics.empty()) std::cout << "没有发现问题\n";
    for (const auto& [id, bound] : loaded->questions) {
      std::cout << id << "：" << dialogs::sentence(bound, dialogs::lang::zh_cn) << '\n';
    }
  }
  return loaded->diagnostics.empty() ? 0 : exit_findings;
}

int run_scripts(const std::vector<std::string>& paths, const std::string& language, output_form form) {
  const auto chosen = dialogs::lang_from_tag(language);
  if (!chosen) {
    std::cerr << "zhuqi: --lang must be zh-CN, en, ja or ko\n";
    return exit_unreadable;
  }
  const auto loaded = load(paths, dialogs::completeness::whole);
  if (!loaded) return exit_unreadable;
  if (loaded->scripts == nullptr) {
    for (const auto& d : loaded->diagnostics) std::cerr << dialogs::to_line(d, dialogs::lang::zh_cn) << '\n';
    return exit_findings;
  }
  const system_clock clock;
  dialogs::snapshot state;
  state.language = *chosen;
  const auto advance = [&](const dialogs::any_event& what) {
    const auto step = dialogs::step(*loaded->scripts, state, what, {clock.now()});
    if (form == output_form::json)
      print_json(step);
    else
      print_text(step);
    state = step.next;
  };
  advance(dialogs::event::entered{""});
  for (std::string line; std::getline(std::cin, line);) advance(dialogs::event::text{line});
  return 0;
}

}  // namespace zhuqi::app
