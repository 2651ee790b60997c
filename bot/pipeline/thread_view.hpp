#pragma once
// What a turn means for the officials' desk: the row that their lists show (storage::thread_row), kept in the same transaction.
// A projection: nothing decides by it but the order of lists and the clocks of waiting.

#include "bot/pipeline/ownership.hpp"
#include "dialogs/script.hpp"
#include "dialogs/state.hpp"
#include "storage/rows.hpp"

#include <functional>
#include <string_view>

namespace zhuqi::pipeline {

using place_fn = std::function<desk_place(std::string_view channel, std::string_view queue)>;

/// What update_thread() looks at beside the turn itself.
struct desk_circumstances {
  const dialogs::script_set& scripts;
  const dialogs::snapshot& before;
  const dialogs::snapshot& next;
  const place_fn& place_of;
  const official_act* act;  ///< nullptr where no official caused the turn
};

/// Sets `commit.after.thread`, once owner and events of the turn stand. Leaves conversations alone that only the bot ever had.
void update_thread(storage::turn_commit& commit, const desk_circumstances& c);

}  // namespace zhuqi::pipeline
