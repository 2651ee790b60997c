#pragma once
// A place in a file that a person wrote.

namespace zhuqi::dialogs {

/// From 1; 0 = unknown (read from canonical JSON).
struct source_mark {
  int line = 0;
  int column = 0;
};

}  // namespace zhuqi::dialogs
