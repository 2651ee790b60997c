#pragma once
// Commands on typed values: what a person typed, as the dialogs understand it.

#include <iosfwd>

namespace zhuqi::app {

/// Reads JSON lines {"kind","input"[,"reference","lang","options",…]} and writes one JSON line for each. A line
/// that cannot be read gives a line with "error":"bad_request" and the next one is read. 0 done, 2 if any line
/// could not be read.
int parse_values(std::istream& in, std::ostream& out);

/// What --help says about the lines.
extern const char* const value_parse_help;

}  // namespace zhuqi::app
