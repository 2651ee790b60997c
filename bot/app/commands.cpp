#include "bot/app/commands.hpp"

#include "bot/app/app.hpp"
#include "bot/app/config.hpp"
#include "bot/app/data_commands.hpp"
#include "bot/app/script_commands.hpp"

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

}  // namespace

int run_command(int argc, char** argv) try {
  ::umask(077);  // a database, a backup, a key: whatever a command writes is its owner's alone
  CLI::App app{"Zhuqi 助企: dialogs that help enterprises, officials who take over.", "zhuqi"};
  app.require_subcommand(1);
  app.set_version_flag("--version", ZHUQI_VERSION);
  app.failure_message(CLI::FailureMessage::help);
  int code = 0;

  place at;
  serve_options options;
  auto* serve_command = app.add_subcommand("serve", "Serve until SIGTERM. Example: zhuqi serve --config zhuqi.yaml");
  add_place(*serve_command, at);
  serve_command->add_option("--listen", at.listen, "IP:PORT, instead of the configuration's");
  serve_command->add_option("--ops-listen", at.ops_listen, "IP:PORT of /healthz, /readyz, /metrics");
  serve_command->add_option("--clock-file", options.clock_file, "For tests: a file with an offset to the clock, in ms");
  serve_command->callback([&] {
    const auto settings = settings_of(at);
    code = settings ? serve(*settings, options) : exit_usage;
  });

  bool keys = false;
  auto* check = app.add_subcommand("check-config", "Read the configuration and say what is wrong with it");
  add_place(*check, at);
  check->add_flag("--keys", keys, "List every key with its form, default and meaning");
  check->callback([&] {
    if (keys) {
      std::cout << describe_config_keys();
    } else if (settings_of(at)) {
      std::cout << "configuration is good\n";
    } else {
      code = exit_findings;
    }
  });

  std::string file;
  auto* backup = app.add_subcommand("backup", "Copy the database to FILE, also while the server runs");
  add_place(*backup, at);
  backup->add_option("file", file, "New file to write")->required();
  backup->callback([&] {
    const auto settings = settings_of(at);
    code = settings ? backup_database(*settings, file) : exit_usage;
  });

  auto* restore =
      app.add_subcommand("restore", "Make a data folder from a backup FILE; refuses one that has a database");
  add_place(*restore, at);
  restore->add_option("file", file, "Backup to read")->required();
  restore->callback([&] {
    const auto settings = settings_of(at);
    code = settings ? restore_database(*settings, file) : exit_usage;
  });

  output_form form = output_form::text;
  const auto as_json = [&form](std::int64_t) { form = output_form::json; };
  auto* verify =
      app.add_subcommand("verify", "Check the database: integrity, event chains, and that replay gives the same");
  add_place(*verify, at);
  verify->add_flag("--json", as_json, "Findings as JSON");
  verify->callback([&] {
    const auto settings = settings_of(at);
    code = settings ? verify_database(*settings, form) : exit_usage;
  });

  std::vector<std::string> paths;
  std::string language = "zh-CN";
  auto* script = app.add_subcommand("script", "Work on dialog scripts");
  script->require_subcommand(1);
  auto* script_check =
      script->add_subcommand("check", "Say what is wrong with scripts; exit 1 on findings, 2 if unreadable");
  script_check->add_option("path", paths, "YAML files or folders; the shipped scripts without one");
  script_check->add_flag("--json", as_json, "Findings as JSON");
  script_check->callback([&] { code = check_scripts(paths, form); });
  auto* script_run = script->add_subcommand("run", "Chat with scripts on stdin and stdout, one line = one message");
  script_run->add_option("path", paths, "YAML files or folders; the shipped scripts without one");
  script_run->add_option("--lang", language, "zh-CN, en, ja or ko");
  script_run->add_flag("--json", as_json, "One JSON object per turn");
  script_run->callback([&] { code = run_scripts(paths, language, form); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : exit_usage;
  }
  return code;
} catch (const std::exception& e) {
  std::cerr << "zhuqi: " << e.what() << '\n';
  return exit_environment;
}

}  // namespace zhuqi::app
