#pragma once
// A value that cannot be logged, printed, compared by accident or left behind in freed memory.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace zhuqi {

class secret {
 public:
  secret() = default;
  explicit secret(std::string value) : value_{std::move(value)} {}
  secret(const secret&) = default;
  secret(secret&&) noexcept = default;
  secret& operator=(const secret&) = default;
  secret& operator=(secret&&) noexcept = default;
  ~secret() { wipe(); }

  bool empty() const { return value_.empty(); }
  /// The only way to the value. Grep for it to see every use.
  std::string_view reveal() const { return value_; }

 private:
  void wipe() noexcept {
    volatile char* p = value_.data();
    for (std::size_t i = 0; i < value_.size(); ++i) p[i] = 0;
  }
  std::string value_;
};

}  // namespace zhuqi
