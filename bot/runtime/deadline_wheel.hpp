#pragma once
// All deadlines of all connections in one wheel with coarse ticks: setting or clearing one is two pointer writes, where an Asio
// timer per operation would be a heap operation and an allocation per request.

#include <array>
#include <chrono>
#include <cstdint>

namespace zhuqi::http {

class deadline_wheel {
 public:
  static constexpr std::chrono::milliseconds tick{250};

  /// What has a deadline derives from this. Leaves the wheel when destroyed.
  class entry {
   public:
    entry() = default;
    entry(const entry&) = delete;
    entry& operator=(const entry&) = delete;
    virtual void on_deadline() = 0;

   protected:
    ~entry() { unlink(); }

   private:
    friend class deadline_wheel;
    void unlink() noexcept {
      if (next_ == nullptr) return;
      prev_->next_ = next_;
      next_->prev_ = prev_;
      prev_ = next_ = nullptr;
    }

    entry* prev_ = nullptr;
    entry* next_ = nullptr;
    std::uint64_t due_ = 0;
  };

  deadline_wheel();
  ~deadline_wheel();

  /// Never fires early; at most two ticks late. Replaces the entry's earlier deadline.
  void set(entry& e, std::chrono::milliseconds from_now);
  void clear(entry& e) noexcept { e.unlink(); }

  /// One tick passed: calls on_deadline() of everything due.
  void advance();

 private:
  struct sentinel final : entry {
    sentinel();
    void on_deadline() override {}
    void take_all_of(sentinel& other);
    entry* first();
  };
  static void link_before(entry& place, entry& e) noexcept;

  static constexpr std::size_t slots = 512;  // 128 s; longer deadlines go round again
  std::array<sentinel, slots> wheel_;
  std::uint64_t now_ = 0;
};

}  // namespace zhuqi::http
