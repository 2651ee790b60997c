// The load generator: zhuqi_load run | idle | slow. A person reads the lines on stderr, bench/run reads the JSON line on stdout.

#include "bench/load/crowd.hpp"
#include "bench/load/run.hpp"
#include "bot/base/json.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <iostream>

namespace zhuqi::bench {
namespace {

/// What all three modes take.
struct common_options {
  std::string url;
  account who{
      .host = {}, .path = {}, .token = "benchtoken", .original_id = "gh_bench", .app_id = "wxbench", .aes_key = {}};
  pid_t server = 0;
};

void add_common(CLI::App& c, common_options& o) {
  c.add_option("--url", o.url, "Callback URL, e.g. http://127.0.0.1:8080/wechat/city")->required();
  c.add_option("--token", o.who.token, "Token of the account")->capture_default_str();
  c.add_option("--account", o.who.original_id, "Original id of the account")->capture_default_str();
  c.add_option("--app-id", o.who.app_id, "AppID (secure mode)")->capture_default_str();
  c.add_option("--aes-key", o.who.aes_key, "EncodingAESKey; given, all is encrypted (secure mode)");
  c.add_option("--server-pid", o.server, "Process to watch: CPU per turn by thread, memory");
}

target place(common_options& o) {
  target where = parse_url(o.url);
  o.who.host = where.host;
  o.who.path = where.path;
  return where;
}

double ms(std::uint64_t ns) { return static_cast<double>(ns) / 1e6; }

json errors_json(const std::map<std::string, std::uint64_t>& errors) {
  json out = json::object();
  for (const auto& [what, n] : errors) out[what] = n;
  return out;
}

json memory_json(const process_cost& c) {
  return {{"rss_kb", c.resident_kb}, {"peak_kb", c.resident_peak_kb}, {"anonymous_kb", c.anonymous_kb}};
}

/// CPU per turn, by thread, in µs.
json threads_json(const load_result& r) {
  json out = json::object();
  for (const auto& [name, after] : r.server_after.thread_seconds) {
    const auto before = r.server_before.thread_seconds.find(name);
    const double used = after - (before == r.server_before.thread_seconds.end() ? 0 : before->second);
    if (r.answers > 0 && used > 0.001) out[name] = used * 1e6 / static_cast<double>(r.answers);
  }
  return out;
}

int report(const load_plan& plan, const load_result& r) {
  const double rate = r.seconds > 0 ? static_cast<double>(r.turns) / r.seconds : 0;
  const double answers = r.answers > 0 ? static_cast<double>(r.answers) : 1;
  const auto q = [&](double share) { return ms(r.latency.quantile_ns(share)); };
  const double server_cpu = r.server_after.cpu_seconds - r.server_before.cpu_seconds;
  json out = {{"mode", plan.rate > 0 ? "open" : "closed"},
              {"rate", plan.rate},
              {"connections", plan.connections},
              {"users", plan.users},
              {"seconds", r.seconds},
              {"turns", r.turns},
              {"turns_per_s", rate},
              {"p50_ms", q(.5)},
              {"p90_ms", q(.9)},
              {"p99_ms", q(.99)},
              {"p999_ms", q(.999)},
              {"max_ms", ms(r.latency.max_ns())},
              {"over_4500_ms", r.latency.above(4'500'000'000U)},
              {"errors", errors_json(r.errors)},
              {"own_us_per_turn", r.own_cpu * 1e6 / answers},
              {"own_cpu_share", r.seconds > 0 ? r.own_cpu / r.seconds : 0},
              {"server_us_per_turn", server_cpu * 1e6 / answers},
              {"server_threads_us", threads_json(r)},
              {"server_memory", memory_json(r.server_after)}};
  std::cout << dump_json(out) << std::endl;
  std::fprintf(stderr,
               "%s %zu connections, %llu users: %.0f turns/s  p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms; "
               "CPU µs/turn: server %.1f, generator %.1f (%.0f %% of a core)\n",
               plan.rate > 0 ? "open loop," : "closed loop,", plan.connections,
               static_cast<unsigned long long>(plan.users), rate, q(.5), q(.9), q(.99), q(.999), ms(r.latency.max_ns()),
               server_cpu * 1e6 / answers, r.own_cpu * 1e6 / answers, r.seconds > 0 ? r.own_cpu / r.seconds * 100 : 0);
  for (const auto& [what, n] : r.errors)
    std::fprintf(stderr, "  error: %s × %llu\n", what.c_str(), static_cast<unsigned long long>(n));
  for (const std::string& sample : r.samples) std::fprintf(stderr, "  e.g. %s\n", sample.c_str());
  return r.errors.empty() ? 0 : 1;
}

struct run_options : common_options {
  load_plan plan;
  std::string walk_file;
  std::string check = "dialog";
  std::string begin = "fresh";
};

int run_command(run_options& o) {
  o.plan.where = place(o);
  o.plan.who = o.who;
  o.plan.server = o.server;
  o.plan.script = read_walk(o.walk_file);
  o.plan.level = o.check == "dialog"    ? strictness::dialog
                 : o.check == "parties" ? strictness::parties
                                        : strictness::status;
  o.plan.begin = o.begin == "fresh" ? start_place::fresh : o.begin == "lost" ? start_place::lost : start_place::spread;
  return report(o.plan, run_load(o.plan));
}

void add_run(CLI::App& app, run_options& o, int& code) {
  auto* c = app.add_subcommand("run", "Load: closed loop, or --rate for a constant rate");
  add_common(*c, o);
  c->add_option("--walk", o.walk_file, "The conversation, e.g. bench/load/walk.tsv")->required();
  c->add_option("--check", o.check, "How much of each reply is checked")
      ->check(CLI::IsMember({"status", "parties", "dialog"}))
      ->capture_default_str();
  c->add_option("--begin", o.begin, "Where users stand")
      ->check(CLI::IsMember({"fresh", "lost", "spread"}))
      ->capture_default_str();
  c->add_option("--places", o.plan.places_file, "File that keeps where each user stands, from one run to the next");
  c->add_option("--connections", o.plan.connections, "Keep-alive connections")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  c->add_option("--rate", o.plan.rate, "Turns per second, 0 = closed loop")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  c->add_option("--warmup", o.plan.warmup_s, "Seconds before measuring")
      ->check(CLI::Range(0.0, 600.0))
      ->capture_default_str();
  c->add_option("--seconds", o.plan.seconds, "Seconds of measuring")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  c->add_option("--turns", o.plan.most_turns, "Stop after so many turns at the latest");
  c->add_option("--users", o.plan.users, "Number of users")->check(CLI::Range(2, 50'000'000))->capture_default_str();
  c->add_option("--first-user", o.plan.first_user, "Number of the first of them")->capture_default_str();
  c->add_option("--mix", o.plan.mix_percent, "Percent of retries, pictures and menu views")
      ->check(CLI::Range(0, 90))
      ->capture_default_str();
  c->add_option("--seed", o.plan.seed, "Seed of the choice of users")->capture_default_str();
  c->callback([&] { code = run_command(o); });
}

struct crowd_options : common_options {
  crowd_plan plan;
};

int idle_command(crowd_options& o) {
  o.plan.where = place(o);
  o.plan.who = o.who;
  o.plan.server = o.server;
  const idle_result r = hold_idle(o.plan);
  const double grown = static_cast<double>(r.after.resident_kb) - static_cast<double>(r.before.resident_kb);
  const double each = grown / static_cast<double>(o.plan.connections);
  json out = {{"mode", "idle"},
              {"connections", o.plan.connections},
              {"open", r.open},
              {"kb_each", each},
              {"before", memory_json(r.before)},
              {"after", memory_json(r.after)},
              {"errors", errors_json(r.errors)}};
  std::cout << dump_json(out) << std::endl;
  std::fprintf(stderr, "%zu of %zu idle connections open: %.2f KB each (RSS %.1f → %.1f MB)\n", r.open,
               o.plan.connections, each, static_cast<double>(r.before.resident_kb) / 1024,
               static_cast<double>(r.after.resident_kb) / 1024);
  for (const auto& [what, n] : r.errors)
    std::fprintf(stderr, "  error: %s × %llu\n", what.c_str(), static_cast<unsigned long long>(n));
  return r.errors.empty() && r.open == o.plan.connections ? 0 : 1;
}

int slow_command(crowd_options& o) {
  o.plan.where = place(o);
  const slow_result r = trickle(o.plan);
  json out = {{"mode", "slow"},
              {"connections", o.plan.connections},
              {"opened", r.opened},
              {"closed_by_server", r.closed_by_server},
              {"fewest_open", r.fewest_open}};
  std::cout << dump_json(out) << std::endl;
  std::fprintf(stderr, "%zu slow connections for %.1f s; the server closed %llu, all were opened again\n",
               o.plan.connections, o.plan.seconds, static_cast<unsigned long long>(r.closed_by_server));
  return 0;
}

void add_crowds(CLI::App& app, crowd_options& idle, crowd_options& slow, int& code) {
  auto* c = app.add_subcommand("idle", "Silent keep-alive connections: what each costs the server");
  add_common(*c, idle);
  c->add_option("--connections", idle.plan.connections)->check(CLI::Range(1, 60'000))->capture_default_str();
  c->add_option("--seconds", idle.plan.seconds, "How long they stay")->capture_default_str();
  c->callback([&] { code = idle_command(idle); });
  c = app.add_subcommand("slow", "Connections that send a byte of their head per second");
  add_common(*c, slow);
  slow.plan.connections = 5'000;
  c->add_option("--connections", slow.plan.connections)->check(CLI::Range(1, 60'000))->capture_default_str();
  c->add_option("--seconds", slow.plan.seconds, "How long it goes on")->capture_default_str();
  c->callback([&] { code = slow_command(slow); });
}

int main_of(int argc, char** argv) {
  CLI::App app{
      "Load generator for signed WeChat callbacks. Exit: 0 all replies right, 1 some wrong, 2 usage, 70 cannot run."};
  app.require_subcommand(1);
  int code = 0;
  run_options run;
  crowd_options idle;
  crowd_options slow;
  add_run(app, run, code);
  add_crowds(app, idle, slow, code);
  try {
    raise_file_limit();
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  } catch (const std::exception& e) {
    std::cerr << "zhuqi_load: " << e.what() << '\n';
    return 70;
  }
  return code;
}

}  // namespace
}  // namespace zhuqi::bench

int main(int argc, char** argv) { return zhuqi::bench::main_of(argc, argv); }
