// The store alone, through its port: how fast turns become durable at a given number in flight, with few and with many
// conversations, and what a cold load costs. Absolute figures are the machine's; compare the ratios of one run.
//
//   store_bench [--turns N] [--conversations N] [--dir D]

#include "storage/sqlite/store.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <filesystem>
#include <mutex>
#include <random>

namespace {

using namespace zhuqi;
using namespace zhuqi::storage;
using clock_type = std::chrono::steady_clock;

class loop {
 public:
  void post(std::function<void()> f) {
    {
      const std::lock_guard lock{mutex_};
      queue_.push_back(std::move(f));
    }
    wake_.notify_one();
  }
  void run_until(const std::function<bool()>& done) {
    while (!done()) {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [this] { return !queue_.empty(); });
      auto taken = std::move(queue_);
      queue_.clear();
      lock.unlock();
      for (auto& f : taken) f();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
};

struct figures {
  double turns_per_s = 0;
  double p50_us = 0;
  double p99_us = 0;
  double max_us = 0;
  double cpu_us = 0;  ///< of the process, per turn: what is left to compare when others use the machine
};

class bench {
 public:
  bench(std::string directory, std::size_t conversations)
      : users_{conversations}, path_{std::move(directory) + "/bench.db"} {
    std::filesystem::remove_all(std::filesystem::path{path_}.parent_path());
    open();
    newest_.resize(users_);
    for (std::size_t i = 0; i < users_; ++i) {
      newest_[i].channel = "city";
      newest_[i].user = openid(i);
    }
    std::printf("creating %zu conversations …\n", users_);
    drive(
        users_, 4'096, [n = std::size_t{0}]() mutable { return n++; }, false);
  }

  figures commits(std::size_t turns, std::size_t in_flight, bool with_load) {
    return drive(
        turns, in_flight, [this] { return random_() % users_; }, with_load);
  }

  figures loads(std::size_t n) {
    std::vector<double> us;
    const auto begin = clock_type::now();
    const auto cpu = cpu_us();
    for (std::size_t i = 0; i < n; ++i) {
      const auto start = clock_type::now();
      store_->load("city", newest_[random_() % users_].user, [](const result<conversation>& c) {
        if (!c || !c->id) std::abort();
      });
      us.push_back(since(start));
    }
    auto f = summary(us, n, since(begin));
    f.cpu_us = (cpu_us() - cpu) / static_cast<double>(n);
    return f;
  }

  double reopen_ms() {
    store_->close();
    store_.reset();
    const auto begin = clock_type::now();
    open();
    return since(begin) / 1000;
  }

  store_stats stats() const { return store_->stats(); }
  std::uintmax_t wal_bytes() const {
    std::error_code none;
    const auto n = std::filesystem::file_size(path_ + "-wal", none);
    return none ? 0 : n;
  }

 private:
  struct slim {  ///< what the caller needs of a conversation to continue it; a million of them must fit
    std::string channel, user;
    std::int64_t id = 0, turn = 0, event = 0, seq = 0;
  };

  static std::string openid(std::size_t i) {
    // Shaped like WeChat's, and as random as those.
    std::mt19937_64 r{i};
    std::string s = "oZhuqi";
    for (int k = 0; k < 22; ++k) s += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[r() % 64];
    return s;
  }

  static double since(clock_type::time_point begin) {
    return std::chrono::duration<double, std::micro>(clock_type::now() - begin).count();
  }

  static double cpu_us() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
  }

  static figures summary(std::vector<double>& us, std::size_t n, double all_us) {
    std::sort(us.begin(), us.end());
    return {static_cast<double>(n) * 1e6 / all_us, us[us.size() / 2], us[us.size() * 99 / 100], us.back(), 0};
  }

  void open() {
    store_ = make_sqlite_store(
        {.path = path_}, [this](auto f) { loop_.post(std::move(f)); },
        [](const std::string& what) {
          std::fprintf(stderr, "fatal: %s\n", what.c_str());
          std::abort();
        });
  }

  turn_commit next_turn(const slim& c, std::size_t i) {
    static const std::string vars(300, 'v');
    turn_commit t;
    t.at = {1'793'491'200'000 + static_cast<std::int64_t>(++serial_ / 20)};
    t.key.emplace();
    t.key->created_s = t.at.value / 1000;
    const std::uint64_t spread[2] = {serial_ * 0x9e3779b97f4a7c15ULL, random_()};
    std::memcpy(t.key->digest.data(), spread, 16);
    t.reply = std::string(280, 'r');
    t.before.channel = c.channel;
    t.before.user = c.user;
    t.before.id = {c.id};
    t.before.last_turn = {c.turn};
    t.before.last_event = {c.event};
    t.before.seq = {c.seq};
    t.after.snapshot = vars + std::to_string(i);
    t.events = {{"user.text", "user", R"({"text":"我们公司有二十多个人，想问问房租补贴怎么领"})"},
                {"bot.text", "bot", R"({"text":"好的。请问贵公司去年的营业收入大约是多少？不清楚也没关系。"})"}};
    return t;
  }

