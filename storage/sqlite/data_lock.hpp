#pragma once
// One process per data directory. The kernel drops the lock with the process, however it ends.

#include <string>

namespace zhuqi::storage::sqlite {

class data_lock {
 public:
  /// Creates the directory where it is missing. Throws std::runtime_error (a sentence for the operator) if another
  /// process has it.
  explicit data_lock(const std::string& directory);
  ~data_lock();
  data_lock(const data_lock&) = delete;
  data_lock& operator=(const data_lock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace zhuqi::storage::sqlite
