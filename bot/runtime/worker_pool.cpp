// See worker_pool.hpp.

#include "bot/runtime/worker_pool.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace zhuqi {
namespace {

using loop_work = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;

struct job {
  std::function<void()> work;
  std::function<void(std::exception_ptr)> done;
  loop_work keeps_loop;
};

}  // namespace

struct worker_pool::impl {
  boost::asio::io_context& loop;
  const std::size_t limit;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::deque<job> queue;
  bool stopping = false;
  std::vector<std::thread> threads;

  impl(boost::asio::io_context& l, std::size_t queue_limit) : loop{l}, limit{queue_limit} {}

  void run() {
    std::unique_lock lock{mutex};
    while (true) {
      changed.wait(lock, [this] { return stopping || !queue.empty(); });
      if (stopping) return;
      job next = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      perform(std::move(next));
      lock.lock();
    }
  }

  void perform(job next) {
    std::exception_ptr failure;
    try {
      next.work();
    } catch (...) {
      failure = std::current_exception();
    }
    next.work = nullptr;
    boost::asio::post(loop, [done = std::move(next.done), failure] { done(failure); });
  }
};

worker_pool::worker_pool(boost::asio::io_context& loop, std::size_t threads, std::size_t queue_limit)
    : impl_{std::make_unique<impl>(loop, queue_limit)} {
  for (std::size_t i = 0; i < threads; ++i) impl_->threads.emplace_back([this] { impl_->run(); });
}

worker_pool::~worker_pool() {
  std::deque<job> dropped;
  {
    const std::lock_guard lock{impl_->mutex};
    impl_->stopping = true;
    dropped.swap(impl_->queue);
  }
  impl_->changed.notify_all();
  for (std::thread& t : impl_->threads) t.join();
}

bool worker_pool::submit(std::function<void()> work, std::function<void(std::exception_ptr)> done) {
  {
    const std::lock_guard lock{impl_->mutex};
    if (impl_->stopping || impl_->queue.size() >= impl_->limit) return false;
    impl_->queue.push_back({std::move(work), std::move(done), loop_work{impl_->loop.get_executor()}});
  }
  impl_->changed.notify_one();
  return true;
}

std::size_t worker_pool::waiting() const {
  const std::lock_guard lock{impl_->mutex};
  return impl_->queue.size();
}

}  // namespace zhuqi