  /// Keeps `in_flight` turns going; each conversation has at most one of them, as the lanes guarantee.
  figures drive(std::size_t turns, std::size_t in_flight, const std::function<std::size_t()>& pick, bool with_load) {
    std::vector<double> us;
    us.reserve(turns);
    std::vector<bool> busy(users_);
    std::size_t started = 0, finished = 0;
    std::function<void()> start = [&] {
      auto i = pick();
      while (busy[i]) i = pick();
      busy[i] = true;
      ++started;
      const auto begin = clock_type::now();
      if (with_load)
        store_->load("city", newest_[i].user, [](const result<conversation>& c) {
          if (!c) std::abort();
        });
      store_->commit(next_turn(newest_[i], i), [&, i, begin](const commit_outcome& o) {
        if (o.status != commit_status::committed) {
          std::fprintf(stderr, "not committed: %d %s\n", static_cast<int>(o.status), o.diagnosis.c_str());
          std::abort();
        }
        auto& c = newest_[i];
        c.id = o.after.id.value;
        c.turn = o.after.last_turn.value;
        c.event = o.after.last_event.value;
        c.seq = o.after.seq.value;
        busy[i] = false;
        us.push_back(since(begin));
        ++finished;
        if (started < turns) start();
      });
    };
    const auto begin = clock_type::now();
    const auto cpu = cpu_us();
    while (started < std::min(in_flight, turns)) start();
    loop_.run_until([&] { return finished == turns; });
    auto f = summary(us, turns, since(begin));
    f.cpu_us = (cpu_us() - cpu) / static_cast<double>(turns);
    return f;
  }

  const std::size_t users_;
  const std::string path_;
  loop loop_;
  std::unique_ptr<store> store_;
  std::vector<slim> newest_;
  std::mt19937_64 random_{42};
  std::uint64_t serial_ = 0;
};

void print(const char* what, const figures& few, const figures& many) {
  std::printf("%-28s", what);
  for (const auto& f : {few, many}) {
    std::printf("%9.0f/s p50 %5.0f p99 %5.0f max %6.0f cpu %5.1f |", f.turns_per_s, f.p50_us, f.p99_us, f.max_us,
                f.cpu_us);
  }
  std::printf(" %.2f, by cpu %.2f\n", many.turns_per_s / few.turns_per_s, few.cpu_us / many.cpu_us);
}

std::string argument(int argc, char** argv, const char* name, const char* fallback) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::strcmp(argv[i], name) == 0) return argv[i + 1];
  }
  return fallback;
}

}  // namespace

int main(int argc, char** argv) {
  const auto turns = std::stoull(argument(argc, argv, "--turns", "200000"));
  const auto many_users = std::stoull(argument(argc, argv, "--conversations", "1000000"));
  const auto directory = argument(argc, argv, "--dir", "/tmp/zhuqi-store-bench");

  bench few{directory + "/few", 10'000};
  bench many{directory + "/many", many_users};
  few.commits(20'000, 64, false);
  many.commits(20'000, 64, false);
  std::printf("%-28s 10,000 conversations (times in µs) | %llu conversations | ratio\n", "",
              static_cast<unsigned long long>(many_users));
  for (const std::size_t in_flight : {1, 16, 64, 256}) {
    const auto n = in_flight == 1 ? turns / 20 : turns;
    char what[64];
    std::snprintf(what, sizeof what, "commits, %zu in flight", in_flight);
    // In slices that alternate, so that the machine's drift hits both alike.
    figures best_few, best_many;
    for (int slice = 0; slice < 3; ++slice) {
      const auto a = few.commits(n / 3, in_flight, false);
      const auto b = many.commits(n / 3, in_flight, false);
      if (a.turns_per_s > best_few.turns_per_s) best_few = a;
      if (b.turns_per_s > best_many.turns_per_s) best_many = b;
    }
    print(what, best_few, best_many);
  }
  const auto loaded_few = few.commits(turns, 64, true);
  print("load + commit, 64 in flight", loaded_few, many.commits(turns, 64, true));
  const auto loads_few = few.loads(50'000);
  print("loads", loads_few, many.loads(50'000));
  const auto s = many.stats();
  std::printf("log now %.0f MB, restarted %llu times, slowest commit %lld µs, longest restart %lld µs\n",
              static_cast<double>(many.wal_bytes()) / 1e6, static_cast<unsigned long long>(s.checkpoints),
              static_cast<long long>(s.slowest_commit_us), static_cast<long long>(s.slowest_restart_us));
  const auto close_and_open_few = few.reopen_ms();
  std::printf("close and open: %.0f ms | %.0f ms\n", close_and_open_few, many.reopen_ms());
  const auto cold_few = few.loads(50'000);
  print("loads after opening", cold_few, many.loads(50'000));
  std::filesystem::remove_all(directory);
}
