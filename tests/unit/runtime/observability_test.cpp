// What operators and their tools rely on: one JSON object a line, nothing in it that drives a terminal or names a person, and
// metric names that do not change.

#include "bot/base/json.hpp"
#include "bot/runtime/log.hpp"
#include "bot/runtime/metrics.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

namespace zhuqi::test {
namespace {

/// Everything `f` writes to stderr, as lines.
template <class F>
std::vector<std::string> lines_of(F f) {
  char name[] = "/tmp/zhuqi-log-XXXXXX";
  const int file = ::mkstemp(name);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(file, STDERR_FILENO);
  f();
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  ::close(file);
  std::ifstream in{name};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  ::unlink(name);
  return lines;
}

}  // namespace

TEST_CASE("a log line is one JSON object with time, level and event") {
  const auto lines = lines_of([] {
    log::start(log::level::info);
    log::write(log::level::debug, "not.seen");
    log::info("turn.committed", {{"turn_id", 7}, {"ms", 1.5}, {"new", true}, {"channel", "city"}});
    log::stop();
  });
  REQUIRE(lines.size() == 1);
  const auto line = parse_json(lines[0]);
  REQUIRE(line);
  CHECK((*line)["level"] == "info");
  CHECK((*line)["event"] == "turn.committed");
  CHECK((*line)["turn_id"] == 7);
  CHECK((*line)["ms"] == 1.5);
  CHECK((*line)["new"] == true);
  CHECK((*line)["channel"] == "city");
  const std::string ts = (*line)["ts"];
  CHECK(ts.size() == 24);
  CHECK(ts.back() == 'Z');
}

TEST_CASE("nothing from outside can break a log line, drive a terminal, or fill a disk") {
  const std::vector<std::string> hostile{"a\r\nb",
                                         "\x1b[2J\x1b]0;x\x07",
                                         "\"}{\"level\":\"x",
                                         "\\",
                                         std::string{"\0x", 2},
                                         "\xff\xfe",
                                         std::string{"\xc2\x9b"} + "31m",
                                         "\xed\xa0\x80",
                                         "\x7f",
                                         "中文 fine",
                                         std::string(1'000'000, 'a'),
                                         std::string(1023, 'a') + "中"};
  for (const bool started : {true, false}) {
    const auto lines = lines_of([&] {
      if (started) log::start(log::level::info);
      for (const auto& h : hostile) log::info("x", {{"v", h}});
      log::stop();
    });
    REQUIRE(lines.size() == hostile.size());
    for (const auto& text : lines) {
      CHECK(text.size() < 8 * 1024);
      CHECK(text.find('\x1b') == std::string::npos);
      CHECK(text.find("\xc2\x9b") == std::string::npos);
      const auto line = parse_json(text);
      REQUIRE(line);
      CHECK(line->size() == 4);
      CHECK((*line)["v"].get<std::string>().size() <= 1024 + 3 * 3);
    }
  }
}

TEST_CASE("a pseudonym is stable within a run, short, and not the identifier") {
  const auto a = log::pseudonym("oABC123");
  CHECK(a == log::pseudonym("oABC123"));
  CHECK(a != log::pseudonym("oABC124"));
  CHECK(a.size() == 16);
}

TEST_CASE("lines that do not fit are dropped and counted, and the caller never waits") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);  // a reader that does not read: the writer thread hangs
  log::start(log::level::info);
  const auto before = log::dropped();
  for (int i = 0; i < 20'000; ++i) log::info("flood", {{"i", i}, {"pad", std::string(100, 'x')}});
  const auto lost = log::dropped() - before;
  std::thread reader{[&] {
    char chunk[65536];
    while (::read(ends[0], chunk, sizeof chunk) > 0) {
    }
  }};
  log::stop();
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  CHECK(lost > 5'000);
  CHECK(log::dropped() - before >= lost);
}

TEST_CASE("the names of the metrics are these") {
  metrics::registry m;
  m.turn("city", "committed", 0.002);
  m.turn("city", "duplicate", 0.001);
  m.callback_rejected("city", "bad_signature");
  m.alarm("mismatch");
  m.commit_batch(17, 0.0004);
  const auto silent = lines_of([&] { m.gauge("no_such_gauge", 1); });
  CHECK(silent.size() == 1);
  m.gauge("http_connections", 3);
  const std::string text = m.render();
  std::set<std::string> names;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# TYPE ")) names.insert(line.substr(7));
  }
  const std::set<std::string> expected{
      "zhuqi_turns_total counter",     "zhuqi_turn_seconds histogram",       "zhuqi_callbacks_rejected_total counter",
      "zhuqi_alarms_total counter",    "zhuqi_commit_batch_turns histogram", "zhuqi_commit_seconds histogram",
      "zhuqi_http_connections gauge",  "zhuqi_http_accepted gauge",          "zhuqi_http_refused_full gauge",
      "zhuqi_http_requests gauge",     "zhuqi_http_rejected gauge",          "zhuqi_http_timeouts gauge",
      "zhuqi_turns_in_flight gauge",   "zhuqi_callbacks_joined gauge",       "zhuqi_callbacks_timed_out gauge",
      "zhuqi_callbacks_refused gauge", "zhuqi_replies_undelivered gauge",    "zhuqi_commit_batches gauge",
      "zhuqi_commit_turns gauge",      "zhuqi_commit_replays gauge",         "zhuqi_commit_slowest_seconds gauge",
      "zhuqi_webchat_visitors gauge",  "zhuqi_database_bytes gauge",         "zhuqi_wal_bytes gauge",
      "zhuqi_resident_bytes gauge",    "zhuqi_scripts_refused gauge",        "zhuqi_open_descriptors gauge",
      "zhuqi_uptime_seconds gauge",    "zhuqi_log_dropped_lines gauge",      "zhuqi_ready gauge"};
  CHECK(names == expected);
  CHECK(text.find("zhuqi_turns_total{channel=\"city\",outcome=\"committed\"} 1") != std::string::npos);
  CHECK(text.find("zhuqi_http_connections 3") != std::string::npos);
  CHECK(text.find("zhuqi_commit_batch_turns_sum 17") != std::string::npos);
}

TEST_CASE("labels from outside cannot grow the metrics without end, and threads may count at once") {
  metrics::registry m;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&m] {
      for (int i = 0; i < 2'000; ++i) m.callback_rejected("city", "reason " + std::to_string(i));
    });
  }
  for (auto& t : threads) t.join();
  const std::string text = m.render();
  double total = 0;
  int rows = 0;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("zhuqi_callbacks_rejected_total{")) continue;
    ++rows;
    total += std::stod(line.substr(line.rfind(' ')));
  }
  CHECK(rows <= 257);
  CHECK(total == 8'000);
}

}  // namespace zhuqi::test
