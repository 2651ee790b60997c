#include "bot/app/data_commands.hpp"

#include "bot/app/data_dir.hpp"
#include "bot/base/json.hpp"
#include "bot/pipeline/case_replay.hpp"
#include "bot/pipeline/replay.hpp"
#include "dialogs/library.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/verify.hpp"
#include "storage/sqlite/walk.hpp"

#include <filesystem>
#include <iostream>
#include <string>
#include <unordered_map>
#include <utility>

namespace zhuqi::app {
namespace fs = std::filesystem;

int backup_database(const config& settings, const std::string& file) {
  const auto report = storage::back_up(database_file(settings.data).string(), file);
  std::cout << "backed up " << report.bytes << " bytes, up to turn " << report.last_turn.value << ", to " << file
            << '\n'
            << "keep " << (fs::path{settings.data} / "server.key").string()
            << " beside it: it is what visitors' logins are signed with\n";
  return 0;
}

int restore_database(const config& settings, const std::string& file) {
  const fs::path dir = open_data_dir(settings.data);
  const auto report = storage::restore(file, database_file(dir).string());
  std::cout << "restored " << report.bytes << " bytes, up to turn " << report.last_turn.value << ", to " << dir.string()
            << "; copy server.key there too, or web chat visitors start anew\n";
  return 0;
}

namespace {

// What the database alone cannot know: that its log, run through the engine again, gives what is stored.
void replay_log(const std::string& path, storage::verify_report& report) {
  std::unordered_map<std::string, dialogs::script_set_ptr> versions;
  dialogs::script_set_ptr live;
  const auto found = [&report](const char* rule, conversation_id id, std::string what) {
    report.complete = report.complete && report.findings.size() < storage::most_findings;
    if (report.complete) report.findings.push_back({rule, id, std::move(what)});
  };
  pipeline::replay replay{[&](std::string_view version) {
                            const auto known = versions.find(std::string{version});
                            return version.empty() ? live : known == versions.end() ? nullptr : known->second;
                          },
                          [&](conversation_id id, std::string what) { found("replay", id, std::move(what)); }};
  bool log_ended = false;
  storage::visitor visit;
  visit.script = [&](storage::script_version v) {
    auto scripts = dialogs::load_published(v.canonical);
    if (!scripts) return;  // a version that this release cannot run: its conversations are reported
    live = *scripts;
    versions.emplace(std::move(v.hash), std::move(*scripts));
  };
  visit.event = [&](storage::stored_event e) { replay.event(std::move(e)); };
  visit.state = [&](storage::conversation c) {
    if (!log_ended) replay.finish();
    log_ended = true;
    replay.state(c);
  };
  visit.case_log = [&](const storage::case_row& row, const std::vector<storage::case_event_row>& events) {
    if (auto what = pipeline::fault_in(row, events); !what.empty())
      found("case.replay", row.conversation, std::move(what));
  };
  storage::walk(path, visit);
}

}  // namespace

int verify_database(const config& settings, output_form form) {
  const std::string path = database_file(settings.data).string();
  storage::verify_report report = storage::verify(path);
  replay_log(path, report);
  if (form == output_form::json) {
    json findings = json::array();
    for (const auto& f : report.findings) {
      findings.push_back({{"rule", f.rule}, {"conversation", f.conversation.value}, {"what", f.what}});
    }
    std::cout << dump_json({{"findings", findings},
                            {"complete", report.complete},
                            {"conversations", report.conversations},
                            {"events", report.events},
                            {"states", report.states},
                            {"keys", report.keys},
                            {"cases", report.cases},
                            {"last_audit", report.last_audit}})
              << '\n';
  } else {
    for (const auto& f : report.findings)
      std::cout << f.rule << ": conversation " << f.conversation.value << ": " << f.what << '\n';
    std::cout << report.conversations << " conversations, " << report.events << " events, " << report.keys << " keys, "
              << report.cases << " cases: "
              << (report.findings.empty() ? "all good" : std::to_string(report.findings.size()) + " findings") << '\n';
    if (!report.last_audit.empty()) std::cout << "records of who did what end with " << report.last_audit << '\n';
  }
  return report.findings.empty() ? 0 : 1;
}

}  // namespace zhuqi::app
