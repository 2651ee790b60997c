#pragma once
// Counters and histograms for /metrics (Prometheus text format, prometheus-cpp core). Names and labels are fixed here.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::metrics {

/// Every metric of the product. Updates are lock-free and cheap enough for every turn.
class registry {
 public:
  registry();
  ~registry();

  void turn(std::string_view channel, std::string_view outcome, double seconds);  ///< outcome: committed, duplicate, …
  void callback_rejected(std::string_view channel, std::string_view reason);
  void alarm(std::string_view kind);  ///< body mismatch, poison turn, …: somebody must look
  void commit_batch(std::size_t turns, double seconds);
  void gauge(std::string_view name, double value);  ///< set at scrape time by ops; name is one of the fixed set

  /// Prometheus text exposition 0.0.4.
  std::string render() const;

 private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace zhuqi::metrics
