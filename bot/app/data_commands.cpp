#include "bot/app/data_commands.hpp"

#include "bot/app/data_dir.hpp"
#include "bot/base/json.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/verify.hpp"

#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace zhuqi::app {
namespace fs = std::filesystem;

int backup_database(const config& settings, const std::string& file) {
  const auto report = storage::back_up(database_file(settings.data).string(), file);
  std::cout << "backed up " << report.bytes << " bytes, up to turn " << report.last_turn.value << ", to " << file << '\n'
            << "keep " << (fs::path{settings.data} / "server.key").string() << " beside it: it is what visitors' logins are signed with\n";
  return 0;
}

int restore_database(const config& settings, const std::string& file) {
  const fs::path dir = open_data_dir(settings.data);
  const auto report = storage::restore(file, database_file(dir).string());
  std::cout << "restored " << report.bytes << " bytes, up to turn " << report.last_turn.value << ", to " << dir.string()
            << "; copy server.key there too, or web chat visitors start anew\n";
  return 0;
}

int verify_database(const config& settings, output_form form) {
  const std::string path = database_file(settings.data).string();
  const storage::verify_report report = storage::verify(path);
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
                            {"keys", report.keys}})
              << '\n';
  } else {
    for (const auto& f : report.findings) std::cout << f.rule << ": conversation " << f.conversation.value << ": " << f.what << '\n';
    std::cout << report.conversations << " conversations, " << report.events << " events, " << report.keys << " keys: "
              << (report.findings.empty() ? "all good" : std::to_string(report.findings.size()) + " findings") << '\n';
  }
  return report.findings.empty() ? 0 : 1;
}

}  // namespace zhuqi::app
