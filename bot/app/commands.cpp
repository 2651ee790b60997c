#include "bot/app/commands.hpp"

#include "bot/app/app.hpp"
#include "bot/app/config.hpp"
#include "bot/app/data_commands.hpp"
#include "bot/app/demo_city.hpp"
#include "bot/app/expr_commands.hpp"
#include "bot/app/script_commands.hpp"
#include "bot/app/script_replay.hpp"
#include "bot/app/script_run.hpp"
#include "bot/app/script_testing.hpp"
#include "bot/app/value_commands.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace zhuqi::app {
namespace {

constexpr int exit_findings = 1;
constexpr int exit_usage = 2;
constexpr int exit_environment = 70;

/// What every command that touches an installation takes.
struct place {
  std::string config_file;
  std::string data;
  std::string listen;
  std::string ops_listen;
};

void add_place(CLI::App& command, place& p) {
  command.add_option("--config", p.config_file, "Configuration file (YAML); without one the defaults hold");
  command.add_option("--data", p.data, "Data folder, instead of the configuration's");
}

std::optional<config> settings_of(const place& p) {
  std::string yaml;
  std::string base = ".";
  if (!p.config_file.empty()) {
    std::ifstream in{p.config_file, std::ios::binary};
    if (!in) {
      std::cerr << "zhuqi: cannot read " << p.config_file << '\n';
      return std::nullopt;
    }
    yaml.assign(std::istreambuf_iterator<char>{in}, {});
    base = std::filesystem::absolute(p.config_file).parent_path().string();
  }
  config_reading reading = read_config(yaml, p.config_file, base);
  if (!p.data.empty()) reading.values.data = p.data;
  for (const auto& [text, target] :
       {std::pair{&p.listen, &reading.values.listen}, {&p.ops_listen, &reading.values.ops_listen}}) {
    if (text->empty()) continue;
    if (const auto parsed = parse_endpoint(*text)) {
      *target = *parsed;
    } else {
      reading.problems.push_back({*text, "must be IP:PORT, e.g. 127.0.0.1:8080"});
    }
  }
  for (const auto& problem : reading.problems) std::cerr << problem.where << ": " << problem.what << '\n';
  if (!reading.problems.empty()) return std::nullopt;
  return std::move(reading.values);
}

/// The command line as CLI11 sees it. Options are bound to members, so one object is one invocation.
class command_line {
 public:
  command_line() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", ZHUQI_VERSION);
    app_.failure_message(CLI::FailureMessage::help);
    add_serve();
    add_check_config();
    add_data_commands();
    add_staff_commands();
    add_script_commands();
    add_expr_commands();
    add_value_commands();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
      return app_.exit(e) == 0 ? 0 : exit_usage;
    }
    return code_;
  }

 private:
  template <class Work>
  void run_with_settings(CLI::App& command, Work work) {
    command.callback([this, work] {
      const auto settings = settings_of(at_);
      code_ = settings ? work(*settings) : exit_usage;
    });
  }

  void add_json(CLI::App& command, const char* meaning) {
    command.add_flag(
        "--json", [this](std::int64_t) { form_ = output_form::json; }, meaning);
  }

  void add_serve() {
    auto& serving = *app_.add_subcommand("serve", "Serve until SIGTERM. Example: zhuqi serve --config zhuqi.yaml");
    add_place(serving, at_);
    serving.add_option("--listen", at_.listen, "IP:PORT, instead of the configuration's");
    serving.add_option("--ops-listen", at_.ops_listen, "IP:PORT of /healthz, /readyz, /metrics");
    serving.add_option("--clock-file", options_.clock_file, "For tests: a file with an offset to the clock, in ms");
    run_with_settings(serving, [this](const config& settings) { return serve(settings, options_); });
  }

  void add_check_config() {
    auto& check = *app_.add_subcommand("check-config", "Read the configuration and say what is wrong with it");
    add_place(check, at_);
    check.add_flag("--keys", keys_, "List every key with its form, default and meaning");
    check.callback([this] {
      if (keys_) {
        std::cout << describe_config_keys();
      } else if (settings_of(at_)) {
        std::cout << "configuration is good\n";
      } else {
        code_ = exit_findings;
      }
    });
  }

  void add_data_commands() {
    auto& backup = *app_.add_subcommand("backup", "Copy the database to FILE, also while the server runs");
    add_place(backup, at_);
    backup.add_option("file", file_, "New file to write")->required();
    run_with_settings(backup, [this](const config& settings) { return backup_database(settings, file_); });

    auto& restore =
        *app_.add_subcommand("restore", "Make a data folder from a backup FILE; refuses one that has a database");
    add_place(restore, at_);
    restore.add_option("file", file_, "Backup to read")->required();
    run_with_settings(restore, [this](const config& settings) { return restore_database(settings, file_); });

    auto& verify =
        *app_.add_subcommand("verify", "Check the database: integrity, event chains, and that replay gives the same");
    add_place(verify, at_);
    add_json(verify, "Findings as JSON");
    run_with_settings(verify, [this](const config& settings) { return verify_database(settings, form_); });
  }

  void add_staff_commands() {
    auto& staff = *app_.add_subcommand("staff", "Work on accounts of officials");
    staff.require_subcommand(1);
    auto& demo = *staff.add_subcommand("demo-city", demo_city_help);
    add_place(demo, at_);
    add_json(demo, "The logins as JSON");
    run_with_settings(demo, [this](const config& settings) { return make_demo_city(settings, form_); });
  }

  void add_script_commands() {
    auto& script = *app_.add_subcommand("script", "Work on dialog scripts");
    script.require_subcommand(1);
    auto& check = *script.add_subcommand("check", script_check_help);
    check.add_option("path", paths_, "YAML files or folders; the shipped scripts without one");
    add_json(check, "Findings as JSON");
    check.callback([this] { code_ = check_scripts(paths_, form_); });
    add_script_talks(script);
    auto& graph = *script.add_subcommand("graph", script_graph_help);
    graph.add_option("path", paths_, "YAML files or folders; the shipped scripts without one");
    graph.add_option("--format", format_, "mermaid, scxml or xstate")->required();
    graph.add_option("--dialog", dialog_, "Only this one");
    graph.callback([this] { code_ = graph_scripts(paths_, format_, dialog_); });
    auto& diff = *script.add_subcommand("diff", script_diff_help);
    diff.add_option("old", before_, "File or folder of the version before")->required();
    diff.add_option("new", after_, "File or folder of the version after")->required();
    add_json(diff, "Changes as JSON");
    diff.callback([this] { code_ = diff_scripts(before_, after_, form_); });
    auto& replay = *script.add_subcommand("replay", script_replay_help);
    add_place(replay, at_);
    replay.add_option("--draft", replay_.draft, "File or folder of the draft")->required();
    replay.add_option("--since", replay_.since, "RFC 3339; 24 hours ago without it");
    add_json(replay, "The comparison as JSON");
    run_with_settings(replay, [this](const config& settings) {
      replay_.form = form_;
      return replay_scripts(settings, replay_);
    });
  }

  void add_script_talks(CLI::App& script) {
    auto& run = *script.add_subcommand("run", script_run_help);
    run.add_option("path", run_.paths, "YAML files or folders; the shipped scripts without one");
    run.add_option("--lang", run_.language, "zh-CN, en, ja or ko");
    run.add_option("--at", run_.at, "The time that it is, RFC 3339; the clock then moves only by !wait");
    run.add_option("--mock", run_.mock, "YAML file with what services answer");
    add_json(run, "One JSON object per turn");
    run.callback([this] {
      run_.form = form_;
      code_ = run_scripts(run_);
    });
    auto& test = *script.add_subcommand("test", script_test_help);
    test.add_option("path", test_.paths, "Folders, or scripts and *.test.yaml files");
    test.add_option("--junit", test_.junit, "File to write JUnit XML to");
    test.add_flag("--coverage", test_.coverage, "List the states and branches that no test goes through");
    add_json(test, "Results and coverage as JSON");
    test.callback([this] {
      test_.form = form_;
      code_ = test_scripts(test_);
    });
  }

  void add_expr_commands() {
    auto& expr = *app_.add_subcommand("expr", "Work on expressions, the language of guards and rules");
    expr.require_subcommand(1);
    auto& eval = *expr.add_subcommand("eval", expr_eval_help);
    eval.add_option("--lang", expr_.language, "Of the sentences in errors: zh-CN or en");
    eval.add_flag("--tagged", expr_.tagged, "Write every number as {\"int\": \"5\"} or {\"double\": \"0.5\"}");
    eval.add_flag("--dynamic", expr_.dynamic, "Do not check types before: mistakes show when their part is evaluated");
    eval.callback([this] { code_ = eval_expressions(expr_); });
  }

  void add_value_commands() {
    auto& value = *app_.add_subcommand("value", "Work on what people type");
    value.require_subcommand(1);
    auto& parsing = *value.add_subcommand("parse", value_parse_help);
    parsing.callback([this] { code_ = parse_values(std::cin, std::cout); });
  }

  CLI::App app_{"Zhuqi 助企: dialogs that help enterprises, officials who take over.", "zhuqi"};
  place at_;
  serve_options options_;
  bool keys_ = false;
  std::string file_;
  std::vector<std::string> paths_;
  std::string format_;
  std::string dialog_;
  std::string before_;
  std::string after_;
  script_run_options run_;
  script_test_options test_;
  script_replay_options replay_;
  expr_options expr_;
  output_form form_ = output_form::text;
  int code_ = 0;
};

}  // namespace

int run_command(int argc, char** argv) try {
  ::umask(077);  // a database, a backup, a key: whatever a command writes is its owner's alone
  return command_line{}.run(argc, argv);
} catch (const std::exception& e) {
  std::cerr << "zhuqi: " << e.what() << '\n';
  return exit_environment;
}

}  // namespace zhuqi::app
