// The dialog engine alone, on the shipped scripts: how long a step takes, and what storing and reading its state costs. Walks the
// same conversation as the load generator, and stops if an answer is not the expected one. Prints one JSON line.

#include "bench/load/histogram.hpp"
#include "bench/load/users.hpp"
#include "bot/base/json.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/library.hpp"

#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace zhuqi::bench {
namespace {

using steady = std::chrono::steady_clock;

constexpr std::size_t users = 10'000;
constexpr std::chrono::seconds duration{2};

std::uint64_t ns_since(steady::time_point begin) {
  return static_cast<std::uint64_t>(std::chrono::nanoseconds{steady::now() - begin}.count());
}

struct figures {
  histogram step, write, read;
  std::uint64_t bytes = 0;
};

void expect_answer(const dialogs::step_result& result, const walk_step& step) {
  for (const auto& message : result.messages) {
    if (message.text.find(step.expect) != std::string::npos) return;
  }
  throw std::runtime_error{"'" + step.say + "' was not answered with '" + step.expect + "'"};
}

figures run(const dialogs::script_set& scripts, const walk& way) {
  figures out;
  std::vector<dialogs::snapshot> states(users);
  std::vector<std::size_t> next(users);
  random_source random{1};
  std::int64_t now_ms = 1'600'000'000'000;
  for (const auto end = steady::now() + duration; steady::now() < end;) {
    const std::uint64_t user = random.below(users);
    const walk_step& step = way.steps[next[user]];
    const dialogs::any_event event = dialogs::event::text{step.say};
    auto begin = steady::now();
    dialogs::step_result result = dialogs::step(scripts, states[user], event, {unix_ms{++now_ms}});
    out.step.record(ns_since(begin));
    expect_answer(result, step);
    begin = steady::now();
    const std::string stored = dialogs::serialize(result.next);
    out.write.record(ns_since(begin));
    begin = steady::now();
    auto loaded = dialogs::deserialize(stored);
    out.read.record(ns_since(begin));
    if (!loaded || *loaded != result.next) throw std::runtime_error{"a state did not survive storing"};
    out.bytes += stored.size();
    states[user] = std::move(result.next);
    next[user] = (next[user] + 1) % way.steps.size();
  }
  return out;
}

json percentiles(const histogram& h) {
  const auto us = [&](double q) { return static_cast<double>(h.quantile_ns(q)) / 1e3; };
  return {{"p50_us", us(.5)}, {"p99_us", us(.99)}, {"max_us", static_cast<double>(h.max_ns()) / 1e3}};
}

int main_of(int argc, char** argv) {
  const auto library = dialogs::load_library(dialogs::library::files());
  if (library.scripts == nullptr) throw std::runtime_error{"the shipped scripts do not load"};
  const figures f = run(*library.scripts, read_walk(argc > 1 ? argv[1] : ZHUQI_WALK));
  const auto steps = static_cast<double>(f.step.total());
  // Median and not mean: on a busy machine the mean is the scheduler's.
  const json out = {{"mode", "engine"},
                    {"steps", f.step.total()},
                    {"steps_per_s", 1e9 / static_cast<double>(f.step.quantile_ns(.5))},
                    {"step", percentiles(f.step)},
                    {"serialize", percentiles(f.write)},
                    {"deserialize", percentiles(f.read)},
                    {"snapshot_bytes", static_cast<double>(f.bytes) / steps}};
  std::cout << dump_json(out) << std::endl;
  return 0;
}

}  // namespace
}  // namespace zhuqi::bench

int main(int argc, char** argv) try { return zhuqi::bench::main_of(argc, argv); } catch (const std::exception& e) {
  std::cerr << "zhuqi_engine_bench: " << e.what() << '\n';
  return 70;
}
