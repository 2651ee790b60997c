#pragma once
// Names across dialogs and tables: slots with one type everywhere, parameters with a value in every period, types that hold a
// value at all, and nothing that is declared and never used.

#include "dialogs/diagnostic.hpp"
#include "dialogs/script.hpp"

#include <vector>

namespace zhuqi::dialogs {

void check_slots(const script_source& source, std::vector<diagnostic>& out);
void check_parameters(const script_source& source, const dialog& d, std::vector<diagnostic>& out);
/// min > max, of variables, parameters and service fields.
void check_ranges(const script_source& source, std::vector<diagnostic>& out);
void check_unused(const script_source& source, const dialog& d, std::vector<diagnostic>& out);

}  // namespace zhuqi::dialogs
