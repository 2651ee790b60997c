// The commands on scripts as a person types them: exit codes, what stands on stdout, and what stderr says to do.
#include "bot/app/commands.hpp"
#include "bot/app/data_dir.hpp"
#include "bot/base/json.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/event_json.hpp"
#include "dialogs/library.hpp"
#include "storage/sqlite/store.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace zhuqi;
namespace fs = std::filesystem;

namespace {

const std::string set = ZHUQI_SOURCE_DIR "/tests/golden/script_tests/set";

struct answer {
  int code = 0;
  std::string out, err;
};

class redirected {
 public:
  redirected(std::ios& stream, std::streambuf* to) : stream_{stream}, was_{stream.rdbuf(to)} {}
  ~redirected() { stream_.rdbuf(was_); }
  redirected(const redirected&) = delete;
  redirected& operator=(const redirected&) = delete;

 private:
  std::ios& stream_;
  std::streambuf* was_;
};

answer zhuqi_command(std::vector<std::string> words, const std::string& input = "") {
  words.insert(words.begin(), {"zhuqi", "script"});
  std::vector<char*> argv;
  argv.reserve(words.size());
  for (std::string& w : words) argv.push_back(w.data());
  std::istringstream in{input};
  std::ostringstream out;
  std::ostringstream err;
  answer a;
  {
    const redirected i{std::cin, in.rdbuf()};
    const redirected o{std::cout, out.rdbuf()};
    const redirected e{std::cerr, err.rdbuf()};
    std::cin.clear();
    a.code = app::run_command(static_cast<int>(argv.size()), argv.data());
  }
  a.out = out.str();
  a.err = err.str();
  return a;
}

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> out;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
  return out;
}

