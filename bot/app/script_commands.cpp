#include "bot/app/script_commands.hpp"

#include "bot/app/script_files.hpp"
#include "bot/app/script_layout.hpp"
#include "bot/base/json.hpp"
#include "dialogs/export_mermaid.hpp"
#include "dialogs/export_scxml.hpp"
#include "dialogs/export_xstate.hpp"
#include "dialogs/script_diff.hpp"

#include <algorithm>
#include <iostream>
#include <tuple>

namespace zhuqi::app {

const char* const script_check_help =
    R"(Say what is wrong with scripts, one finding a line: file:line:column: rule sentence fix. Examples:
  zhuqi script check                       the shipped scripts
  zhuqi script check scripts/              a whole set
  zhuqi script check my_dialog.yaml --json
Exit status: 0 clean, 1 findings, 2 a file cannot be read.)";

const char* const script_graph_help =
    R"(Draw scripts or export them, to stdout. Examples:
  zhuqi script graph scripts --format mermaid > scripts.mmd
  zhuqi script graph scripts --format scxml --dialog job_subsidy
  zhuqi script graph scripts --format xstate | head
mermaid is for reading (sentences are shortened); scxml and xstate keep every state, branch, guard, text of the main
language
and outcome.)";

const char* const script_diff_help =
    R"(Say in sentences what changed between two sets; order of keys and layout are no changes. Example:
  zhuqi script diff published/ draft/
  状态 staff：新增分支：若 staff > 100，则转 human
Exit status: 0 compared, 1 a set has errors, 2 a file cannot be read.)";

namespace {

/// A set to compare or draw: whole where it can be, else what is there.
std::optional<dialogs::read_scripts> read_any(const std::string& path, int& code) {
  const auto texts = read_files({path}, ".yaml");
  if (!texts || texts->empty()) {
    if (texts) std::cerr << "zhuqi: no .yaml file in " << path << "; name a script or a folder with scripts\n";
    code = exit_unreadable;
    return std::nullopt;
  }
  dialogs::read_scripts out = dialogs::read_yaml(views_of(*texts));
  for (const auto& d : out.diagnostics) std::cerr << dialogs::to_line(d, dialogs::lang::zh_cn) << '\n';
  if (dialogs::has_errors(out.diagnostics)) {
    code = exit_findings;
    return std::nullopt;
  }
  return out;
}

}  // namespace

int check_scripts(const std::vector<std::string>& paths, output_form form) {
  auto loaded = load(paths);
  if (!loaded) return exit_unreadable;
  if (!check_layouts(paths, loaded->diagnostics)) return exit_unreadable;
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

int graph_scripts(const std::vector<std::string>& paths, const std::string& format, const std::string& dialog) {
  const runnable set = load_runnable(paths);
  if (set.scripts == nullptr) return set.code;
  if (!dialog.empty() && set.scripts->find(dialog) == nullptr) {
    std::cerr << "zhuqi: there is no dialog " << dialog << "; there are:";
    for (const auto& d : set.scripts->dialogs()) std::cerr << ' ' << d.id;
    std::cerr << '\n';
    return exit_unreadable;
  }
  if (format == "mermaid") {
    std::cout << dialogs::to_mermaid(*set.scripts, dialog);
  } else if (format == "scxml") {
    std::cout << dialogs::to_scxml(*set.scripts, dialog);
  } else if (format == "xstate") {
    std::cout << dialogs::to_xstate(*set.scripts, dialog);
  } else {
    std::cerr << "zhuqi: --format must be mermaid, scxml or xstate\n";
    return exit_unreadable;
  }
  return 0;
}

int diff_scripts(const std::string& before, const std::string& after, output_form form) {
  int code = 0;
  const auto old = read_any(before, code);
  if (!old) return code;
  const auto now = read_any(after, code);
  if (!now) return code;
  const auto changes = dialogs::diff_scripts(old->source, now->source);
  if (form == output_form::json) {
    json rows = json::array();
    for (const auto& c : changes) {
      rows.push_back({{"dialog", c.dialog}, {"item", c.item}, {"key", c.key}, {"zh", c.zh}, {"en", c.en}});
    }
    std::cout << dump_json({{"changes", std::move(rows)}}) << '\n';
    return 0;
  }
  std::string heading = "\n";
  for (const auto& c : changes) {
    if (c.dialog != heading) std::cout << (c.dialog.empty() ? "共用内容" : "对话 " + c.dialog) << '\n';
    heading = c.dialog;
    std::cout << "  " << c.zh << "\n    " << c.en << '\n';
  }
  if (changes.empty()) std::cout << "没有变化\n";
  return 0;
}

}  // namespace zhuqi::app
