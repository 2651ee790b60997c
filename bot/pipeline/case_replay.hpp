#pragma once
// Adds up a stored case's events again and holds the sum against what is stored: a difference means that casework is not
// the pure function it must be, or that somebody edited the rows.

#include "storage/case_rows.hpp"

#include <string>
#include <vector>

namespace zhuqi::pipeline {

/// A sentence for the operator; "" where all is right. `events` are all of the case's, in order.
std::string fault_in(const storage::case_row& stored, const std::vector<storage::case_event_row>& events);

}  // namespace zhuqi::pipeline
