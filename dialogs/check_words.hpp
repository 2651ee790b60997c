#pragma once
// What is said and what is understood: lengths that channels take, words that mean two things, translations.

#include "dialogs/diagnostic.hpp"
#include "dialogs/script.hpp"

#include <map>
#include <string>
#include <vector>

namespace zhuqi::dialogs {

using command_words = std::map<std::string, interrupt>;  ///< folded word → command

/// The words of commands; a word of two commands is a finding.
command_words check_commands(const system_script& system, std::vector<diagnostic>& out);
/// The system file: every sentence and command is there, and placeholders are those that the engine fills.
void check_system(const system_script& system, std::vector<diagnostic>& out);
/// Options, lengths and words of one dialog.
void check_words(const script_source& source, const dialog& d, const command_words& commands,
                 std::vector<diagnostic>& out);
void check_translations(const script_source& source, std::vector<diagnostic>& out);

}  // namespace zhuqi::dialogs
