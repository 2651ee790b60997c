// The physical limits: zhuqi_limits beast | sqlite | joined. The servers run until SIGTERM or --seconds; `sqlite` prints JSON lines.

#include "bench/limits/joined.hpp"
#include "bench/limits/rows.hpp"
#include "bench/limits/sessions.hpp"
#include "bench/load/socket.hpp"
#include "bench/load/users.hpp"
#include "bot/base/json.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace zhuqi::bench {
namespace {

struct limit_options {
  std::uint16_t port = 0;
  std::string dir;
  std::string schema = ZHUQI_SCHEMA_DIR;
  std::string layout = "append";
  row_sizes sizes;
  std::uint64_t users = 10'000;
  std::vector<std::size_t> groups{1, 16, 64, 256};
  double seconds = 3;
};

state_layout layout_of(const limit_options& o) {
  return o.layout == "append" ? state_layout::append : state_layout::random;
}

/// Serves until a signal or, as a net under forgotten servers, for `seconds`.
void run_until_told(boost::asio::io_context& loop, double seconds) {
  boost::asio::signal_set signals{loop, SIGTERM, SIGINT};
  signals.async_wait([&](const boost::system::error_code&, int) { loop.stop(); });
  boost::asio::steady_timer limit{
      loop, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>{seconds})};
  limit.async_wait([&](const boost::system::error_code&) { loop.stop(); });
  loop.run();
}

int beast_command(const limit_options& o) {
  boost::asio::io_context loop{1};
  serve_callbacks(loop, o.port,
                  [&](std::string_view body, const send_reply& send) { send(fixed_reply(body, o.sizes.reply)); });
  std::cout << "ready" << std::endl;
  run_until_told(loop, o.seconds);
  return 0;
}

int joined_command(const limit_options& o) {
  boost::asio::io_context loop{1};
  row_writer rows{o.dir, o.schema, layout_of(o), o.sizes, o.users};
  joined_server server{loop, rows, o.users, o.sizes.reply};
  serve_callbacks(loop, o.port, [&](std::string_view body, send_reply send) { server.take(body, std::move(send)); });
  std::cout << "ready" << std::endl;
  run_until_told(loop, o.seconds);
  return 0;
}

/// Group commit without any server around it: turns per second for one size of group.
double commit_rate(row_writer& rows, std::vector<std::int64_t>& last_event, std::size_t group, double seconds,
                   std::int64_t& turn) {
  random_source random{group};
  const auto begin = std::chrono::steady_clock::now();
  const std::int64_t first = turn;
  double elapsed = 0;
  do {
    rows.begin();
    for (std::size_t i = 0; i < group; ++i) {
      const std::uint64_t user = random.below(last_event.size());
      turn_row row;
      row.turn = ++turn;
      row.conversation = static_cast<std::int64_t>(user + 1);
      row.created_s = 1'600'000'000 + turn / 50'000;
      row.seq = 1;
      row.last_event = last_event[user];
      row.digest = {mix64(static_cast<std::uint64_t>(turn)), mix64(user)};
      last_event[user] = rows.write(row);
    }
    rows.commit();
    elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  } while (elapsed < seconds);
  return static_cast<double>(turn - first) / elapsed;
}

int sqlite_command(const limit_options& o) {
  row_writer rows{o.dir, o.schema, layout_of(o), o.sizes, o.users};
  std::vector<std::int64_t> last_event(o.users);
  std::int64_t turn = 0;
  for (const std::size_t group : o.groups) {
    const double rate = commit_rate(rows, last_event, group, o.seconds, turn);
    json line = {{"mode", "sqlite"}, {"group", group}, {"users", o.users}, {"layout", o.layout}, {"turns_per_s", rate}};
    std::cout << dump_json(line) << std::endl;
    std::cerr << "SQLite alone, groups of " << group << ", " << o.users << " users, " << o.layout << ": "
              << static_cast<std::uint64_t>(rate) << " turns/s\n";
  }
  return 0;
}

void add_sizes(CLI::App& c, limit_options& o) {
  c.add_option("--reply-bytes", o.sizes.reply, "Size of the passive reply")->capture_default_str();
  c.add_option("--event-in-bytes", o.sizes.event_in, "Size of the body of a user's event")->capture_default_str();
  c.add_option("--event-out-bytes", o.sizes.event_out, "Size of the body of the bot's event")->capture_default_str();
  c.add_option("--snapshot-bytes", o.sizes.snapshot, "Size of a state's snapshot")->capture_default_str();
}

void add_database(CLI::App& c, limit_options& o) {
  c.add_option("--dir", o.dir, "Folder for a new database")->required();
  c.add_option("--schema", o.schema, "Folder with the migrations")->capture_default_str();
  c.add_option("--layout", o.layout, "State rows")->check(CLI::IsMember({"append", "random"}))->capture_default_str();
  c.add_option("--users", o.users, "Known conversations")->check(CLI::Range(1, 50'000'000))->capture_default_str();
}

int main_of(int argc, char** argv) {
  CLI::App app{"What Beast and SQLite allow, alone and joined."};
  app.require_subcommand(1);
  limit_options o;
  int code = 0;
  auto* beast = app.add_subcommand("beast", "Beast callbacks, one thread, a fixed reply");
  auto* sqlite = app.add_subcommand("sqlite", "Group commit of a turn's rows, one thread");
  auto* joined = app.add_subcommand("joined", "Both");
  for (auto* c : {beast, joined}) c->add_option("--port", o.port, "Port on 127.0.0.1")->required();
  for (auto* c : {beast, sqlite, joined}) {
    add_sizes(*c, o);
    c->add_option("--seconds", o.seconds, "How long (servers: at most)")
        ->check(CLI::Range(0.1, 3600.0))
        ->capture_default_str();
  }
  for (auto* c : {sqlite, joined}) add_database(*c, o);
  sqlite->add_option("--groups", o.groups, "Turns per transaction")->delimiter(',');
  beast->callback([&] { code = beast_command(o); });
  sqlite->callback([&] { code = sqlite_command(o); });
  joined->callback([&] { code = joined_command(o); });
  try {
    raise_file_limit();
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  } catch (const std::exception& e) {
    std::cerr << "zhuqi_limits: " << e.what() << '\n';
    return 70;
  }
  return code;
}

}  // namespace
}  // namespace zhuqi::bench

int main(int argc, char** argv) { return zhuqi::bench::main_of(argc, argv); }
