#pragma once
// From the files that people write to a script_source. Never throws for what a file says; every finding of every file is
// returned, not only the first.

#include "dialogs/diagnostic.hpp"
#include "dialogs/publish_plan.hpp"
#include "dialogs/script.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// `name` is what diagnostics call it. A file in a folder "i18n" is a translation, its stem the language ("i18n/en.yaml").
struct script_file {
  std::string_view name;
  std::string_view text;
};

struct read_scripts {
  script_source source;
  std::optional<publish_plan> plan;
  std::vector<diagnostic> diagnostics;  ///< in the order of files and lines
};

read_scripts read_yaml(std::span<const script_file> files);

}  // namespace zhuqi::dialogs
