#pragma once
// From files to a published set: read, check, link. The shipped content comes out of the binary, an admin's out of a folder;
// both take the same way.

#include "bot/base/embedded.hpp"
#include "dialogs/diagnostic.hpp"
#include "dialogs/publish_plan.hpp"
#include "dialogs/question_bound.hpp"
#include "dialogs/script.hpp"
#include "dialogs/script_yaml.hpp"

#include <optional>
#include <span>
#include <vector>

namespace zhuqi::dialogs {

struct loaded_scripts {
  script_set_ptr scripts;               ///< nullptr where a diagnostic is an error
  std::vector<diagnostic> diagnostics;  ///< by file, line and column
  question_bounds questions;
  std::optional<publish_plan> plan;  ///< from a `publish:` document
};

/// How much must be there. A whole set needs a main menu and the engine's own sentences to run; a single file under work may
/// come without them and is then checked, not run.
enum class completeness : std::uint8_t { whole, part };

/// Everything `zhuqi script check` says, and the set to run if nothing of it is an error. With completeness::part,
/// `scripts` is nullptr also where the files lack what every set needs.
loaded_scripts load_scripts(std::span<const script_file> files, completeness wanted = completeness::whole);

loaded_scripts load_library(std::span<const base::embedded_file> files);

/// The set that was stored under a version. errc::malformed if the bytes are none, or none that this release can run.
result<script_set_ptr> load_published(std::string_view canonical);

namespace library {
/// The shipped dialogs and translations (target zhuqi_library).
std::span<const base::embedded_file> files();
}  // namespace library

}  // namespace zhuqi::dialogs
