#pragma once
// The least coroutine type that shows the miscompilations, so that a case compiles in a second. `counted` notices a
// double or a missing destruction even where the sanitizer does not.

#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>
#include <utility>

template <class T>
class task {
 public:
  struct promise_type {
    T value{};
    std::coroutine_handle<> waiting = std::noop_coroutine();
    task get_return_object() { return task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct resume_waiting {
        std::coroutine_handle<> next;
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept { return next; }
        void await_resume() noexcept {}
      };
      return resume_waiting{waiting};
    }
    void return_value(T v) { value = std::move(v); }
    void unhandled_exception() { std::terminate(); }
  };

  explicit task(std::coroutine_handle<promise_type> h) : handle_{h} {}
  task(task&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
  ~task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) noexcept {
    handle_.promise().waiting = waiting;
    return handle_;
  }
  T await_resume() { return std::move(handle_.promise().value); }

  T run() {
    handle_.resume();
    return std::move(handle_.promise().value);
  }

 private:
  std::coroutine_handle<promise_type> handle_;
};

inline int live = 0;

struct counted {
  std::string text;
  counted(std::string t = "") : text{std::move(t)} { ++live; }
  counted(const counted& other) : text{other.text} { ++live; }
  counted(counted&& other) noexcept : text{std::move(other.text)} { ++live; }
  counted& operator=(const counted&) = default;
  counted& operator=(counted&&) = default;
  ~counted() { --live; }
};

inline std::string long_text(char c) { return std::string(64, c); }

inline task<int> seven() { co_return 7; }

task<int> subject();

int main() {
  const int value = subject().run();
  std::printf("value %d, %d alive\n", value, live);
  return live == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
