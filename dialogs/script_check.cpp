// The order of the checks of a set.
#include "dialogs/script_check.hpp"

#include "dialogs/check_flow.hpp"
#include "dialogs/check_graph.hpp"
#include "dialogs/check_states.hpp"
#include "dialogs/check_tables.hpp"
#include "dialogs/check_words.hpp"
#include "dialogs/library.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

bool has_main_menu(const script_source& source) {
  return std::any_of(source.dialogs.begin(), source.dialogs.end(),
                     [](const dialog& d) { return d.id == main_menu_id; });
}

}  // namespace

bool is_whole(const script_source& source) {
  const auto empty = [](const auto& x) { return x.empty(); };
  return has_main_menu(source) && std::none_of(source.system.texts.begin(), source.system.texts.end(), empty) &&
         std::none_of(source.system.words.begin(), source.system.words.end(), empty);
}

checked_scripts check_scripts(const script_source& source, completeness wanted) {
  checked_scripts made;
  std::vector<diagnostic>& out = made.findings;
  const command_words commands = check_commands(source.system, out);
  for (const dialog& d : source.dialogs) {
    check_states(source, d, out);
    check_words(source, d, commands, out);
    check_parameters(source, d, out);
    check_unused(source, d, out);
  }
  check_ranges(source, out);
  check_slots(source, out);
  check_calls(source, out);
  for (const auto& [id, walked] : check_flow(source, out)) {
    if (walked.questions) made.questions.emplace(id, *walked.questions);
  }
  check_translations(source, out);
  if (wanted == completeness::whole || !source.system.file.empty()) check_system(source.system, out);
  if (wanted == completeness::whole && !has_main_menu(source)) {
    out.push_back({source.system.file, 0, 0, rule::missing_main_menu, {}});
  }
  return made;
}

}  // namespace zhuqi::dialogs
