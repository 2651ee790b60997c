// The dialog engine alone, on the shipped scripts: how long a step takes, and what storing and reading its state costs. Walks the
// same conversation as the load generator, and stops if an answer is not the expected one; then takes every step that the tests of
// the shipped dialogs take, in random order. Prints one JSON line.

#include "bench/load/histogram.hpp"
#include "bench/load/users.hpp"
#include "bot/base/json.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/library.hpp"
#include "dialogs/script_tests.hpp"

#include <chrono>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
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

struct taken_step {
  dialogs::snapshot before;
  dialogs::any_event event;
  unix_ms now;
};

/// Each step of each test of the shipped dialogs, with the state that it begins in.
std::vector<taken_step> steps_of_tests(const dialogs::script_set& scripts) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& entry : std::filesystem::directory_iterator{ZHUQI_LIBRARY}) {
    if (!entry.path().string().ends_with(".test.yaml")) continue;
    std::ifstream in{entry.path(), std::ios::binary};
    texts.emplace_back(entry.path().filename().string(), std::string{std::istreambuf_iterator<char>{in}, {}});
  }
  std::vector<dialogs::script_file> files;
  files.reserve(texts.size());
  for (const auto& [name, text] : texts) files.push_back({name, text});
  const auto read = dialogs::read_test_yaml(files, scripts);
  std::vector<taken_step> out;
  const auto watch = [&](const dialogs::snapshot& before, const dialogs::any_event& e, unix_ms now) {
    out.push_back({before, e, now});
  };
  if (dialogs::run_tests(scripts, read.tests, watch).failures() > 0) throw std::runtime_error{"a script test fails"};
  return out;
}

struct library_figures {
  histogram step;
  std::size_t places = 0;
  double busy_s = 0;  ///< all steps together, pauses of the machine included
};

library_figures run_library(const dialogs::script_set& scripts) {
  const std::vector<taken_step> all = steps_of_tests(scripts);
  library_figures out;
  out.places = all.size();
  random_source random{2};
  std::size_t messages = 0;
  for (const auto end = steady::now() + duration; steady::now() < end;) {
    const taken_step& one = all[random.below(all.size())];
    const auto begin = steady::now();
    const dialogs::step_result result = dialogs::step(scripts, one.before, one.event, {one.now});
    const std::uint64_t ns = ns_since(begin);
    out.step.record(ns);
    out.busy_s += static_cast<double>(ns) / 1e9;
    messages += result.messages.size();
  }
  if (messages == 0) throw std::runtime_error{"the engine said nothing"};
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
  const library_figures all = run_library(*library.scripts);
  const json out = {{"mode", "engine"},
                    {"library_places", all.places},
                    {"library_steps_per_s", static_cast<double>(all.step.total()) / all.busy_s},
                    {"library_step", percentiles(all.step)},
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