class temporary_folder {
 public:
  temporary_folder() : path_{fs::temp_directory_path() / ("zhuqi-tools-" + std::to_string(::getpid()))} {
    fs::remove_all(path_);
    fs::create_directories(path_);
    fs::copy(set, path_ / "set", fs::copy_options::recursive);
  }
  ~temporary_folder() { fs::remove_all(path_); }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path_ / name, std::ios::binary} << text;
    return (path_ / name).string();
  }
  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::ifstream in{path_ / name, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    write(name, text.replace(at, from.size(), to));
  }
  std::string of(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("a conversation is one JSON object per line typed, with state, messages, slots, calls and outcome") {
  const temporary_folder folder;
  const std::string mock = folder.write("mock.yaml", "case_create: {case_no: A7}\n");
  const answer a = zhuqi_command({"run", set, "--json", "--at", "2026-03-02T10:00:00+08:00", "--mock", mock},
                                 "1\n本市\n否\n60人\n5%\n");
  REQUIRE(a.code == 0);
  const std::vector<json> turns = lines_of(a.out);
  REQUIRE(turns.size() == 6);
  CHECK(turns[0]["state"] == "main_menu.menu");
  CHECK(turns[1]["state"] == "job_subsidy.reg");
  CHECK(turns[1]["messages"][0]["options"][1]["label"] == "外地");
  CHECK(turns[4]["slots"]["staff"] == "60");
  CHECK(turns[5]["outcome"] == "job_subsidy.eligible");
  CHECK(turns[5]["calls"][0]["service"] == "case_create");
  CHECK(turns[5]["slots"]["cut"] == "5");
  CHECK_THAT(turns[5]["messages"][0]["text"].get<std::string>(), Catch::Contains("编号 A7"));
}

TEST_CASE("without a service the user reaches a human, and lines with ! feed what is not typed") {
  const answer a = zhuqi_command({"run", set, "--json", "--at", "2026-03-02T10:00:00+08:00"},
                                 "!menu job_subsidy\n!wait 10m\n!media image\n!!wait\n本市\n否\n60\n5%\n");
  REQUIRE(a.code == 0);
  const std::vector<json> turns = lines_of(a.out);
  REQUIRE(turns.size() == 9);
  CHECK(turns[2]["messages"].size() == 1);  // the reminder, with the question again
  CHECK(turns[2]["state"] == "job_subsidy.reg");
  CHECK(turns[8]["owner"] == "queue");
  CHECK(turns[8]["handoff"]["queue"] == "社保窗口");
  const answer wrong = zhuqi_command({"run", set, "--json"}, "!jump\n");
  CHECK(lines_of(wrong.out).size() == 1);
  CHECK_THAT(wrong.err, Catch::Contains("!wait 2h") && Catch::Contains("!!jump"));
}

TEST_CASE("tests pass with 0, fail with 1, and are unreadable with 2") {
  const temporary_folder folder;
  const answer good = zhuqi_command({"test", set, "--junit", folder.of("report.xml")});
  CHECK(good.code == 0);
  CHECK_THAT(good.out, Catch::Contains("job_subsidy：状态 12/12（100%）") && Catch::Contains("11 个测试，0 个不通过"));
  CHECK(fs::file_size(folder.of("report.xml")) > 100);
  folder.replace("set/job_subsidy.test.yaml", "{outcome: not_eligible}", "{outcome: eligible}");
  const answer failed = zhuqi_command({"test", folder.of("set"), "--coverage"});
  CHECK(failed.code == 1);
  CHECK_THAT(failed.out,
             Catch::Contains("job_subsidy.test.yaml:10:10: 「外地企业不受理」应为结果 job_subsidy.eligible"));
  CHECK_THAT(failed.out, Catch::Contains("未经过 cut：多次答错（on_fail） → human"));
  CHECK(zhuqi_command({"test", folder.of("none")}).code == 2);
  CHECK(zhuqi_command({"test"}).code == 2);
  folder.write("set/job_subsidy.test.yaml", "test: job_subsidy\ncasse: []\n");
  const answer wrong = zhuqi_command({"test", folder.of("set")});
  CHECK(wrong.code == 1);
  CHECK_THAT(wrong.err, Catch::Contains("job_subsidy.test.yaml:2:1: unknown-key"));
}

TEST_CASE("graphs come in three forms, and an unknown form or dialog is told what there is") {
  CHECK_THAT(zhuqi_command({"graph", set, "--format", "mermaid"}).out, Catch::StartsWith("flowchart TD"));
  CHECK_THAT(zhuqi_command({"graph", set, "--format", "scxml"}).out, Catch::StartsWith("<?xml"));
  const answer machine = zhuqi_command({"graph", set, "--format", "xstate", "--dialog", "job_subsidy"});
  CHECK(json::parse(machine.out)["states"].size() == 1);
  const answer dialog = zhuqi_command({"graph", set, "--format", "mermaid", "--dialog", "subsidy"});
  CHECK(dialog.code == 2);
  CHECK_THAT(dialog.err, Catch::Contains("job_subsidy"));
  CHECK(zhuqi_command({"graph", set, "--format", "dot"}).code == 2);
}

TEST_CASE("differences are told by dialog, and as JSON") {
  const temporary_folder folder;
  folder.replace("set/job_subsidy.yaml", "next: cut\n", "next: [{if: staff > 100, to: human}, {to: cut}]\n");
  const answer a = zhuqi_command({"diff", set, folder.of("set")});
  CHECK(a.code == 0);
  CHECK(a.out ==
        "对话 job_subsidy\n  状态 staff：新增分支：若 staff > 100，则转 human\n"
        "    state staff: added branch: if staff > 100, to human\n");
  CHECK(json::parse(zhuqi_command({"diff", set, folder.of("set"), "--json"}).out)["changes"].size() == 1);
  CHECK(zhuqi_command({"diff", set, set}).out == "没有变化\n");
  CHECK(zhuqi_command({"diff", set, folder.of("gone")}).code == 2);
}

TEST_CASE("a layout names states that are there, in its own form, and is no part of the set") {
  const temporary_folder folder;
  folder.write("set/job.ui.json", "{\"job_subsidy\": {\"reg\": {\"x\": 1, \"y\": 2.5}}}");
  CHECK(zhuqi_command({"check", folder.of("set")}).code == 0);
  folder.write("set/job.ui.json",
               "{\"job_subsidy\": {\n  \"rge\": {\"x\": 1, \"y\": 2}, \"cut\": [1, 2]},\n \"other\": {}}");
  const answer a = zhuqi_command({"check", folder.of("set")});
  CHECK(a.code == 1);
  CHECK_THAT(a.out, Catch::Contains("job.ui.json:2:3: unknown-target") &&
                        Catch::Contains("job.ui.json:2:28: wrong-type") &&
                        Catch::Contains("job.ui.json:3:2: unknown-dialog"));
  folder.write("set/job.ui.json", "{");
  CHECK_THAT(zhuqi_command({"check", folder.of("set")}).out, Catch::Contains("job.ui.json:1:1: wrong-type"));
}

namespace {

/// A data folder in which one user on the shipped scripts has registered a company as far as the question for its code.
void log_conversation(const std::string& data) {
  const fs::path dir = app::open_data_dir(data);
  const auto post = [](const std::function<void()>& f) { f(); };
  storage::sqlite_options options;
  options.path = app::database_file(dir).string();
  const auto store = storage::make_sqlite_store(options, post, [](const std::string&) {});
  const auto scripts = dialogs::load_library(dialogs::library::files()).scripts;
  REQUIRE(scripts != nullptr);
  std::promise<bool> published;
  store->publish({scripts->version(), scripts->canonical(), unix_ms{1}}, {},
                 [&](result<void> r) { published.set_value(r.has_value()); });
  REQUIRE(published.get_future().get());
  dialogs::snapshot state;
  storage::conversation stored;
  stored.channel = "web";
  stored.user = "u1";
  unix_ms at{1'772'416'800'000};
  for (const std::string line : {"登记企业信息", "泉州海丰纺织有限公司"}) {
    at = at + 1'000;
    auto step = dialogs::step(*scripts, state, dialogs::event::text{line}, {at});
    storage::turn_commit turn;
    turn.before = stored;
    turn.after = stored;
    turn.after.snapshot = dialogs::serialize(step.next);
    turn.at = at;
    const dialogs::any_event e = dialogs::event::text{line};
    turn.events.push_back({std::string{dialogs::event_kind(e)}, "user", dialogs::event_body(e, "")});
    if (state.version.empty()) {
      turn.events.push_back({"script.pinned", "bot", dump_json({{"version", scripts->version()}})});
    }
    state = std::move(step.next);
    std::promise<storage::commit_outcome> done;
    store->commit(std::move(turn), [&](storage::commit_outcome o) { done.set_value(std::move(o)); });
    const auto outcome = done.get_future().get();
    REQUIRE(outcome.status == storage::commit_status::committed);
    stored = outcome.after;
  }
  store->close();
}

}  // namespace

TEST_CASE(
    "logged conversations are walked on a draft, by conversation and class, and nothing of their texts is shown") {
  const temporary_folder folder;
  log_conversation(folder.of("data"));
  const std::string library = ZHUQI_SOURCE_DIR "/dialogs/library";
  const std::vector<std::string> words{"replay",          "--draft", library,   "--data",
                                       folder.of("data"), "--json",  "--since", "2026-03-01T00:00:00+08:00"};
  const answer same = zhuqi_command(words);
  REQUIRE(same.code == 0);
  const json report = json::parse(same.out);
  CHECK(report["classes"]["identical"] == 1);
  CHECK(report["dialogs"][0]["dialog"] == "company_profile");
  CHECK(same.out.find("海丰") == std::string::npos);
  fs::copy(library, folder.of("draft"), fs::copy_options::recursive);
  folder.replace("draft/company_profile.yaml", "min: 4, max: 60", "min: 4, max: 8");
  const answer refused = zhuqi_command(
      {"replay", "--draft", folder.of("draft"), "--data", folder.of("data"), "--since", "2026-03-01T00:00:00+08:00"});
  CHECK(refused.code == 0);
  CHECK_THAT(refused.out, Catch::Contains("缺少信息 (needs_information)  1"));
  CHECK_THAT(refused.out, Catch::Contains("没有 company_profile.name 的回答"));
  CHECK(zhuqi_command({"replay", "--draft", library, "--data", folder.of("empty")}).code == 2);
  CHECK(zhuqi_command({"replay", "--draft", library, "--since", "yesterday"}).code == 2);
}
