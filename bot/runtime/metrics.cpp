// See metrics.hpp. The hot path is a short lock-free list walk and one atomic add; prometheus-cpp's own lookup takes a mutex and
// builds a map of labels each time.

#include "bot/runtime/metrics.hpp"

#include "bot/runtime/log.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <functional>
#include <mutex>

namespace zhuqi::metrics {
namespace {

constexpr std::size_t max_label_sets =
    256;  // per metric; what comes after is counted as "other": labels are no place for input

struct gauge_row {
  std::string_view name;
  std::string_view help;
};

/// The fixed set of registry::gauge(). Exposed as zhuqi_<name>.
constexpr std::array gauges{
    gauge_row{"http_connections", "Open connections, WebSockets included."},
    gauge_row{"http_accepted", "Connections accepted since the start."},
    gauge_row{"http_refused_full", "Connections answered 503 because the limit was reached."},
    gauge_row{"http_requests", "Requests handed to a route since the start."},
    gauge_row{"http_rejected", "Requests refused as malformed since the start."},
    gauge_row{"http_timeouts", "Connections that ran into a deadline since the start."},
    gauge_row{"turns_in_flight", "Turns accepted and not yet durable."},
    gauge_row{"callbacks_joined", "Retries that were attached to their first attempt in flight, since the start."},
    gauge_row{"callbacks_timed_out", "Callbacks answered 503 because the deadline came first, since the start."},
    gauge_row{"callbacks_refused", "Callbacks answered 503 because a queue was full, since the start."},
    gauge_row{"replies_undelivered",
              "Passive replies that became durable after the platform had hung up, since the start."},
    gauge_row{"commit_batches", "Group commits since the start."},
    gauge_row{"commit_turns", "Turns in them."},
    gauge_row{"commit_replays", "Group commits that were written again turn by turn, because one turn failed."},
    gauge_row{"commit_slowest_seconds", "The slowest group commit since the start."},
    gauge_row{"webchat_visitors", "Web chat sockets that said hello."},
    gauge_row{"database_bytes", "Size of the database file."},
    gauge_row{"wal_bytes", "Size of the write-ahead log."},
    gauge_row{"resident_bytes", "Resident memory of the process."},
    gauge_row{"open_descriptors", "Open file descriptors of the process."},
    gauge_row{"uptime_seconds", "Seconds since the start."},
    gauge_row{"log_dropped_lines", "Log lines lost because the queue was full."},
    gauge_row{"scripts_refused", "1 while an older version is live because the folder of scripts has errors."},
    gauge_row{"ready", "1 while /readyz says yes."},
};

/// Append-only list of label values → metric. Readers never lock; a node once linked never changes.
template <class Metric>
class label_cache {
 public:
  using maker = std::function<Metric&(const std::string&, const std::string&)>;
  explicit label_cache(maker make) : make_{std::move(make)} {}
  ~label_cache() {
    for (node* n = head_.load(); n != nullptr;) delete std::exchange(n, n->next);
  }
  label_cache(const label_cache&) = delete;
  label_cache& operator=(const label_cache&) = delete;

  Metric& get(std::string_view a, std::string_view b) {
    if (Metric* known = find(a, b)) return *known;
    const std::lock_guard guard{adding_};
    if (Metric* known = find(a, b)) return *known;
    if (size_ >= max_label_sets) {
      if (Metric* other = find("other", "other")) return *other;
      a = b = "other";
    }
    ++size_;
    auto* fresh = new node{std::string{a}, std::string{b}, nullptr, head_.load()};
    fresh->metric = &make_(fresh->a, fresh->b);
    head_.store(fresh, std::memory_order_release);
    return *fresh->metric;
  }

 private:
  struct node {
    std::string a, b;
    Metric* metric;
    node* next;
  };
  Metric* find(std::string_view a, std::string_view b) const {
    for (const node* n = head_.load(std::memory_order_acquire); n != nullptr; n = n->next) {
      if (n->a == a && n->b == b) return n->metric;
    }
    return nullptr;
  }

