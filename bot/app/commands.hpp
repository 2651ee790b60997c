#pragma once
// The command line: what a person or a script says to the binary.

namespace zhuqi::app {

/// Parses and runs one command. Exit codes: 0 done, 1 the command found something wrong (findings, a failed check),
/// 2 bad usage or unreadable input, 70 the environment refused (address in use, disk full, …).
int run_command(int argc, char** argv);

}  // namespace zhuqi::app
