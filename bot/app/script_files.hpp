#pragma once
// Scripts from where the command line says: files, folders, or the shipped ones out of the binary.

#include "dialogs/library.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::app {

inline constexpr int exit_findings = 1;
inline constexpr int exit_unreadable = 2;

/// How the names of files begin that were borrowed, not given.
inline constexpr std::string_view borrowed_name = "(shipped)/";

struct named_text {
  std::string name;
  std::string text;
};

/// nullopt, after saying so on stderr, where it cannot be read.
std::optional<std::string> read_text(const std::string& path);

/// Files as given and, of folders, those whose name ends with `suffix`; *.test.yaml only where that is the suffix. By
/// name.
/// nullopt, after saying so on stderr, where one cannot be read.
std::optional<std::vector<named_text>> read_files(const std::vector<std::string>& paths, std::string_view suffix);

std::vector<dialogs::script_file> views_of(const std::vector<named_text>& texts);

/// For checking: the shipped scripts where no path is given. Folders with the engine's own sentences (`system:`) are
/// whole sets;
/// anything else is work in progress and is checked as far as it goes. nullopt where a file cannot be read.
std::optional<dialogs::loaded_scripts> load(const std::vector<std::string>& paths);

struct runnable {
  dialogs::script_set_ptr scripts;  ///< nullptr: stderr says why, and `code` is what to exit with
  int code = 0;
};
/// A set that is whole. Where `borrow` is allowed, what every set needs (the engine's own sentences, the menu, the
/// choice of language) comes out of the shipped one if the paths have none.
enum class borrowing : std::uint8_t { no, system_dialogs };
runnable load_runnable(const std::vector<std::string>& paths, borrowing allowed = borrowing::system_dialogs);

}  // namespace zhuqi::app
