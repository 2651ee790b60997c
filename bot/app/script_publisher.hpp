#pragma once
// Brings scripts from where they are written to where conversations run: the shipped ones out of the binary, or an operator's out
// of a folder, at start and again whenever the operator asks. What does not pass the checks changes nothing.

#include "bot/base/clock.hpp"
#include "bot/pipeline/script_cache.hpp"
#include "bot/runtime/worker_pool.hpp"
#include "dialogs/library.hpp"
#include "storage/store.hpp"

#include <functional>
#include <string>
#include <vector>

namespace zhuqi::app {

/// Loop thread only.
class script_publisher {
 public:
  /// `folder` "" = the shipped scripts.
  script_publisher(std::string folder, pipeline::script_cache& cache, storage::store& store, const clock& time,
                   worker_pool& workers);

  /// Before anything is served. Where the folder's scripts have errors, the version that was live goes on and the log says why;
  /// an error where there is none.
  void begin(std::function<void(result<void>)> done);

  /// Reads, checks and publishes the folder again, beside the traffic. The log says what came of it.
  void reload();

  /// Whether the folder's scripts were refused last time.
  bool refused() const { return refused_; }

 private:
  void take(dialogs::loaded_scripts loaded, std::function<void(result<void>)> done);
  std::vector<storage::script_move> moves_of(const dialogs::loaded_scripts& loaded, const std::string& live) const;

  const std::string folder_;
  pipeline::script_cache& cache_;
  storage::store& store_;
  const clock& time_;
  worker_pool& workers_;
  bool loading_ = false;
  bool refused_ = false;
};

}  // namespace zhuqi::app
