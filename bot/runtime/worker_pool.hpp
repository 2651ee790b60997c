#pragma once
// A few threads for what would hold the loop up (password hashing, large checks, blocking calls). Bounded: what does not fit is
// refused, not queued without end.

#include <boost/asio/io_context.hpp>

#include <exception>
#include <functional>
#include <memory>

namespace zhuqi {

class worker_pool {
 public:
  worker_pool(boost::asio::io_context& loop, std::size_t threads, std::size_t queue_limit);
  /// Finishes the job each thread has, drops what waits (its `done` is never called), joins.
  ~worker_pool();
  worker_pool(const worker_pool&) = delete;
  worker_pool& operator=(const worker_pool&) = delete;

  /// Runs `work` on a pool thread, then `done` on the loop, with the exception that left `work`, if any. Keeps the loop running
  /// until then. Returns errc::overloaded's meaning as false: queue_limit jobs wait already, nothing will be called.
  [[nodiscard]] bool submit(std::function<void()> work, std::function<void(std::exception_ptr)> done);

  std::size_t waiting() const;

 private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace zhuqi
