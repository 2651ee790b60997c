#pragma once
// The ledger (台账): one line a case, in the columns that offices keep. Pure; names of people are the caller's to add.

#include "bot/pipeline/offices.hpp"
#include "storage/case_rows.hpp"

#include <string>
#include <vector>

namespace zhuqi::pipeline {

struct ledger_line {
  storage::case_row row;  ///< without its body
  std::string summary;
  std::string state_title;  ///< the following are in Chinese, as all ledgers are
  std::string track_title;
  std::string outcome_title;  ///< "" while it is open
  std::string grade_title;    ///< "" where nobody graded it
  std::string lead;           ///< names of departments
  std::vector<std::string> assists;
  unix_ms accepted;
  unix_ms signed_at;
  int extensions = 0;
  bool overdue = false;  ///< answered after its due time, or past it now
  std::string reply;     ///< the last one that was submitted
};

/// `row` with its body. errc::malformed for one that cannot be read.
result<ledger_line> ledger_of(const storage::case_row& row, const offices& where, unix_ms now);

}  // namespace zhuqi::pipeline