  maker make_;
  std::atomic<node*> head_{nullptr};
  std::mutex adding_;
  std::size_t size_ = 0;
};

using prometheus::Histogram;

const Histogram::BucketBoundaries turn_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                               0.1,    0.25,  0.5,    1,     2.5,  4.5,   10};
const Histogram::BucketBoundaries commit_buckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5};
const Histogram::BucketBoundaries batch_buckets{1, 2, 4, 8, 16, 32, 64, 128, 256};

}  // namespace

struct registry::impl {
  prometheus::Registry all;

  prometheus::Family<prometheus::Counter>& turns =
      prometheus::BuildCounter().Name("zhuqi_turns_total").Help("Turns by channel and outcome.").Register(all);
  prometheus::Family<Histogram>& turn_seconds = prometheus::BuildHistogram()
                                                    .Name("zhuqi_turn_seconds")
                                                    .Help("Seconds from accept to durable, by channel.")
                                                    .Register(all);
  prometheus::Family<prometheus::Counter>& rejected =
      prometheus::BuildCounter()
          .Name("zhuqi_callbacks_rejected_total")
          .Help("Callbacks refused before the pipeline, by channel and reason.")
          .Register(all);
  prometheus::Family<prometheus::Counter>& alarms = prometheus::BuildCounter()
                                                        .Name("zhuqi_alarms_total")
                                                        .Help("Things somebody must look at, by kind.")
                                                        .Register(all);
  Histogram& batch_turns = prometheus::BuildHistogram()
                               .Name("zhuqi_commit_batch_turns")
                               .Help("Turns in one transaction.")
                               .Register(all)
                               .Add({}, batch_buckets);
  Histogram& commit_seconds = prometheus::BuildHistogram()
                                  .Name("zhuqi_commit_seconds")
                                  .Help("Seconds of one transaction, flush included.")
                                  .Register(all)
                                  .Add({}, commit_buckets);
  std::array<prometheus::Gauge*, gauges.size()> gauge_of{};

  label_cache<prometheus::Counter> turn_cache{[this](const std::string& channel, const std::string& outcome) -> auto& {
    return turns.Add({{"channel", channel}, {"outcome", outcome}});
  }};
  label_cache<Histogram> seconds_cache{[this](const std::string& channel, const std::string&) -> auto& {
    return turn_seconds.Add({{"channel", channel}}, turn_buckets);
  }};
  label_cache<prometheus::Counter> rejected_cache{
      [this](const std::string& channel, const std::string& reason) -> auto& {
        return rejected.Add({{"channel", channel}, {"reason", reason}});
      }};
  label_cache<prometheus::Counter> alarm_cache{[this](const std::string& kind, const std::string&) -> auto& {
    return alarms.Add({{"kind", kind}});
  }};

  impl() {
    for (std::size_t i = 0; i < gauges.size(); ++i) {
      gauge_of[i] = &prometheus::BuildGauge()
                         .Name("zhuqi_" + std::string{gauges[i].name})
                         .Help(std::string{gauges[i].help})
                         .Register(all)
                         .Add({});
    }
  }
};

registry::registry() : impl_{std::make_unique<impl>()} {}
registry::~registry() = default;

void registry::turn(std::string_view channel, std::string_view outcome, double seconds) {
  impl_->turn_cache.get(channel, outcome).Increment();
  impl_->seconds_cache.get(channel, "").Observe(seconds);
}

void registry::callback_rejected(std::string_view channel, std::string_view reason) {
  impl_->rejected_cache.get(channel, reason).Increment();
}

void registry::alarm(std::string_view kind) { impl_->alarm_cache.get(kind, "").Increment(); }

void registry::commit_batch(std::size_t turns, double seconds) {
  impl_->batch_turns.Observe(static_cast<double>(turns));
  impl_->commit_seconds.Observe(seconds);
}

void registry::gauge(std::string_view name, double value) {
  for (std::size_t i = 0; i < gauges.size(); ++i) {
    if (gauges[i].name == name) return impl_->gauge_of[i]->Set(value);
  }
  log::error("metrics.unknown_gauge", {{"name", name}});
}

std::string registry::render() const { return prometheus::TextSerializer{}.Serialize(impl_->all.Collect()); }

}  // namespace zhuqi::metrics
