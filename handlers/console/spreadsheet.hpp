#pragma once
// A table as an Excel workbook. Every cell is text or a number, never a formula, whatever somebody typed into a case.

#include "bot/base/result.hpp"

#include <string>
#include <vector>

namespace zhuqi::console {

struct sheet {
  std::string title;  ///< first row: what it is, who made it, when
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;  ///< each as long as `heads`
};

/// The bytes of an .xlsx file. Blocking (some 100 ms for 10,000 rows); uses a file in the system's temporary folder.
/// errc::unavailable where that cannot be written.
result<std::string> as_xlsx(const sheet& s);

}  // namespace zhuqi::console
