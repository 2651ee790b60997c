#pragma once
// The first start: nobody can log in yet, so a token lies in the data folder, readable by the operator alone, and whoever
// brings it may create the three administrators, once. There is no default password.

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

#include <filesystem>
#include <string_view>

namespace zhuqi::staff {

class setup_token {
 public:
  explicit setup_token(const std::filesystem::path& data_dir);

  const std::filesystem::path& file() const { return file_; }
  /// Writes a new token (mode 0600, synced) where there is none; a restart keeps the one that lies there. Throws
  /// std::system_error.
  void offer() const;
  /// In constant time; false where no token lies there or the file is not what offer() wrote.
  bool fits(std::string_view token) const;
  /// After the first set-up. Throws std::filesystem::filesystem_error; the store refuses a second set-up all the same.
  void withdraw() const;

 private:
  std::filesystem::path file_;
};

}  // namespace zhuqi::staff
